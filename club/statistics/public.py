"""Trainee counts as outsiders may see them: of whole calendar periods, cut one way and by time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from club.people.models import AudienceKind
from club.periods import Cut, Period, months_of, named_period
from club.statistics.dimensions import PER_YEAR, Dimension, time_key
from club.statistics.figures import Counts, Measures, Row, measures_of
from club.statistics.grouping import Group, groups
from club.statistics.rules import Cell, Months, Value, joined_values

#: Stands for the values that are only shown together.
JOINED = "joined"
#: What the values of a dimension are parts of, in tables that outsiders may see as well. A
#: person without an organisation has no sector.
_WIDER = {Dimension.COURSE: Dimension.TOPIC, Dimension.SECTOR: Dimension.AUDIENCE}


def public_counts(period: Period, *, by: Sequence[Dimension] = (), as_of: datetime) -> Counts:
    """What ``trainee_counts`` says, as far as nobody can tell from it what fewer than five did.

    ``period`` is a month, quarter, half or whole of a calendar year, ``by`` at most one
    dimension beside those of time.
    """
    months = months_of(period)
    assert months
    year = _Year.of(period.first.year, _cut(by), as_of)
    length = min(len(months), *(12 // PER_YEAR.get(dimension, 1) for dimension in by), 12)
    spans = [range(m, m + length) for m in range(months.start, months.stop, length)]
    rows = [row for span in spans for row in year.rows(span, by)] if by else []
    return Counts(period, tuple(by), as_of, year.total(months), rows)


def _cut(by: Sequence[Dimension]) -> Dimension | None:
    return next((dimension for dimension in by if dimension not in PER_YEAR), None)


@dataclass(frozen=True)
class _Part:
    """The records of a month that share a value and whether they were completed."""

    month: int
    result: Value
    value: Value
    part_of: Value
    group: Group

    @classmethod
    def of(cls, group: Group) -> "_Part":
        month, result, value, part_of = (*group.values, None, None)[:4]
        assert month
        if part_of in set(AudienceKind):
            part_of = str(part_of == AudienceKind.INDIVIDUAL)
        return cls(int(month[-2:]) - 1, result, value, part_of, group)


@dataclass(frozen=True)
class _Year:
    number: int
    parts: Collection[_Part]

    @classmethod
    def of(cls, number: int, cut: Dimension | None, as_of: datetime) -> "_Year":
        by = [Dimension.MONTH, Dimension.RESULT, *([cut] if cut else [])]
        by += [_WIDER[cut]] if cut in _WIDER else []
        period = named_period(str(number), Cut.CALENDAR)
        (found,) = groups(period, tables=[by], as_of=as_of)
        return cls(number, list(map(_Part.of, found)))

    @cached_property
    def _joined(self) -> dict[Months, frozenset[Value]]:
        return joined_values(
            [Cell(p.month, p.value, p.part_of, p.group.people, p.group.turns) for p in self.parts]
        )

    @cached_property
    def _joined_results(self) -> dict[Months, frozenset[Value]]:
        return joined_values(
            [Cell(p.month, p.result, None, p.group.people, p.group.turns) for p in self.parts]
        )

    def total(self, span: Months) -> Measures | None:
        if span not in self._joined:
            return None
        measures = measures_of([part.group for part in self.parts if part.month in span])
        return measures if not self._joined_results[span] else replace(measures, completed=None)

    def rows(self, span: Months, by: Sequence[Dimension]) -> list[Row]:
        if span not in self._joined:
            return [self._row(by, span, JOINED, None)]
        if _cut(by) is None:
            return [self._row(by, span, None, self.total(span))]
        by_value: dict[Value, list[Group]] = {}
        for part in self.parts:
            if part.month in span:
                shown = JOINED if part.value in self._joined[span] else part.value
                by_value.setdefault(shown, []).append(part.group)
        return [
            self._row(by, span, value, replace(measures_of(found), completed=None))
            for value, found in by_value.items()
        ]

    def _row(
        self, by: Sequence[Dimension], span: Months, value: Value, measures: Measures | None
    ) -> Row:
        month = self.number * 12 + span.start
        return Row(
            tuple(
                time_key(one, month * PER_YEAR[one] // 12) if one in PER_YEAR else value
                for one in by
            ),
            measures,
        )
