"""What people ask about their own data."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person

_IN_HAND = text("state = 'asked'")


class CopyState(StrEnum):
    ASKED = "asked"
    READY = "ready"
    #: It could not be made, however often it was tried.
    FAILED = "failed"
    #: Its time is over, or its owner took it away, or a newer one is there.
    REMOVED = "removed"


class DataCopy(Model):
    """Somebody wants a copy of everything that is stored about them. The row stays, the file
    is removed.
    """

    __tablename__ = "data_copy"
    __table_args__ = (
        CheckConstraint("(state = 'ready') = (file_id IS NOT NULL)", name="ready_with_file"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index(
            "uq_data_copy_in_hand",
            "person_id",
            unique=True,
            sqlite_where=_IN_HAND,
            postgresql_where=_IN_HAND,
        ),
        Index("ix_data_copy_person", "person_id", "id"),
        Index("ix_data_copy_state", "state", "tries", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[CopyState] = mapped_column(default=CopyState.ASKED)
    asked_at: Mapped[datetime]
    #: How often it was begun.
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    removed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    file: Mapped[StoredFile | None] = relationship()
