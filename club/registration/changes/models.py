"""Who was told of which change of a run, and when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.history import RunVersion
from club.courses.models import Run
from club.db import Model
from club.people.models import Person
from club.registration.inviting.models import RunInvitation


class RunTelling(Model):
    """The people of a run were told how it stands. One that nobody needed has no readers."""

    __tablename__ = "run_telling"
    __table_args__ = (UniqueConstraint("run_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    #: How the run stood, and what was told therefore.
    version_id: Mapped[int] = mapped_column(ForeignKey("run_version.id"))
    at: Mapped[datetime]
    #: ``None``: by itself, when the edits had come to rest.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    version: Mapped[RunVersion] = relationship()
    readers: Mapped[list["RunTellingReader"]] = relationship(
        back_populates="telling", order_by="RunTellingReader.id"
    )


class RunTellingReader(Model):
    """One person's part: the letter said what differs between two versions."""

    __tablename__ = "run_telling_reader"
    __table_args__ = (
        UniqueConstraint("telling_id", "person_id"),
        UniqueConstraint("telling_id", "invitation_id"),
        CheckConstraint("person_id IS NOT NULL OR invitation_id IS NOT NULL", name="somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    telling_id: Mapped[int] = mapped_column(ForeignKey("run_telling.id"))
    #: ``None``: nothing was known of the invited but the address.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Of who was invited and had not registered.
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(RunInvitation.id), index=True)
    #: What the person knew before.
    known_version_id: Mapped[int] = mapped_column(ForeignKey("run_version.id"))

    telling: Mapped[RunTelling] = relationship(back_populates="readers")
    person: Mapped[Person | None] = relationship()
