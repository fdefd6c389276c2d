"""Marks in sessions, with what they replaced, and people who came without registering."""

import uuid
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run, Session
from club.db import Model
from club.files.models import StoredFile
from club.people.models import AudienceKind, Organisation, Person


class Mark(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def was_there(self) -> bool:
        return self in {Mark.PRESENT, Mark.LATE}


class MarkSource(StrEnum):
    """How a mark was taken."""

    TRAINER_TAP = "trainer_tap"
    SELF_CHECK_IN = "self_check_in"
    PAPER_LIST = "paper_list"
    ONLINE_IMPORT = "online_import"


class AttendanceMark(Model):
    """What holds now for one person in one session; earlier values are in ``AttendanceChange``."""

    __tablename__ = "attendance_mark"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_not_negative"),
        Index("ix_attendance_mark_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mark: Mapped[Mark]
    #: Attended minutes where they differ from the whole session.
    minutes: Mapped[int | None]
    source: Mapped[MarkSource] = mapped_column(default=MarkSource.TRAINER_TAP)
    marked_at: Mapped[datetime]
    #: When the same was last said again: a mark made before that does not overrule it.
    said_again_at: Mapped[datetime | None]
    #: When it reached the club, where it was made on a phone without network.
    received_at: Mapped[datetime | None]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Who vouches for it where that is somebody else than who marked: the trainer on whose
    #: screen people found the code with which they checked in.
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def last_said_at(self) -> datetime:
        return self.said_again_at or self.marked_at

    @property
    def version(self) -> str:
        """Names what was said last, for who asks later whether a phone had seen it."""
        return self.last_said_at.astimezone(UTC).isoformat()


class AttendanceChange(Model):
    """A mark that was replaced: what it was, who had set it and when."""

    __tablename__ = "attendance_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_mark_id: Mapped[int] = mapped_column(ForeignKey("attendance_mark.id"), index=True)
    mark: Mapped[Mark]
    minutes: Mapped[int | None]
    source: Mapped[MarkSource]
    marked_at: Mapped[datetime]
    #: When it reached the club, where it was made on a phone without network.
    received_at: Mapped[datetime | None]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    replaced_at: Mapped[datetime]


class SentMark(Model):
    """A mark that a phone sent, by the id that the phone gave it: sent again it counts no more."""

    __tablename__ = "sent_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    attendance_mark_id: Mapped[int] = mapped_column(ForeignKey("attendance_mark.id"), index=True)
    received_at: Mapped[datetime]

    attendance_mark: Mapped[AttendanceMark] = relationship()


class PaperList(Model):
    """A list that people signed on paper, entered afterwards, with its scan. Never deleted: the
    marks that came of it rest on it.
    """

    __tablename__ = "paper_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    #: How many had signed.
    signed: Mapped[int]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    session: Mapped[Session] = relationship()
    scan: Mapped[StoredFile] = relationship()


class WalkIn(Model):
    """Somebody on a run's attendance list who never registered."""

    __tablename__ = "walk_in"
    __table_args__ = (UniqueConstraint("run_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    audience: Mapped[AudienceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
