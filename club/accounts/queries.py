from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from club.accounts.models import (
    AccessEnd,
    Account,
    Consent,
    ConsentPurpose,
    Passkey,
    Role,
    RoleName,
    SignOut,
    account_role,
)
from club.db import db
from club.people.models import Person
from club.people.queries import stands_for_itself
from club.vietnamese import folded
from club.web.pages import Page

PAGE_SIZE = 50
#: Asked for at every request of whoever is signed in: with person, roles and the number of
#: unread notices, and built once.
_BY_HANDLE = (
    select(Account)
    .options(joinedload(Account.roles), undefer(Account.unread_notices))
    .where(
        Account.fs_uniquifier == bindparam("handle"),
        Account.active,
        ~exists().where(SignOut.key_hash == bindparam("key_hash")),
    )
)


def account_by_email(email: str) -> Account | None:
    """``email`` in the form that ``normal_email`` gives."""
    return db.session.scalars(select(Account).where(Account.email == email)).one_or_none()


def handle_of(email: str) -> str | None:
    """What the sessions of the account with this address carry."""
    return db.session.scalar(select(Account.fs_uniquifier).where(Account.email == email))


def knows_passkey(credential_id: bytes) -> bool:
    return bool(db.session.scalar(select(exists().where(Passkey.credential_id == credential_id))))


def account_signed_in(handle: str, *, key_hash: str) -> Account | None:
    """The account with this handle, unless it was closed or this sign-in of it was ended."""
    found = db.session.scalars(_BY_HANDLE, {"handle": handle, "key_hash": key_hash})
    return found.unique().one_or_none()


def is_signed_out(key_hash: str) -> bool:
    return bool(db.session.scalar(select(exists().where(SignOut.key_hash == key_hash))))


def hold_account(handle: str) -> None:
    """Let nobody else change the account with this handle until the transaction ends."""
    held = select(Account.id).where(Account.fs_uniquifier == handle)
    db.session.execute(held.with_for_update())


def account_of(person_public_id: UUID) -> Account | None:
    query = select(Account).join(Account.person).where(Person.public_id == person_public_id)
    return db.session.scalars(query).one_or_none()


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """The names of the people behind these accounts."""
    query = (
        select(Account.id, Person.full_name).join(Account.person).where(Account.id.in_(account_ids))
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def other_administrators(account_id: int) -> int:
    """How many other accounts that may sign in are administrators."""
    query = (
        select(func.count())
        .select_from(Account)
        .where(
            Account.id != account_id,
            Account.active,
            Account.confirmed_at.is_not(None),
            Account.roles.any(Role.name == RoleName.ADMINISTRATOR.value),
        )
    )
    return db.session.scalar(query) or 0


def people_without_account(email: str) -> Sequence[Person]:
    """Those the club knows by this address who have no way to sign in."""
    query = select(Person).where(
        func.lower(Person.email) == email,
        stands_for_itself,
        ~exists().where(Account.person_id == Person.id),
    )
    return db.session.scalars(query).all()


def access_ends_of(account_id: int) -> Sequence[AccessEnd]:
    return db.session.scalars(select(AccessEnd).where(AccessEnd.account_id == account_id)).all()


def consents_of(person_id: int) -> Sequence[Consent]:
    """All consents ever given, the newest first."""
    query = (
        select(Consent)
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    )
    return db.session.scalars(query).all()


def open_consent(person_id: int, purpose: ConsentPurpose) -> Consent | None:
    query = select(Consent).where(
        Consent.person_id == person_id,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


def agrees(person_id: int, purpose: ConsentPurpose) -> bool:
    return open_consent(person_id, purpose) is not None


def agreed_through(person_id: int, channel: str) -> bool:
    """Whether the person's agreement to the keeping of personal data came this way."""
    consent = open_consent(person_id, ConsentPurpose.PERSONAL_DATA)
    return consent is not None and consent.channel == channel


def passkeys_of(account_id: int) -> Sequence[Passkey]:
    query = (
        select(Passkey)
        .where(Passkey.account_id == account_id)
        .order_by(Passkey.create_datetime, Passkey.id)
    )
    return db.session.scalars(query).all()


def never_confirmed(*, before: datetime) -> Sequence[Account]:
    """Sign-ups from before a moment whose letter nobody answered. What is left of those that
    were taken away has no password.
    """
    query = select(Account).where(
        Account.confirmed_at.is_(None),
        Account.created_at < before,
        Account.password.is_not(None),
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class AccountRow:
    href: str
    name: str
    email: str
    roles: tuple[RoleName, ...]
    active: bool
    confirmed: bool


def accounts_matching(
    text: str = "", *, role: RoleName | None = None, page: int = 1
) -> Page[AccountRow]:
    """Accounts whose name or address has ``text`` in it, by given name."""
    wanted: list[ColumnElement[bool]] = []
    if text.strip():
        name = Person.search_key.contains(folded(text), autoescape=True)
        email = Account.email.contains(text.strip().lower(), autoescape=True)
        wanted.append(or_(name, email))
    if role:
        held = select(account_role.c.account_id).join(Role).where(Role.name == role.value)
        wanted.append(Account.id.in_(held))
    found = select(Account).join(Account.person).where(*wanted)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    part = (
        found.options(selectinload(Account.roles))
        .order_by(Person.sort_key, Account.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = [_row(account) for account in db.session.scalars(part)]
    return Page(rows, page, PAGE_SIZE, total)


def _row(account: Account) -> AccountRow:
    return AccountRow(
        href=f"/office/accounts/{account.person.public_id}",
        name=account.person.full_name,
        email=account.email,
        roles=held_roles(account),
        active=account.active,
        confirmed=account.confirmed_at is not None,
    )


def held_roles(account: Account) -> tuple[RoleName, ...]:
    """In the order of ``RoleName``."""
    names = {role.name for role in account.roles}
    return tuple(name for name in RoleName if name.value in names)
