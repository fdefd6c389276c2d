"""What runs were like before, and who taught them: rows that are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import Person


class RunVersion(Model):
    """How a published run stood after an edit: what people who rely on it may be told of."""

    __tablename__ = "run_version"
    __table_args__ = (Index("ix_run_version_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    at: Mapped[datetime]
    #: A ``RunDescription`` (see ``versions``) as JSON.
    facts: Mapped[dict[str, Any]]


class TeachingStep(Model):
    """Somebody began or ceased to teach a run. Subscribed calendars remember who taught."""

    __tablename__ = "teaching_step"
    __table_args__ = (Index("ix_teaching_step_person", "person_id", "run_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    teaches: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
