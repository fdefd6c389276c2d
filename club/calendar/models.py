from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Person


class CalendarFeed(Model):
    """A secret address under which one person's calendar program reads that person's sessions."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: What the person calls it, such as "điện thoại của tôi".
    name: Mapped[str]
    #: SHA-256 of the token; the token itself is shown once and kept nowhere.
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The language of the entries.
    language: Mapped[str]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
