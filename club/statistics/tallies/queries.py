"""Tallies as they are kept, or as the records of marked classes would make them now."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from itertools import groupby
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    ColumnElement,
    Integer,
    Result,
    Select,
    SQLColumnExpression,
    String,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)

from club.courses.models import Run
from club.db import db
from club.periods import Period
from club.records.models import TrainingRecord
from club.statistics.tallies.models import RunTally, RunToTally, TallyProfile

#: What the records of one tally have in common.
ALIKE = (
    "run_id", "day", "computed_at", "superseded_at", "topic_key", "course_code", "funding",
)  # fmt: skip
#: What is listed of their people.
LISTS = ("people", "minutes", "profile")
PROFILE = ("audience", "unit_id", "sector", "sex", "completed")
_CHECKED_AT_ONCE = 500
_READ_AT_ONCE = 500


class Profile(NamedTuple):
    """What a record says of its person, as ``TallyProfile`` keeps it."""

    audience: str
    unit_id: int
    sector: str
    sex: str
    completed: int


Profiles = dict[int, Profile]
#: Some tallies: for each column what one after the other has there.
Columns = dict[str, list[Any]]


def tallies(
    columns: Iterable[str], period: Period, *, as_of: datetime
) -> tuple[Profiles, Iterator[Columns]]:
    """The lists and these columns of all that counts in a period, as the club knew it at ``as_of``,
    some hundreds of tallies at a time, and what their profiles mean. One statement, so that it is
    of one moment.
    """
    names = [*LISTS, *columns]
    marked = select(RunToTally.run_id)
    kept = select(*map(_stored, names)).where(
        RunTally.run_id.not_in(marked), *_standing(RunTally, period, as_of)
    )
    anew = packed(
        TrainingRecord.run_id.in_(marked), *_standing(TrainingRecord, period, as_of)
    ).subquery()
    found = db.session.execute(union_all(kept, select(*(anew.c[name] for name in names))))
    # After the tallies: so each that they name is there, and what it means never changes.
    profiles = _profiles()
    return profiles, _some_at_a_time(names, found, profiles)


def _stored(name: str) -> ColumnElement[Any]:
    """Lists in writing: they are read by the hundred, which takes half the time."""
    column = getattr(RunTally, name)
    return type_coerce(column, String) if name in LISTS else column


def _some_at_a_time(
    names: Sequence[str], found: Result[Any], profiles: Profiles
) -> Iterator[Columns]:
    numbers = {profile: number for number, profile in profiles.items()}
    for rows in found.partitions(_READ_AT_ONCE):
        some = dict(zip(names, zip(*rows, strict=True), strict=True))
        read = {n: _read(values) if n in LISTS else list(values) for n, values in some.items()}
        for listed, written in zip(read["profile"], some["profile"], strict=True):
            if written.rfind("["):
                _number(listed, profiles, numbers)
        yield read


def _read(lists: Iterable[str]) -> list[Any]:
    found: list[Any] = orjson.loads(f"[{','.join(lists)}]")
    return found


def _number(listed: list[Any], profiles: Profiles, numbers: dict[Profile, int]) -> None:
    """Those that nobody has tallied yet stand there by their values; here they get numbers, too."""
    for place, one in enumerate(listed):
        if isinstance(one, list):
            profile = Profile(*one)
            number = listed[place] = numbers.setdefault(profile, -len(numbers) - 1)
            profiles[number] = profile


def _profiles() -> Profiles:
    kept = TallyProfile
    values = (kept.audience, kept.unit_id, kept.sector, kept.sex, cast(kept.completed, Integer))
    rows = db.session.execute(select(kept.id, *values))
    return {row[0]: Profile(*row[1:]) for row in rows}


def _standing(
    source: type[RunTally | TrainingRecord], period: Period, as_of: datetime
) -> Iterator[ColumnElement[bool]]:
    yield source.day.between(period.first, period.last)
    yield source.computed_at <= as_of
    yield or_(source.superseded_at.is_(None), source.superseded_at > as_of)


def packed(*conditions: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    """The tallies that records come to: columns as ``ALIKE`` and ``LISTS`` name them.

    All lists of a row come from one pass over its records, so they are in the same order.
    """
    record = TrainingRecord
    alike = [getattr(record, name) for name in ALIKE]
    known = cast(TallyProfile.id, String)
    listed: dict[str, ColumnElement[str]] = {
        "people": _numbers(record.person_id),
        "minutes": _numbers(record.attended_minutes),
        "profile": _listed(func.coalesce(known, _in_writing())),
    }
    columns = (listed[name].label(name) for name in LISTS)
    return _with_profiles(select(*alike, *columns), *conditions).group_by(*alike)


def unseen(*conditions: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    """The profiles of records that are not kept yet, columns as in ``PROFILE``. In one order, so
    that of two who insert them one waits for the other, and not each for each.
    """
    values: list[Any] = [_said()[name].label(name) for name in PROFILE]
    lacking = _with_profiles(select(*values), *conditions, TallyProfile.id.is_(None))
    return lacking.distinct().order_by(*values)


def _with_profiles(
    asked: Select[tuple[Any, ...]], *conditions: ColumnElement[bool]
) -> Select[tuple[Any, ...]]:
    """Of records that count, beside the profile of each as far as it is kept."""
    theirs = and_(*(getattr(TallyProfile, name) == value for name, value in _said().items()))
    both = asked.select_from(TrainingRecord).outerjoin(TallyProfile, theirs)
    return both.where(TrainingRecord.counts.is_(True), *conditions)


def _said() -> dict[str, SQLColumnExpression[Any]]:
    """What a record says of its person. Keys from lists of the house: none has a quote in it."""
    record = TrainingRecord
    return {
        "audience": type_coerce(record.audience, String),
        "unit_id": func.coalesce(record.unit_id, 0),
        "sector": func.coalesce(record.sector, ""),
        "sex": type_coerce(record.sex, String),
        "completed": record.completed,
    }


def _in_writing() -> ColumnElement[str]:
    said = _said()
    unit, completed = cast(said["unit_id"], String), cast(cast(said["completed"], Integer), String)
    parts: list[Any] = [
        '["', said["audience"], '",', unit, ',"', said["sector"], '","', said["sex"], '",',
        completed, "]",
    ]  # fmt: skip
    return reduce(operator.add, (literal(one) if isinstance(one, str) else one for one in parts))


def _numbers(column: SQLColumnExpression[int]) -> ColumnElement[str]:
    return _listed(cast(column, String))


def _listed(column: SQLColumnExpression[str]) -> ColumnElement[str]:
    return literal("[") + func.aggregate_strings(column, ",") + literal("]")


def runs_with_records_or_tallies() -> list[int]:
    both = union(select(TrainingRecord.run_id), select(RunTally.run_id)).subquery()
    return list(db.session.scalars(select(both.c.run_id).order_by(both.c.run_id)))


def is_any_marked() -> bool:
    return db.session.scalar(select(RunToTally.run_id).limit(1)) is not None


def differing_runs() -> list[str]:
    """Codes of the classes whose tallies are not what their records come to, though none of them
    is marked. Reads every record.
    """
    last = db.session.scalar(select(func.max(TrainingRecord.run_id))) or 0
    ids = [
        run_id
        for first in range(1, last + 1, _CHECKED_AT_ONCE)
        for run_id in _differing(first, first + _CHECKED_AT_ONCE - 1)
    ]
    return list(db.session.scalars(select(Run.code).where(Run.id.in_(ids)).order_by(Run.code)))


def _differing(first: int, last: int) -> Iterator[int]:
    marked = select(RunToTally.run_id)
    kept = select(
        literal_column("0").label("is_anew"),
        *(getattr(RunTally, name) for name in (*ALIKE, *LISTS)),
    ).where(RunTally.run_id.between(first, last), RunTally.run_id.not_in(marked))
    record = TrainingRecord
    anew = packed(record.run_id.between(first, last), record.run_id.not_in(marked)).subquery()
    both = union_all(kept, select(literal_column("1"), *anew.c)).order_by("run_id")
    found, profiles = db.session.execute(both), _profiles()
    for run_id, rows in groupby(found, key=lambda row: row.run_id):
        said: tuple[list[Any], list[Any]] = [], []
        for row in rows:
            said[row.is_anew].append(_in_any_order(row, profiles))
        if sorted(said[0]) != sorted(said[1]):
            yield run_id


def _in_any_order(row: Any, profiles: Profiles) -> str:
    """A tally in writing, alike however its people are ordered and their profiles numbered."""
    alike = [str(getattr(row, name)) for name in ALIKE]
    meant = [
        Profile(*one) if isinstance(one, list) else profiles.get(one, one) for one in row.profile
    ]
    people = sorted(zip(row.people, row.minutes, map(str, meant), strict=True))
    return f"{alike} {people}"
