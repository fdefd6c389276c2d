from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Employment, Organisation, Person


class FeedKind(StrEnum):
    """What a secret address shows: one thing each."""

    #: Sessions of the person's own registrations, with deadlines, and of runs taught.
    PERSON = "person"
    #: Only sessions of runs that the person teaches.
    TEACHING = "teaching"
    #: Sessions that people of an organisation have a place in, without their names.
    ORGANISATION = "organisation"


class CalendarFeed(Model):
    """A secret address under which a person's calendar program reads sessions."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'organisation') = (employment_id IS NOT NULL)", name="mandate_named"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Whose address it is; an organisation's address belongs to one of its representatives.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[FeedKind]
    #: For an organisation's: the work under which the person spoke for it then.
    employment_id: Mapped[int | None] = mapped_column(ForeignKey("employment.id"))
    #: What the person calls it, such as "điện thoại của tôi".
    name: Mapped[str]
    #: SHA-256 of the token; the token itself is shown once and kept nowhere.
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The language of the entries.
    language: Mapped[str]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    employment: Mapped[Employment | None] = relationship()

    @property
    def organisation(self) -> Organisation | None:
        return self.employment.organisation if self.employment else None
