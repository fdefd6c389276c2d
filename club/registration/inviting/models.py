import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Person

_HOLDS = text("withdrawn_at IS NULL")


class RunInvitation(Model):
    """The club invites an address to a run. It lets in the person it was written to, or whoever
    has confirmed that address. Withdrawn, never deleted.
    """

    __tablename__ = "run_invitation"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_normal"),
        Index(
            "uq_run_invitation_open",
            "run_id",
            "email",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_run_invitation_run", "run_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    #: In the one form of ``accounts.email_address``.
    email: Mapped[str]
    #: Who was chosen by name, whatever the address becomes.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    #: When it was recalled, shortly before registration ends: once.
    reminded_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
