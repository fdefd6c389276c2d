from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Topic(Model):
    """A field of knowledge that courses, tools and cases belong to."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int]
