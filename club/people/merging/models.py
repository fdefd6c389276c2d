"""What was decided about two entries: that they are one person, or two people."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Person

_HOLDS = text("undone_at IS NULL")


class PersonMerge(Model):
    """Two entries that became one, so that it can be followed and undone."""

    __tablename__ = "person_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two_entries"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason IS NULL)", name="undone_with_reason"),
        Index(
            "uq_person_merge_holds",
            "gone_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_person_merge_gone", "gone_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    merged_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Ids of the rows that went along, by table.
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON())
    #: What stood in rows that stayed behind, by table, id and column.
    left: Mapped[dict[str, dict[str, dict[str, Any]]]] = mapped_column(JSON())
    #: Columns of the entry that stays which were empty, and came from the one that goes.
    filled: Mapped[list[str]]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_reason: Mapped[str | None]

    kept: Mapped[Person] = relationship(foreign_keys=kept_id)
    gone: Mapped[Person] = relationship(foreign_keys=gone_id)


class PeopleApart(Model):
    """Two entries that look alike and are two people: nobody has to look at them again."""

    __tablename__ = "people_apart"
    __table_args__ = (
        CheckConstraint("one_id <> other_id", name="two_entries"),
        UniqueConstraint("one_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The older entry.
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
