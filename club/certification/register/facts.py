"""What the public register shows of somebody, and what can be looked for in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from club.certification.register.models import FieldKind


class HoldingKind(StrEnum):
    """Who certified. A course certificate is neither, and is never held here."""

    OUTSIDE = "outside"
    #: The club's own recognition.
    OWN = "own"


class Shown(StrEnum):
    """How a certification stands, in so far as the register shows it at all."""

    VALID = "valid"
    #: These two only where the scheme says that they are public.
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


ONLY_VALID = frozenset({Shown.VALID})
EVERYTHING = frozenset(Shown)


@dataclass(frozen=True)
class Holding:
    """One certification of somebody."""

    kind: HoldingKind
    standing: Shown
    scheme: str
    scheme_en: str
    standard: str | None
    level: str | None
    level_en: str | None
    #: ``None``: the club.
    body: str | None
    issued_on: date
    #: Since when it is valid without a break, as its certificate says.
    valid_from: date
    #: Last valid day; ``None`` where it has no end.
    expires_on: date | None
    scope: str | None
    #: When the club compared it with its evidence; ``None`` of its own.
    checked_on: date | None


@dataclass(frozen=True)
class Title:
    """A scheme and a level that somebody could be looked for by."""

    scheme_key: str
    scheme: str
    scheme_en: str
    level_key: str | None
    level: str | None
    level_en: str | None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Nothing chosen means everybody."""

    q: str = ""
    scheme: str = ""
    level: str = ""
    tool: str = ""
    topic: str = ""
    sector: str = ""
    language: str = ""
    ward: str = ""
    #: Only those who can be asked for help.
    helps: str = ""

    def used(self) -> dict[str, str]:
        """What is looked for, by the names that stand in an address."""
        given = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in given.items() if value}

    def fields(self) -> dict[FieldKind, str]:
        return {kind: self.used()[kind.value] for kind in FieldKind if kind.value in self.used()}

    def address(self, path: str, *, page: int = 1, but: str = "") -> str:
        """Of the same list: another page of it, or all that is found without one condition."""
        kept = {name: value for name, value in self.used().items() if name != but}
        if page > 1:
            kept["page"] = str(page)
        return path + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True)
class ListedExpert:
    """Somebody as the register shows the person."""

    expert_id: int
    person_id: int
    code: str
    name: str
    holdings: tuple[Holding, ...]
    presentation: str | None = None
    welcomes_requests: bool = False
    #: Keys, in the order in which ``words`` has them.
    fields: Mapping[FieldKind, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """Whether any of what is shown stands; suspended and withdrawn ones do not."""
        return any(held.standing is Shown.VALID for held in self.holdings)

    @property
    def can_be_asked(self) -> bool:
        return self.welcomes_requests and self.is_valid
