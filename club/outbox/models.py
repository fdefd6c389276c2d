import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    #: Not sent: its reader has no address or does not want letters of this matter.
    IN_SITE = "in_site"


class Letter(Model):
    """What somebody is told, written in the transaction of the change that caused it.

    It is sent afterwards, and shown on the site as a notice with the same words.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "state", "next_attempt_at"),
        Index("ix_letter_notices", "person_id", "in_site", "id"),
        # What the masthead of every page counts.
        Index(
            "ix_letter_unread",
            "person_id",
            sqlite_where=text("in_site AND read_at IS NULL"),
            postgresql_where=text("in_site AND read_at IS NULL"),
        ),
        CheckConstraint("state = 'in_site' OR recipient IS NOT NULL", name="goes_somewhere"),
        CheckConstraint("NOT in_site OR person_id IS NOT NULL", name="notice_has_a_reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Also the Message-ID, so that a repeated delivery is recognisable.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: What it is about, such as ``registration.confirmed``.
    kind: Mapped[str]
    #: One letter per event and person: a second one with the same key is not written.
    event_key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recipient: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body_text: Mapped[str]
    body_html: Mapped[str | None]
    #: iCalendar texts sent along, one after the other, or nothing.
    calendar: Mapped[str | None]
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    #: Whether the person finds it on the site, and when the person opened it there.
    in_site: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]

    @property
    def waits_for_morning(self) -> bool:
        """Put off by the quiet hours, not by a mail server."""
        is_new = self.state is LetterState.WAITING and self.attempts == 0
        return is_new and self.next_attempt_at > self.created_at


class Channel(StrEnum):
    """How somebody said which letters they want."""

    SETTINGS = "settings"
    #: The link at the foot of a letter, which works without signing in.
    LINK = "link"
    #: The mail program's own button (RFC 8058).
    ONE_CLICK = "one_click"


class LetterChoice(Model):
    """Somebody does, or does not, want letters of a matter. The latest one counts."""

    __tablename__ = "letter_choice"
    __table_args__ = (Index("ix_letter_choice_person", "person_id", "matter", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: A value of ``Matter``.
    matter: Mapped[str]
    wants: Mapped[bool]
    channel: Mapped[Channel]
    at: Mapped[datetime]
