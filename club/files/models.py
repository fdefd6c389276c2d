import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class StoredFile(Model):
    """A file that somebody handed in, or that the site made for somebody. Its bytes lie in the
    store under ``key`` and never change: another content is another row. Deleted only where
    personal data is removed, and where the bytes of a certificate were lost and made anew.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        Index("ix_stored_file_uploaded_at", "uploaded_at"),
        Index("ix_stored_file_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Made by ``club.files.storage.new_key``: nothing that anybody typed is part of it.
    key: Mapped[str] = mapped_column(unique=True)
    #: What it is called when it is downloaded; see ``club.files.names``.
    name: Mapped[str]
    #: Decided by the content; one of ``club.files.accepting``.
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
