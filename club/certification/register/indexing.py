"""Who stands in the public register can be found by the search, and nobody else."""

from collections.abc import Collection
from datetime import datetime

from club import clock
from club.certification.register import queries
from club.certification.register.facts import ListedExpert, Wanted
from club.certification.register.models import FieldKind
from club.db import transaction
from club.knowledge.queries import tool_names
from club.search.models import FoundKind
from club.search.operations import forget_others, index_document

_EVERYBODY = 100_000


def name_of(code: str) -> str:
    """The expert's name in the index."""
    return f"expert:{code}"


def follow_register(*, now: datetime) -> None:
    """Index who is listed today, and forget who is not any more.

    Being listed follows from consents, certificates and the day; whoever is taken off
    meanwhile is left out of what is found by ``names_listed``.
    """
    with transaction():
        experts = queries.experts_listed(Wanted(), on=clock.local_day(now), size=_EVERYBODY).items
        tools = tool_names()
        for expert in experts:
            named = [tools[key] for key in expert.fields.get(FieldKind.TOOL, ()) if key in tools]
            _index(expert, "vi", [tool.name for tool in named], now)
            _index(expert, "en", [tool.name_en for tool in named], now)
        forget_others(FoundKind.EXPERT, but={name_of(expert.code) for expert in experts})


def names_listed(names: Collection[str], now: datetime) -> set[str]:
    """Those of the names in the index whose experts the register shows at this moment."""
    codes = [name.removeprefix("expert:") for name in names]
    return {name_of(code) for code in queries.codes_listed(codes, on=clock.local_day(now))}


def _index(expert: ListedExpert, language: str, tools: list[str], now: datetime) -> None:
    held = [
        part
        for holding in expert.holdings
        for part in (
            (holding.scheme, holding.level) if language == "vi"
            else (holding.scheme_en, holding.level_en)
        )
    ]  # fmt: skip
    said = [expert.presentation] if language == "vi" else []
    index_document(
        kind=FoundKind.EXPERT,
        ref=name_of(expert.code),
        language=language,
        title=expert.name,
        body=". ".join(part for part in [*held, *tools, *said] if part),
        url=f"/experts/{expert.code}",
        now=now,
    )
