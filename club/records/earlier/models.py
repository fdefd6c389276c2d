"""Lists of earlier years: each file that was handed in, and what it brought."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person


class BatchState(StrEnum):
    #: The worker has it next, or in hand.
    CHECKING = "checking"
    #: Something is to be mended in the file.
    FAULTY = "faulty"
    #: Looked over; nothing has been brought in yet.
    READY = "ready"
    #: Confirmed; the worker brings it in.
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    DISCARDED = "discarded"
    UNDONE = "undone"


class EarlierBatch(Model):
    """One file with training of earlier years, from handing it in to its end."""

    __tablename__ = "earlier_batch"
    __table_args__ = (CheckConstraint("rows_done <= rows", name="done_within"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: Where the list comes from, in words: an official answers for the figures by it.
    source: Mapped[str]
    #: What was said of all rows where the file has no such column: cells by column.
    for_all_rows: Mapped[dict[str, Any]]
    state: Mapped[BatchState] = mapped_column(default=BatchState.CHECKING, index=True)
    rows: Mapped[int]
    rows_done: Mapped[int] = mapped_column(default=0)
    #: What looking it over came to (``club.records.earlier.checking``).
    findings: Mapped[dict[str, Any] | None]
    #: Everything that is wrong with it, of which ``findings`` has the first of each kind.
    mistakes: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    #: Who the doubtful rows are about: the public id of a person, or ``new``, by the row's number.
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undo_reason: Mapped[str | None]

    file: Mapped[StoredFile] = relationship()
    runs: Mapped[list["EarlierRun"]] = relationship(order_by="EarlierRun.id")


class EarlierRun(Model):
    """A closed class that a batch brought."""

    __tablename__ = "earlier_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("earlier_batch.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), unique=True)

    run: Mapped[Run] = relationship()


class EarlierPerson(Model):
    """A person whom nobody knew before the batch."""

    __tablename__ = "earlier_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("earlier_batch.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)

    person: Mapped[Person] = relationship()
