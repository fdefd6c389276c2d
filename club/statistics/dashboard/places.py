"""What stands behind the share of seats that were used: classes, and who did not come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import contains_eager

from club.courses.models import Course, Run
from club.db import db
from club.people.models import Person
from club.periods import Period
from club.records.models import TrainingRecord
from club.web.pages import Page
from club.web.personal_data import Rows, Whose

#: What the log knows the list of who did not come by, one for each month in which classes ended.
KIND = "unused_places"
PER_PAGE = 100
_YEAR_AND_MONTH = len("2026-03")
_DID_NOT_COME = TrainingRecord.attended_minutes == 0


@dataclass(frozen=True)
class ClassSeats:
    code: str
    title: str
    title_en: str | None
    day: date
    offered: int
    taken: int
    came: int

    @property
    def stayed_away(self) -> int:
        return self.taken - self.came


def counted(period: Period) -> tuple[ColumnElement[bool], ...]:
    """The records of classes that kept places, as they stand now; with their class joined."""
    return (
        TrainingRecord.day.between(period.first, period.last),
        TrainingRecord.superseded_at.is_(None),
        Run.is_earlier.is_(False),
    )


def classes_of(period: Period, *, page: int) -> Page[ClassSeats]:
    """By day; what they come to together is ``classes.seats_of``."""
    record = TrainingRecord
    day = func.max(record.day).label("day")
    query = (
        select(
            Run.code, Course.title, Course.title_en, day, Run.seats, func.count(),
            func.sum(case((_DID_NOT_COME, 0), else_=1)),
        )
        .join(Run, Run.id == record.run_id)
        .join(Course, Course.id == Run.course_id)
        .where(*counted(period))
        .group_by(Run.id, Run.code, Course.title, Course.title_en, Run.seats)
        .order_by(day, Run.code)
    )  # fmt: skip
    total = db.session.scalar(select(func.count()).select_from(query.subquery()))
    rows = db.session.execute(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Page([ClassSeats(*row) for row in rows], page, PER_PAGE, total or 0)


def who_did_not_come(period: Period, *, page: int) -> Page[TrainingRecord]:
    """With their classes, by day, then by given name."""
    query = (
        select(TrainingRecord)
        .join(TrainingRecord.run)
        .join(TrainingRecord.person)
        .where(*counted(period), _DID_NOT_COME)
        .options(contains_eager(TrainingRecord.person), contains_eager(TrainingRecord.run))
        .order_by(TrainingRecord.day, Person.sort_key, TrainingRecord.id)
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery()))
    rows = db.session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, PER_PAGE, total or 0)


def months_with(whose: Whose) -> Rows:
    """The lists that may name somebody, and since when."""
    month = func.substr(cast(TrainingRecord.day, String), 1, _YEAR_AND_MONTH)
    return (
        select(month.label("month"), func.min(TrainingRecord.computed_at))
        .where(TrainingRecord.person_id == whose.person_id, _DID_NOT_COME)
        .group_by(month)
    )
