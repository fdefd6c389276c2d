"""What the address of a list of cases asks for, of the page and of the data alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlencode

from club.knowledge.evidence.choosing import FACETS, Chosen
from club.knowledge.evidence.rules import YearsRefusal, refusal_of_years, years_typed
from club.search.words import LONGEST_QUESTION
from club.vietnamese import tidy_line

FROM, TO, PAGE = "from", "to", "page"
_AS_IT_IS: Mapping[str, str] = MappingProxyType({})
#: What an address may say of the list beside the page's number, in the order in which it does.
CONDITIONS = ("q", *FACETS, FROM, TO)
#: Goes with pages that show what was chosen: the choices make addresses without end.
NOT_LISTED = {"X-Robots-Tag": "noindex"}
#: Longer values are no key of anything.
_LONGEST_KEY = 80


@dataclass(frozen=True)
class Asked:
    path: str
    q: str
    keys: Mapping[str, str] = field(default_factory=dict)
    #: The years as they were typed.
    first: str = ""
    last: str = ""

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.keys, years_typed(self.first, self.last))

    @property
    def refusal(self) -> YearsRefusal | None:
        return refusal_of_years(self.first, self.last)

    @property
    def parts(self) -> dict[str, str]:
        """Names and values in the address, without the page's number."""
        given = {"q": self.q, **self.keys, FROM: self.first, TO: self.last}
        return {name: value for name, value in given.items() if value}

    def address(self, changes: Mapping[str, str] = _AS_IT_IS, *, page: int = 1) -> str:
        """The same list, another page of it, or with other values; an empty one drops it."""
        given = self.parts | dict(changes) | {PAGE: str(page) if page > 1 else ""}
        kept = {name: value for name, value in given.items() if value}
        return self.path + (f"?{urlencode(kept)}" if kept else "")


def asked_in(args: Mapping[str, str], *, path: str) -> Asked:
    typed = {name: tidy_line(args.get(name, "")[:_LONGEST_KEY]) for name in (*FACETS, FROM, TO)}
    return Asked(
        path=path,
        q=tidy_line(args.get("q", "")[:LONGEST_QUESTION]),
        keys={name: typed[name] for name in FACETS if typed[name]},
        first=typed[FROM],
        last=typed[TO],
    )
