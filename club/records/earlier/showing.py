"""What the page of a list says of it, in the reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from club.files.sheets.showing import ShownMistake
from club.people.models import Person
from club.records.earlier import queries
from club.records.earlier.columns import ABOUT, Column
from club.records.earlier.models import EarlierBatch

#: Doubts on one page; who has more answers these first.
MOST_DOUBTS = 100
_TABLES = {
    "account": lazy_gettext("accounts"),
    "registration": lazy_gettext("registrations"),
    "employment": lazy_gettext("employments"),
    "membership": lazy_gettext("memberships"),
    "training_record": lazy_gettext("training records of other classes"),
    "outside_training": lazy_gettext("training taken elsewhere"),
    "completion_certificate": lazy_gettext("certificates"),
}


@dataclass(frozen=True)
class Doubt:
    row: int
    name: str
    candidates: list[Person]
    choice: str


@dataclass(frozen=True)
class Preview:
    """Figures by their names in ``findings``; the rest as it is shown."""

    figures: Mapping[str, Any]
    mistakes: list[ShownMistake]
    mistakes_in_all: int
    doubts: list[Doubt]
    undecided: int


def preview_of(batch: EarlierBatch) -> Preview | None:
    """``None`` before it was looked over."""
    found = batch.findings
    if found is None:
        return None
    doubtful = sorted(found["doubtful"], key=lambda doubt: str(doubt["row"]) in batch.choices)
    shown = doubtful[:MOST_DOUBTS]
    wanted = {UUID(one) for doubt in shown for one in doubt["candidates"]}
    people = queries.people_with_public_ids(wanted)
    return Preview(
        figures=found,
        mistakes=[_mistake(mistake) for mistake in found["mistakes"]],
        mistakes_in_all=found["mistakes_in_all"],
        doubts=[
            Doubt(
                doubt["row"],
                doubt["name"],
                [people[one] for one in doubt["candidates"] if one in people],
                batch.choices.get(str(doubt["row"]), ""),
            )
            for doubt in shown
        ],
        undecided=sum(str(doubt["row"]) not in batch.choices for doubt in doubtful),
    )


def _mistake(kept: Mapping[str, Any]) -> ShownMistake:
    sentence = kept["refusal"]
    return ShownMistake(
        kept["row"],
        kept["letters"],
        ABOUT[Column(kept["column"])].heading,
        kept["typed"],
        gettext(sentence, **kept["values"]),
    )


def all_mistakes(batch: EarlierBatch) -> Iterator[ShownMistake]:
    """From top to bottom. Of a list that was looked over before all were kept, those that were."""
    if batch.mistakes is None:
        yield from map(_mistake, (batch.findings or {}).get("mistakes", ()))
        return
    kinds = batch.mistakes["kinds"]
    said = [_mistake(kind | {"row": 0, "typed": ""}) for kind in kinds]
    cells = [(row, at, typed) for at, kind in enumerate(kinds) for row, typed in kind["cells"]]
    for row, at, typed in sorted(cells):
        yield replace(said[at], row=row, typed=typed)


def leaning_words(leaning: Mapping[str, int]) -> list[str]:
    other = gettext("other entries")
    return [f"{_TABLES.get(table, other)}: {number}" for table, number in leaning.items()]
