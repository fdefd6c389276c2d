from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.knowledge.pictures.addresses import PictureAddress


class Picture(Model):
    """A picture for texts. Who sent it stands with its files."""

    __tablename__ = "picture"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="has_sides"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    #: Of its widest version, in pixels.
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]

    versions: Mapped[list["PictureVersion"]] = relationship(
        order_by="PictureVersion.width", cascade="all, delete-orphan"
    )

    @property
    def address(self) -> PictureAddress:
        return PictureAddress(self.code, self.width, self.height)


class PictureVersion(Model):
    """The picture in one width."""

    __tablename__ = "picture_version"

    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    file: Mapped[StoredFile] = relationship()


class DraftPicture(Model):
    """A picture that lies ready for a draft, and the words for it."""

    __tablename__ = "draft_picture"

    draft_id: Mapped[int] = mapped_column(ForeignKey("article_draft.id"), primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), primary_key=True, index=True)
    #: What is to be seen, for who does not see it; ``None`` until somebody says so.
    alt: Mapped[str | None]
    caption: Mapped[str | None]
    #: Who took it, or whose it is.
    credit: Mapped[str | None]
    added_at: Mapped[datetime]

    picture: Mapped[Picture] = relationship()


class RevisionPicture(Model):
    """A picture stands in a published revision: it is shown to everybody, and kept."""

    __tablename__ = "revision_picture"

    revision_id: Mapped[int] = mapped_column(ForeignKey("article_revision.id"), primary_key=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"), primary_key=True, index=True)
