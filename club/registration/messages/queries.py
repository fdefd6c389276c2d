import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from club.accounts.models import Account
from club.accounts.readers import READER
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.registration.messages.models import Group, RunMessage
from club.registration.models import Registration, RegistrationState


@dataclass(frozen=True)
class Recipient(Reader):
    """Somebody a message is for. Without an address it is a notice on the site only."""

    public_id: uuid.UUID
    phone: str | None
    registration: uuid.UUID


def recipients(run_id: int, group: Group) -> list[Recipient]:
    """The people of the group as it is now, in the order of a class list, in one statement."""
    states = [state for state in RegistrationState if group.includes(state)]
    query = (
        select(
            *READER,
            Person.public_id,
            Person.phone,
            Registration.public_id,
        )
        .join(Registration, Registration.person_id == Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Registration.run_id == run_id, Registration.state.in_(states))
        .order_by(Person.sort_key, Person.id)
    )
    return [Recipient(*row) for row in db.session.execute(query)]


def names_on_the_list(run_id: int, people: Collection[uuid.UUID]) -> list[str]:
    """Of these people those who ever were on this run's list: anybody else is not looked up."""
    query = (
        select(Person.full_name)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.run_id == run_id, Person.public_id.in_(people))
        .group_by(Person.id)
        .order_by(Person.sort_key, Person.id)
    )
    return list(db.session.scalars(query))


def message_by_public_id(public_id: uuid.UUID) -> RunMessage | None:
    return db.session.scalars(
        select(RunMessage).where(RunMessage.public_id == public_id)
    ).one_or_none()


@dataclass(frozen=True)
class SentMessage:
    message: RunMessage
    by: str


def messages_of(run_id: int) -> list[SentMessage]:
    """The latest first, with the name of who wrote each."""
    query = (
        select(RunMessage, Person.full_name)
        .join(Account, Account.id == RunMessage.by_id)
        .join(Person, Person.id == Account.person_id)
        .where(RunMessage.run_id == run_id)
        .order_by(RunMessage.id.desc())
    )
    return [SentMessage(*row) for row in db.session.execute(query)]
