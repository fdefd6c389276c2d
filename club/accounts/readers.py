"""Whom to tell something, and at which address: the account's, else the person's."""

from collections.abc import Collection

from sqlalchemy import and_, func, select

from club.accounts.models import Account, Role, RoleName, account_role
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person

#: The fields of a ``Reader``, to select more beside them.
READER = (
    Person.id,
    Person.full_name,
    func.coalesce(Account.email, Person.email),
    Person.language,
    and_(Account.confirmed_at.is_not(None), Account.active),
)
#: Everybody as a reader, for a query to narrow.
READERS = select(*READER).outerjoin(Account, Account.person_id == Person.id)


def readers_of(person_ids: Collection[int]) -> dict[int, Reader]:
    """By person, in one statement however many they are."""
    found = db.session.execute(READERS.where(Person.id.in_(person_ids)))
    return {row[0]: Reader(*row) for row in found}


def reader(person_id: int) -> Reader:
    return readers_of([person_id])[person_id]


def readers_holding(name: RoleName) -> list[Reader]:
    """Who signs in with this role, in the order in which the accounts were made."""
    holds = (
        select(account_role.c.account_id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == name.value)
    )
    query = READERS.where(Account.id.in_(holds), Account.active, Account.confirmed_at.is_not(None))
    return [Reader(*row) for row in db.session.execute(query.order_by(Account.id))]
