"""The list of participants that a meeting program exports, as people and the minutes they were
in the meeting. Pure; nothing of the file is trusted.

Read are the columns that Zoom (English and Vietnamese), Microsoft Teams and Google Meet write,
wherever the table begins: Teams puts a summary before it, Zoom the meeting. Moments are not read,
since none of them says in which time zone they are.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from club.refusal import RefusedError
from club.vietnamese import tidy_line

#: Bytes: a meeting of a thousand people who each join ten times.
LARGEST = 2 << 20
#: Rows of the table, each of which is somebody joining once.
MOST_ROWS = 10_000
#: Different people in one meeting.
MOST_PEOPLE = 300
#: Characters of a cell that anybody looks at.
_LONGEST = 200
#: The table begins within this many lines.
_BEFORE_THE_TABLE = 40

_NAME = ("name (original name)", "tên (tên gốc)", "full name", "name")
_FIRST_NAME = ("first name",)
_LAST_NAME = ("last name",)
_EMAIL = ("user email", "email", "email người dùng")
_DURATION = (
    "duration (minutes)",
    "total duration (minutes)",
    "thời gian (phút)",
    "tổng thời gian (phút)",
    "in-meeting duration",
    "duration",
)
_WAITING = ("in waiting room",)

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_UNITS = re.compile(
    r"(?:(\d{1,3})\s*h(?:rs?|ours?)?)?\s*"
    r"(?:(\d{1,4})\s*m(?:ins?|inutes?)?)?\s*"
    r"(?:(\d{1,2})\s*s(?:ecs?|econds?)?)?",
    re.IGNORECASE,
)


class ReportRefusal(StrEnum):
    TOO_LARGE = "A list of participants may have at most 2 MB and 10,000 rows."
    TOO_MANY_PEOPLE = "A list of participants may have at most 300 different people."
    NO_TEXT = (
        "This is no CSV file. Export the list of participants from the meeting program as CSV, "
        "and choose it as it is: programs such as Excel change it when they save it."
    )
    NO_TABLE = (
        "No list of participants was found in this file: it needs a column with names and one "
        "with the duration, as Zoom, Microsoft Teams and Google Meet write them. If your "
        "program writes in another language than English, set it to English and export again."
    )
    NOBODY = "There is nobody in this list."


@dataclass(frozen=True)
class Participant:
    """Somebody in the meeting, however often they joined."""

    name: str
    email: str
    #: Whole minutes, rounded down once for all joins together.
    minutes: int
    joins: int


@dataclass(frozen=True)
class _Join:
    name: str
    email: str
    seconds: int


def participants(whole: bytes) -> list[Participant]:
    """In the order of the file. The same address is one person; without any, the same name.

    Raises ``RefusedError`` (field ``file``) for what is no list of participants.
    """
    if len(whole) > LARGEST:
        raise _refused(ReportRefusal.TOO_LARGE)
    joins = list(_joins(_text(whole)))
    if not joins:
        raise _refused(ReportRefusal.NOBODY)
    found: dict[str, list[_Join]] = {}
    for join in joins:
        found.setdefault((join.email or join.name).casefold(), []).append(join)
    if len(found) > MOST_PEOPLE:
        raise _refused(ReportRefusal.TOO_MANY_PEOPLE)
    return [_together(of_one) for of_one in found.values()]


def _together(joins: Sequence[_Join]) -> Participant:
    seconds = sum(join.seconds for join in joins)
    return Participant(joins[0].name, joins[0].email, seconds // 60, len(joins))


def _text(whole: bytes) -> str:
    """Teams writes UTF-16, the others UTF-8."""
    is_wide = whole.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = whole.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(ReportRefusal.NO_TEXT) from error
    if "\0" in text:
        raise _refused(ReportRefusal.NO_TEXT)
    return text


@dataclass(frozen=True)
class _Columns:
    """Where in a row what stands; ``None`` for what the table does not have."""

    names: tuple[int, ...]
    duration: int
    email: int | None
    waiting: int | None

    def read(self, row: Sequence[str]) -> _Join | None:
        """Nothing for a row that names nobody, or somebody who was not let in."""
        name = tidy_line(" ".join(_cell(row, at) for at in self.names))[:_LONGEST]
        email = _cell(row, self.email)[:_LONGEST]
        was_let_in = _cell(row, self.waiting).casefold() != "yes"
        if not (name or email) or not was_let_in:
            return None
        return _Join(name or email, email, _seconds(_cell(row, self.duration)))


def _cell(row: Sequence[str], at: int | None) -> str:
    return tidy_line(row[at]) if at is not None and at < len(row) else ""


def _joins(text: str) -> Iterator[_Join]:
    columns, rows = _table(text)
    try:
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise _refused(ReportRefusal.TOO_LARGE)
            if not any(cell.strip() for cell in row):
                return  # What comes after an empty line is another table.
            join = columns.read(row)
            if join:
                yield join
    except csv.Error as error:
        raise _refused(ReportRefusal.NO_TEXT) from error


def _table(text: str) -> tuple[_Columns, Iterable[list[str]]]:
    """The columns, and the rows below their names."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[:_BEFORE_THE_TABLE]):
        for delimiter in "\t,;":
            columns = _columns(line.split(delimiter))
            if columns:
                below = StringIO("".join(lines[number + 1 :]), newline="")
                return columns, csv.reader(below, delimiter=delimiter)
    raise _refused(ReportRefusal.NO_TABLE)


def _columns(heads: Sequence[str]) -> _Columns | None:
    plain = [tidy_line(head.strip().strip('"')).casefold() for head in heads]
    name = _place(plain, _NAME)
    # Vietnamese accounts write the family name first, which is the "last name" of the others.
    parts = (_place(plain, _LAST_NAME), _place(plain, _FIRST_NAME))
    names = (name,) if name is not None else tuple(at for at in parts if at is not None)
    duration = _place(plain, _DURATION)
    if not names or duration is None:
        return None
    return _Columns(names, duration, _place(plain, _EMAIL), _place(plain, _WAITING))


def _place(heads: Sequence[str], names: Sequence[str]) -> int | None:
    return next((heads.index(name) for name in names if name in heads), None)


def _seconds(written: str) -> int:
    """``57`` (minutes), ``1:27:51``, ``1h 27m 51s``, ``1 hr 2 min``. What cannot be read is 0:
    its row is shown, and whoever looks it over knows better.
    """
    if written.isascii() and written.isdigit() and len(written) < 6:
        return int(written) * 60
    match = _CLOCK.fullmatch(written) or _UNITS.fullmatch(written)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _refused(refusal: ReportRefusal) -> RefusedError:
    return RefusedError(refusal, field="file")
