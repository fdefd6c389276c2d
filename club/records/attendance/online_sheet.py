"""The list of an online meeting as it is looked over: whom each row is taken for, for how long.

It travels with the form: nothing is stored before somebody has confirmed it.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from club.courses.models import Session
from club.people.models import Person
from club.records.attendance.lists import Entry
from club.records.attendance.meeting_reports import MOST_PEOPLE, Participant
from club.records.attendance.models import AttendanceMark
from club.records.attendance.recognising import Basis, ClassList
from club.vietnamese import tidy_line
from club.web.forms import uuid_in

#: Of what a row sends along; what a program exports is cut to the same length.
_LONGEST = 200
_CELLS = ("name", "email", "joins", "minutes", "person")


@dataclass
class Row:
    """Somebody in the meeting."""

    name: str
    email: str
    joins: str
    #: As typed.
    minutes: str
    #: The public id of whom the row is taken for; empty: nobody of the list.
    person: str
    #: What the suggestion rests on; ``None``: there is none.
    basis: Basis | None = None
    #: What is wrong with the row, in the reader's language.
    error: str = ""


@dataclass
class Sheet:
    rows: list[Row]
    marks_others: bool
    #: The class list, by public id.
    people: Mapping[str, Entry]
    #: By person id.
    held: Mapping[int, AttendanceMark]

    @property
    def is_sound(self) -> bool:
        return not any(row.error for row in self.rows)

    @property
    def not_in_it(self) -> list[Person]:
        """Who of the class list no row is taken for."""
        taken = {row.person for row in self.rows}
        return [entry.person for key, entry in self.people.items() if key not in taken]

    def minutes_in_meeting(self) -> dict[uuid.UUID, int]:
        """By person; of a sheet that is sound. Rows of one person are added up."""
        found: dict[uuid.UUID, int] = defaultdict(int)
        for row in self.rows:
            if row.person and int(row.minutes):
                found[uuid.UUID(row.person)] += int(row.minutes)
        return dict(found)


def sheet_of(
    report: Sequence[Participant],
    session: Session,
    entries: Sequence[Entry],
    held: Mapping[int, AttendanceMark],
) -> Sheet:
    """With suggestions."""
    rows = [
        Row(one.name, one.email, str(one.joins), str(min(one.minutes, session.minutes)), "")
        for one in report
    ]
    sheet = _sheet(rows, entries, held, marks_others=True)
    for row, basis in zip(sheet.rows, _suggestions(rows, entries), strict=True):
        if basis:
            row.person, row.basis = basis
    return sheet


def sheet_as_typed(
    typed: MultiDict[str, str], entries: Sequence[Entry], held: Mapping[int, AttendanceMark]
) -> Sheet | None:
    """``None`` for what no page of the site has sent."""
    columns = [typed.getlist(cell) for cell in _CELLS]
    if not 0 < len(columns[0]) <= MOST_PEOPLE or len({len(column) for column in columns}) > 1:
        return None
    cells = [[tidy_line(cell)[:_LONGEST] for cell in column] for column in columns]
    rows = [Row(*row) for row in zip(*cells, strict=True)]
    sheet = _sheet(rows, entries, held, marks_others="others_absent" in typed)
    for row, basis in zip(rows, _suggestions(rows, entries), strict=True):
        row.basis = basis[1] if basis and basis[0] == row.person else None
        row.error = _error(row, sheet.people)
    return sheet


def _sheet(
    rows: list[Row],
    entries: Iterable[Entry],
    held: Mapping[int, AttendanceMark],
    *,
    marks_others: bool,
) -> Sheet:
    people = {str(entry.person.public_id): entry for entry in entries}
    return Sheet(rows, marks_others, people, held)


def _suggestions(
    rows: Iterable[Row], entries: Iterable[Entry]
) -> Iterable[tuple[str, Basis] | None]:
    known = ClassList(entry.person for entry in entries)
    for row in rows:
        found = known.recognised(row.name, row.email)
        yield (str(found.person.public_id), found.basis) if found else None


def _error(row: Row, people: Mapping[str, Entry]) -> str:
    if row.person and (uuid_in(row.person) is None or row.person not in people):
        return str(gettext("This person is not on the class list. Add the person first."))
    is_number = row.minutes.isascii() and row.minutes.isdigit() and len(row.minutes) < 5
    return "" if is_number else str(gettext("Write the minutes as a number from 0."))
