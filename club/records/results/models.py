"""What people achieved in a run, row by row: what holds now, and what was written before."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import Person
from club.records.results.facts import Result, Scale


class RunScale(Model):
    """The maximum scores of a run. Stating others makes a new row; the old one stays with
    ``superseded_at``.
    """

    __tablename__ = "run_scale"
    __table_args__ = (
        Index(
            "uq_run_scale_current",
            "run_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        CheckConstraint("pre_test > 0 AND post_test > 0", name="tests_positive"),
        CheckConstraint("assignment IS NULL OR assignment > 0", name="assignment_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    pre_test: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    post_test: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    #: ``None``: the assignment is passed or not.
    assignment: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    stated_at: Mapped[datetime]
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    superseded_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()

    @property
    def scale(self) -> Scale:
        return Scale(self.pre_test, self.post_test, self.assignment)


class PersonResult(Model):
    """What one person achieved in one run, as somebody wrote it down at a moment.

    Each change is a new row with everything that holds from then on; the one before stays
    with ``superseded_at``.
    """

    __tablename__ = "person_result"
    __table_args__ = (
        Index(
            "uq_person_result_current",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_person_result_person", "person_id", "run_id"),
        Index("ix_person_result_run", "run_id", "id"),
        CheckConstraint("pre_test >= 0", name="pre_test_not_negative"),
        CheckConstraint("post_test >= 0", name="post_test_not_negative"),
        CheckConstraint("assignment >= 0", name="assignment_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    pre_test: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    post_test: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    #: Points, or 1 for passed and 0 for not passed where the run's scale states no maximum.
    assignment: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    #: The person reads it.
    remark: Mapped[str | None]
    #: The trainer confirms that the person did what completing the run asks for.
    confirmed: Mapped[bool] = mapped_column(default=False)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    superseded_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def result(self) -> Result:
        return Result(
            self.pre_test, self.post_test, self.assignment, self.remark, confirmed=self.confirmed
        )
