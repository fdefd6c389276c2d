from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile


class ArticlePicture(Model):
    """What shows a text where somebody passes its address on, as of one of its revisions."""

    __tablename__ = "article_picture"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    revision: Mapped[int]
    #: ``None``: it could not be drawn; the next revision is tried again.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    file: Mapped[StoredFile | None] = relationship()
