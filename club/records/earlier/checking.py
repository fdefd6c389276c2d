"""Looking a list over: everything that is wrong with it, and what bringing it in would do.

Takes seconds for a long list, and holds no lock; progress is told row by row.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from club.files.sheets.cells import CellError
from club.files.sheets.columns import letters_of
from club.files.sheets.opening import Sheet, open_sheet
from club.files.sheets.rows import rows_of
from club.files.storage import storage
from club.records.earlier import queries
from club.records.earlier.columns import COLUMNS, Column
from club.records.earlier.comparing import look_alikes, mistakes_between, same_people
from club.records.earlier.entries import Entry, Known, Mistake, RowRefusal
from club.records.earlier.matching import KnownRow, Match, listed_people, matches
from club.records.earlier.models import EarlierBatch
from club.records.earlier.rows import entry_of
from club.units.queries import all_units

#: So many mistakes of one kind in one column are shown; a file names all of them.
SHOWN_OF_EACH_KIND = 20
_TOLD_EVERY = 500

Tell = Callable[[int], object]


@dataclass(frozen=True)
class Checked:
    """A list that was read: its people, and what is to be mended."""

    entries: list[Entry]
    #: For each entry the index of the first entry of that person.
    people: list[int]
    #: Whom the club knew then.
    known: list[KnownRow]
    matches: list[Match]
    mistakes: list[Mistake]

    @property
    def seal(self) -> str:
        """Changes whenever somebody of the list would be taken for somebody else."""
        whom = [
            (m.listed.row, m.known.id if m.known else 0, [c.id for c in m.candidates])
            for m in self.matches
        ]
        return hashlib.sha256(repr(whom).encode()).hexdigest()


def sheet_of(batch: EarlierBatch) -> Sheet:
    whole = BytesIO(b"".join(storage().pieces(batch.file.key)))
    return open_sheet(whole, name=batch.file.name)


def checked(
    sheet: Sheet, for_all_rows: Mapping[str, object], *, today: date, tell: Tell
) -> Checked:
    """``tell`` hears after how many rows."""
    entries, mistakes = _read(sheet, for_all_rows, today=today, tell=tell)
    if not mistakes:
        mistakes = mistakes_between(entries)
    return _matched(entries, same_people(entries), queries.known_people(), mistakes)


def matched_again(found: Checked) -> Checked:
    """The same list against whom the club knows now; quick where nobody came or changed, so that
    it can be done under a lock.
    """
    known = queries.known_people()
    if known != found.known:
        return _matched(found.entries, found.people, known, [])
    return replace(found, mistakes=_recorded_already(found.matches))


def _matched(
    entries: list[Entry], people: list[int], known: list[KnownRow], mistakes: list[Mistake]
) -> Checked:
    found = matches(listed_people(entries, people), known)
    return Checked(entries, people, known, found, [*mistakes, *_recorded_already(found)])


def known_on(today: date) -> Known:
    """What the rows of a list are held against."""
    return Known(frozenset(queries.courses_by_code()), queries.wards_by_name(all_units()), today)


def _read(
    sheet: Sheet, for_all_rows: Mapping[str, object], *, today: date, tell: Tell
) -> tuple[list[Entry], list[Mistake]]:
    said = {Column(name): cell for name, cell in for_all_rows.items()}
    try:
        places = COLUMNS.places_in(sheet.rows[0], said)
    except CellError as error:
        return [], [Mistake(1, Column.NAME, error.refusal.value, error.values)]
    known = known_on(today)
    entries: list[Entry] = []
    mistakes: list[Mistake] = []
    for row in rows_of(sheet, places, said):
        entry = entry_of(row, known)
        if entry:
            entries.append(entry)
        mistakes += row.mistakes
        if row.number % _TOLD_EVERY == 0:
            tell(row.number)
    return entries, mistakes


def _recorded_already(found: Iterable[Match]) -> list[Mistake]:
    known = [(m.known, entry) for m in found if m.known for entry in m.listed.entries]
    if not known:
        return []
    standing = queries.recorded(
        {entry.of_class.course_code for _person, entry in known},
        {entry.of_class.last_day for _person, entry in known},
    )
    return [
        Mistake(
            entry.row,
            Column.NAME,
            RowRefusal.RECORDED_ALREADY.value,
            {"code": code},
            entry.full_name,
        )
        for person, entry in known
        if (code := standing.get((person.id, entry.of_class.course_code, entry.of_class.last_day)))
    ]


def mistakes_of(sheet: Sheet, found: Checked) -> dict[str, Any]:
    """All of them, those of one kind together: ten thousand alike take little room."""
    places = _places(sheet)
    kinds: dict[str, dict[str, Any]] = {}
    for one in found.mistakes:
        kind = {
            "column": one.column.value,
            "letters": letters_of(places[one.column]) if one.column in places else "",
            "refusal": one.refusal,
            "values": one.values,
        }
        kept = kinds.setdefault(repr(kind), {**kind, "cells": []})
        kept["cells"].append([one.row, one.typed])
    return {"kinds": list(kinds.values())}


def findings_of(sheet: Sheet, found: Checked) -> dict[str, Any]:
    """What is kept of it, and shown."""
    places = _places(sheet)
    classes = {entry.of_class for entry in found.entries}
    organisations = queries.organisations_by_key()
    return {
        "seal": found.seal,
        "mistakes": [
            {**asdict(m), "letters": letters_of(places[m.column]) if m.column in places else ""}
            for m in _first_of_each_kind(found.mistakes, places)
        ],
        "mistakes_in_all": len(found.mistakes),
        "unused": [
            str(h)[:60] for h in sheet.rows[0] if str(h or "").strip() and not COLUMNS.named(h)
        ],
        "entries": len(found.entries),
        "turns": sum(entry.counts for entry in found.entries),
        "minutes": sum(entry.attended_minutes for entry in found.entries if entry.counts),
        "completed": sum(entry.completed for entry in found.entries),
        "people": len(found.matches),
        "known": sum(1 for match in found.matches if match.known),
        "doubtful": [_doubt(match) for match in found.matches if match.candidates],
        "classes": len(classes),
        "years": _years(found.entries),
        "look_alikes": look_alikes(found.entries, found.people)[:100],
        "unknown_organisations": _unknown(found.entries, organisations)[:200],
        "same_days": queries.classes_on(
            {one.course_code for one in classes}, {one.last_day for one in classes}
        ),
    }


def _first_of_each_kind(
    mistakes: Iterable[Mistake], places: Mapping[Column, int]
) -> Iterator[Mistake]:
    """From top to bottom, and from left to right."""
    seen: Counter[tuple[Column, str]] = Counter()
    for one in sorted(mistakes, key=lambda m: (m.row, places.get(m.column, 0))):
        seen[one.column, one.refusal] += 1
        if seen[one.column, one.refusal] <= SHOWN_OF_EACH_KIND:
            yield one


def _places(sheet: Sheet) -> dict[Column, int]:
    named = ((COLUMNS.named(head), place) for place, head in enumerate(sheet.rows[0]))
    return {column: place for column, place in named if column}


def _doubt(match: Match) -> dict[str, Any]:
    return {
        "row": match.listed.row,
        "name": match.listed.entries[0].full_name,
        "candidates": [str(person.public_id) for person in match.candidates],
    }


def _years(entries: Iterable[Entry]) -> dict[str, int]:
    """Turns by the year that they count in."""
    years: dict[str, int] = {}
    for entry in entries:
        year = str(entry.of_class.last_day.year)
        years[year] = years.get(year, 0) + entry.counts
    return dict(sorted(years.items()))


def _unknown(entries: Iterable[Entry], organisations: Mapping[str, object]) -> list[str]:
    return sorted(
        {
            entry.organisation
            for entry in entries
            if entry.organisation and not any(key in organisations for key in entry.sent_by)
        }
    )
