"""What the rows of a list of values say: lines, or what is to be mended. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.files.sheets import rows
from club.files.sheets.cells import CellError, CellRefusal, day_in, number_in, text_of, words_in
from club.files.sheets.opening import Sheet
from club.indicators import rules
from club.indicators.models import ObservationStatus
from club.indicators.operations import ValueFacts
from club.indicators.value_lists.columns import COLUMNS, STATUSES, Column
from club.vietnamese import folded

Mistake = rows.Mistake[Column]
Row = rows.Row[Column]

#: As many characters as the page for one value takes.
_LONGEST, _LONGEST_REASON = 1000, 300
_YEAR = re.compile(r"\d{4}", re.ASCII)
_DECIMALS = 4


class LineRefusal(StrEnum):
    NO_SUCH_SERIES = "There is no such series. Copy its name from the list of allowed values."
    NOT_A_NUMBER = "Write a number, for example 6.15."
    TOO_EXACT = "Write at most %(most)s decimals: no more are kept."
    LAST_DAY_MISSING = "Write the last day of the period too, or only the year as the first day."
    TWICE = "Row %(other)s gives a value for the same series and period. Keep one of them."


@dataclass(frozen=True)
class KnownSeries:
    """A series that values may be given for."""

    id: int
    key: str
    #: As officials read it, in the language of the file.
    words: str


@dataclass(frozen=True)
class Line:
    """One value of a list; ``row`` counts as the spreadsheet does."""

    row: int
    series: KnownSeries
    facts: ValueFacts


class SeriesNames:
    """Finds a series by the words that the template gives it, or by its key."""

    def __init__(self, series: Iterable[KnownSeries]) -> None:
        self.series = list(series)
        self._known = {folded(name): one for one in self.series for name in (one.words, one.key)}

    def meant(self, cell: object) -> KnownSeries | None:
        """``None`` for an empty cell."""
        typed = folded(text_of(cell))
        if typed and typed not in self._known:
            raise CellError(LineRefusal.NO_SUCH_SERIES)
        return self._known.get(typed)


def read(sheet: Sheet, names: SeriesNames, *, today: date) -> tuple[list[Line], list[Mistake]]:
    """Every line, or none and all that is to be mended.

    Raises ``CellError`` where the first row cannot be one of heads.
    """
    places = COLUMNS.places_in(sheet.rows[0])
    lines: list[Line] = []
    mistakes: list[Mistake] = []
    for row in rows.rows_of(sheet, places):
        line = _line(row, names, today=today)
        mistakes += row.mistakes
        if line:
            lines.append(line)
    mistakes += _twice(lines)
    return ([], mistakes) if mistakes else (lines, [])


def _line(row: Row, names: SeriesNames, *, today: date) -> Line | None:
    series = row.needed(Column.SERIES, names.meant)
    first, last = _period(row, today=today)
    value = row.needed(Column.VALUE, _value_in)
    status = row.read(Column.STATUS, STATUSES.meant)
    source = row.needed(Column.SOURCE, _long_words)
    taken_on = row.read(Column.TAKEN_ON, lambda cell: day_in(cell) if text_of(cell) else today)
    if taken_on and taken_on > today:
        row.refuse(Column.TAKEN_ON, rules.ValueRefusal.READ_LATER)
    note = row.read(Column.NOTE, _long_words)
    reason = row.read(Column.REASON, lambda cell: words_in(cell, most=_LONGEST_REASON))
    if row.mistakes or not (series and first and last and source) or value is None:
        return None
    facts = ValueFacts(
        first,
        last,
        value,
        status or ObservationStatus.NOT_STATED,
        source,
        taken_on=taken_on,
        note=note,
        reason=reason,
    )
    return Line(row.number, series, facts)


def _period(row: Row, *, today: date) -> tuple[date | None, date | None]:
    first = row.read(Column.FIRST_DAY, lambda cell: _day_or_year(cell, month=1, day=1))
    last = row.read(Column.LAST_DAY, lambda cell: _day_or_year(cell, month=12, day=31))
    if first is None and not row.is_wrong(Column.FIRST_DAY):
        row.refuse(Column.FIRST_DAY, CellRefusal.NEEDED)
    elif first and last is None and not row.is_wrong(Column.LAST_DAY):
        if row.read(Column.FIRST_DAY, _is_year):
            last = date(first.year, 12, 31)
        else:
            row.refuse(Column.LAST_DAY, LineRefusal.LAST_DAY_MISSING)
    if first and last and (verdict := rules.refusal_of_period(first, last, today=today)):
        refusal, field = verdict
        row.refuse(Column.FIRST_DAY if field == "period_from" else Column.LAST_DAY, refusal)
    return first, last


def _is_year(cell: object) -> bool:
    return _YEAR.fullmatch(text_of(cell)) is not None


def _day_or_year(cell: object, *, month: int, day: int) -> date | None:
    """``None`` for an empty cell."""
    if not text_of(cell):
        return None
    if _is_year(cell):
        return date(max(int(text_of(cell)), 1), month, day)
    return day_in(cell)


def _value_in(cell: object) -> Decimal | None:
    """``None`` for an empty cell."""
    if not text_of(cell):
        return None
    value = number_in(cell)
    if value is None or not value.is_finite():
        raise CellError(LineRefusal.NOT_A_NUMBER)
    if abs(value) >= rules.LARGEST:
        raise CellError(rules.ValueRefusal.VALUE_TOO_LARGE)
    kept = round(value, _DECIMALS)
    # A spreadsheet's own numbers carry the dust of their sums; what people type does not.
    if isinstance(cell, str) and kept != value:
        raise CellError(LineRefusal.TOO_EXACT, most=_DECIMALS)
    return kept


def _long_words(cell: object) -> str | None:
    return words_in(cell, most=_LONGEST)


def _twice(lines: Iterable[Line]) -> list[Mistake]:
    first: dict[tuple[str, date, date], int] = {}
    found = []
    for line in lines:
        key = line.series.key, line.facts.period_from, line.facts.as_of
        other = first.setdefault(key, line.row)
        if other != line.row:
            values = {"other": other}
            found.append(Mistake(line.row, Column.SERIES, LineRefusal.TWICE.value, values))
    return found
