"""Training records as counting needs them: a class in one row, its people side by side in lists.

What a record says of its person is one of few combinations, so people are listed with the number of
theirs. Tallies say nothing that the records do not say. Whoever writes a record marks its class by
a trigger (see ``marking``); what is marked is counted from its records, until it has been tallied
anew.
"""

from datetime import date, datetime
from typing import Any, cast

import orjson
from sqlalchemy import (
    Connection,
    Dialect,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from club.courses.models import Funding
from club.db import Model
from club.records.models import TrainingRecord
from club.statistics.tallies import guarding, marking


class Listed(TypeDecorator[list[Any]]):
    """A list in JSON. Databases put it together from rows; nobody else writes one."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, _dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


class RunTally(Model):
    """The records of a class that count, as far as they have all but the people in common.

    In each list the n-th entry is about the n-th of ``people``.
    """

    __tablename__ = "run_tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    computed_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    topic_key: Mapped[str]
    course_code: Mapped[str]
    funding: Mapped[Funding]
    people: Mapped[list[int]] = mapped_column(Listed)
    minutes: Mapped[list[int]] = mapped_column(Listed)
    #: Ids of ``TallyProfile``, or the five values themselves where there is none.
    profile: Mapped[list[Any]] = mapped_column(Listed)


class TallyProfile(Model):
    """What a record says of its person as counting needs it: every combination there ever was.

    Tallies name them by their ids, so none is ever changed or deleted, nor its id given again.
    """

    __tablename__ = "tally_profile"
    __table_args__ = (
        UniqueConstraint("unit_id", "sector", "audience", "sex", "completed"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audience: Mapped[str]
    #: 0 where it is not known.
    unit_id: Mapped[int]
    #: Empty where it is not known.
    sector: Mapped[str]
    sex: Mapped[str]
    completed: Mapped[bool]


class RunToTally(Model):
    """A class of which a record was written since it was tallied."""

    __tablename__ = "run_to_tally"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)


# The triggers stand on the one table and write into the other.
cast(Table, RunToTally.__table__).add_is_dependent_on(cast(Table, TrainingRecord.__table__))


@event.listens_for(RunToTally.__table__, "after_create")
def _mark(_table: Table, connection: Connection, **_given: Any) -> None:
    marking.mark_changes(connection)


@event.listens_for(RunToTally.__table__, "before_drop")
def _leave(_table: Table, connection: Connection, **_given: Any) -> None:
    marking.leave_changes(connection)


@event.listens_for(TallyProfile.__table__, "after_create")
def _guard(_table: Table, connection: Connection, **_given: Any) -> None:
    guarding.guard(connection)


@event.listens_for(TallyProfile.__table__, "before_drop")
def _unguard(_table: Table, connection: Connection, **_given: Any) -> None:
    guarding.unguard(connection)
