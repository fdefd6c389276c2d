"""What runs were like before, and who taught them: rows that are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run, RunForm, RunState
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


class RunListing(Model):
    """By what an announced run was found from a moment on: the facts that the catalogue's
    conditions ask for. Calendars with conditions remember by it what they showed.
    """

    __tablename__ = "run_listing"
    __table_args__ = (Index("ix_run_listing_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    at: Mapped[datetime]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    audience_keys: Mapped[list[str]]
    search_key: Mapped[str]
    form: Mapped[RunForm]
    state: Mapped[RunState]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]


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
