from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model

#: Not decisions: somebody read a page about a person, or saved a list of people.
PAGE_OPENED, LIST_SAVED = "privacy.page_opened", "privacy.list_saved"


class AuditEntry(Model):
    """Who did what to which thing. Only ever added to."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: A verb with its room, such as ``courses.publish``.
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    detail: Mapped[dict[str, Any] | None]
    request_number: Mapped[str | None]
