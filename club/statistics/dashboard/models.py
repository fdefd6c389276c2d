import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Person


class SavedView(Model):
    """A question to the dashboard under a name: its owner's, and open to all its readers."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    #: The query of its address, such as ``part=Q1&cut=report&show=topic``.
    asked: Mapped[str]
    saved_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
