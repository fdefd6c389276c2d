"""Which training records a figure stands for: those of a period that share some values."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from club.courses.models import Funding
from club.people.models import AudienceKind, Sex
from club.periods import Cut, Period, PeriodError, named_period
from club.records.models import TrainingRecord
from club.refusal import RefusedError
from club.statistics.dimensions import COMPLETED, NOT_COMPLETED, PER_YEAR, Dimension
from club.units.models import Unit

#: A value for some of the dimensions, as files and addresses write it; ``None``: not known.
Selection = Mapping[Dimension, str | None]
EVERYTHING: Selection = {}
#: How an address writes a value that is not known.
NOT_KNOWN = "none"

_STORED: dict[Dimension, Any] = {
    Dimension.AUDIENCE: TrainingRecord.audience,
    Dimension.TOPIC: TrainingRecord.topic_key,
    Dimension.COURSE: TrainingRecord.course_code,
    Dimension.UNIT: TrainingRecord.unit_id,
    Dimension.SECTOR: TrainingRecord.sector,
    Dimension.SEX: TrainingRecord.sex,
    Dimension.FUNDING: TrainingRecord.funding,
    Dimension.RESULT: TrainingRecord.completed,
}
_KINDS: dict[Dimension, type[Enum]] = {
    Dimension.AUDIENCE: AudienceKind,
    Dimension.SEX: Sex,
    Dimension.FUNDING: Funding,
}
_RESULTS = {COMPLETED: True, NOT_COMPLETED: False}


class SelectionRefusal(StrEnum):
    VALUE = "There is no such value to choose. Follow a figure of the table to its rows."


def standing(
    period: Period, as_of: datetime, selection: Selection = EVERYTHING
) -> tuple[ColumnElement[bool], ...]:
    """The records that count in a period and have the selected values, as the club knew them at
    ``as_of``. Times are cut as the period is.
    """
    record = TrainingRecord
    return (
        record.counts.is_(True),
        record.day.between(period.first, period.last),
        record.computed_at <= as_of,
        or_(record.superseded_at.is_(None), record.superseded_at > as_of),
        *(_having(dimension, key, period.cut) for dimension, key in selection.items()),
    )


def selection_asked(arguments: Mapping[str, str], *, cut: Cut) -> Selection:
    """What an address selects; raises ``RefusedError`` for a value that there cannot be."""
    asked = {d: arguments[d] for d in Dimension if arguments.get(d)}
    chosen = {d: None if key == NOT_KNOWN else key for d, key in asked.items()}
    for dimension, key in chosen.items():
        if not _can_be(dimension, key, cut):
            raise RefusedError(SelectionRefusal.VALUE)
    return chosen


def selection_as_asked(selection: Selection) -> Iterator[tuple[str, str]]:
    """A selection as an address writes it."""
    for dimension, key in selection.items():
        yield str(dimension), NOT_KNOWN if key is None else key


def _can_be(dimension: Dimension, key: str | None, cut: Cut) -> bool:
    if dimension in PER_YEAR:
        return key is not None and _is_time(dimension, key, cut)
    if dimension is Dimension.RESULT:
        return key in _RESULTS
    return dimension not in _KINDS or key in {kind.value for kind in _KINDS[dimension]}


def _is_time(dimension: Dimension, key: str, cut: Cut) -> bool:
    lengths = {Dimension.YEAR: 4, Dimension.QUARTER: 7, Dimension.MONTH: 7}
    try:
        named_period(key, cut)
    except PeriodError:
        return False
    is_quarter = "Q" in key
    return len(key) == lengths[dimension] and is_quarter == (dimension is Dimension.QUARTER)


def _having(dimension: Dimension, key: str | None, cut: Cut) -> ColumnElement[bool]:
    if dimension in PER_YEAR:
        assert key
        time = named_period(key, cut)
        return TrainingRecord.day.between(time.first, time.last)
    column = _STORED[dimension]
    if key is None:
        return column.is_(None)  # type: ignore[no-any-return]
    if dimension is Dimension.UNIT:
        return column.in_(select(Unit.id).where(Unit.key == key))  # type: ignore[no-any-return]
    if dimension is Dimension.RESULT:
        return column.is_(_RESULTS[key])  # type: ignore[no-any-return]
    value = _KINDS[dimension](key) if dimension in _KINDS else key
    return column == value  # type: ignore[no-any-return]
