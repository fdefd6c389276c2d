import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club.accounts import consents, letters, queries
from club.accounts.email_address import normal_email
from club.accounts.forgetting import forget
from club.accounts.models import AccessEnd, Account, ConsentPurpose, Role, RoleName
from club.accounts.passwords import stored_password
from club.accounts.rules import (
    AccountRefusal,
    is_same_name,
    loses_administrator,
    refusal_to_lose_administrator,
)
from club.audit import operations as audit
from club.db import transaction
from club.people.models import Person
from club.people.rules.names import name_problem
from club.refusal import RefusedError
from club.vietnamese import tidy_line


@dataclass(frozen=True)
class NewAccount:
    """What was typed, checked and normalised; ``password`` is the hash."""

    email: str
    full_name: str
    password: str
    language: str = "vi"


def new_account(*, email: str, full_name: str, password: str, language: str = "vi") -> NewAccount:
    """Check what was typed; raises ``RefusedError`` naming the field."""
    address = normal_email(email)
    name = tidy_line(full_name)
    problem = name_problem(name)
    if problem:
        raise RefusedError(problem, field="full_name")
    return NewAccount(address, name, stored_password(password, email=address), language)


def sign_up(new: NewAccount, *, agreed_to: Iterable[ConsentPurpose], now: datetime) -> None:
    """Open an account that waits for its letter to be answered.

    Whoever asks learns nothing about the address: if it has an account, its owner gets a
    letter saying so. A sign-up that was never confirmed gives way to the new one, so that
    nobody can lie in wait with a password on somebody else's address.
    """
    try:
        with transaction() as session:
            known = queries.account_by_email(new.email)
            if known and known.confirmed_at:
                letters.say_account_exists(known, now=now)
                return
            if known:
                forget(session, known)
            account = _open(session, new, now=now)
            for purpose in agreed_to:
                consents.give_consent(account.person_id, purpose, language=new.language, now=now)
            letters.ask_to_confirm(account, now=now)
    except IntegrityError:
        # The same address a moment ago: that request's letter is on its way.
        return


def create_account(
    new: NewAccount, *, roles: Iterable[RoleName], person: Person | None = None, now: datetime
) -> Account:
    """An account that may sign in at once, of a new person or of one the club knows."""
    with transaction() as session:
        if queries.account_by_email(new.email):
            raise RefusedError(AccountRefusal.EMAIL_TAKEN, field="email")
        account = _open(session, new, person=person, now=now)
        account.confirmed_at = now
        account.person.email = account.person.email or new.email
        account.roles = [_role(session, name) for name in roles]
        session.flush()
        audit.record(
            "accounts.create",
            subject_kind="person",
            subject_id=account.person.public_id,
            by=None,
            now=now,
            detail={"roles": [role.name for role in account.roles]},
        )
    return account


def confirm(account_id: int, *, now: datetime) -> Account:
    """The owner of the mailbox has shown that the account is theirs; repeating is harmless."""
    with transaction() as session:
        account = _locked(session, account_id)
        if account.confirmed_at is None:
            account.confirmed_at = now
            account.person.email = account.email
            session.flush()
            _meet_known_person(session, account, now=now)
    return account


def send_confirmation_again(email: str, *, now: datetime) -> None:
    with transaction():
        account = queries.account_by_email(email)
        if account and account.active and account.confirmed_at is None:
            letters.ask_to_confirm(account, now=now)


def ask_for_reset(email: str, *, now: datetime) -> None:
    """Write the letter with the link; an address without an account gets none."""
    with transaction():
        account = queries.account_by_email(email)
        if account is None or not account.active:
            return
        if account.confirmed_at:
            letters.offer_reset(account, now=now)
        else:
            letters.ask_to_confirm(account, now=now)


def set_roles(account_id: int, wanted: Iterable[RoleName], *, by: int, now: datetime) -> None:
    with transaction() as session:
        account = _locked(session, account_id)
        names = [name for name in RoleName if name in set(wanted)]
        held = queries.held_roles(account)
        _keep_an_administrator(session, account, losing=loses_administrator(held, names))
        account.roles = [_role(session, name) for name in names]
        taken = [name for name in held if name not in names]
        session.add_all(AccessEnd(account_id=account.id, role=name, at=now) for name in taken)
        audit.record(
            "accounts.roles",
            subject_kind="person",
            subject_id=account.person.public_id,
            by=by,
            now=now,
            detail={
                "given": [n.value for n in names if n not in held],
                "taken": [name.value for name in taken],
            },
        )


def deactivate(account_id: int, *, by: int, now: datetime) -> None:
    """Nobody signs in with it any more; open sessions end with the next request."""
    with transaction() as session:
        account = _locked(session, account_id)
        _close(session, account, now=now)
        _record(account, "accounts.deactivate", by=by, now=now)


def reactivate(account_id: int, *, by: int, now: datetime) -> None:
    with transaction() as session:
        account = _locked(session, account_id)
        account.active = True
        _record(account, "accounts.reactivate", by=by, now=now)


def close_own_account(account_id: int, *, now: datetime) -> None:
    """Take back the consent to processing: without it there can be no account, and no other
    consent, such as the one to stand in the public register, holds on its own.
    """
    with transaction() as session:
        account = _locked(session, account_id)
        _close(session, account, now=now)
        for purpose in ConsentPurpose:
            consents.withdraw_consent(account.person_id, purpose, now=now)
        letters.say_account_closed(account, now=now)
        _record(account, "accounts.close_on_withdrawal", by=account.id, now=now)


def choose_language(person_id: int, language: str) -> None:
    """The language of letters."""
    with transaction() as session:
        person = session.get_one(Person, person_id)
        person.language = language


def _open(
    session: Session, new: NewAccount, *, person: Person | None = None, now: datetime
) -> Account:
    if person is None:
        person = Person(full_name=new.full_name, language=new.language, created_at=now)
    account = Account(
        person=person,
        email=new.email,
        password=new.password,
        fs_uniquifier=uuid.uuid4().hex,
        fs_webauthn_user_handle=uuid.uuid4().hex,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def _meet_known_person(session: Session, account: Account, *, now: datetime) -> None:
    """Join the account to the person whom the club knew before, say from a walk-in.

    A mailbox may be shared and an address mistyped by whoever wrote it down: only a single
    person with this address, this name and no account is taken to be the same.
    """
    known = queries.people_without_account(account.email)
    same = [p for p in known if is_same_name(p.full_name, account.person.full_name)]
    if not known:
        return
    if len(same) != 1:
        _record(account, "accounts.possible_duplicate", by=account.id, now=now)
        return
    fresh, person = account.person, same[0]
    try:
        with session.begin_nested():
            consents.move_consents(fresh.id, to=person.id, now=now)
            account.person = person
            person.language = fresh.language
            session.flush()
            session.delete(fresh)
    except IntegrityError:
        # Somebody already put the new person to use: a coordinator joins the two.
        _record(account, "accounts.possible_duplicate", by=account.id, now=now)
    else:
        _record(account, "accounts.recognise", by=account.id, now=now)


def _close(session: Session, account: Account, *, now: datetime) -> None:
    _keep_an_administrator(session, account, losing=account.holds(RoleName.ADMINISTRATOR))
    account.active = False
    account.fs_uniquifier = uuid.uuid4().hex
    session.add(AccessEnd(account_id=account.id, role=None, at=now))


def _keep_an_administrator(session: Session, account: Account, *, losing: bool) -> None:
    # Without this lock two administrators could take the role from each other at once.
    role = select(Role).where(Role.name == RoleName.ADMINISTRATOR.value)
    session.scalars(role.with_for_update()).one_or_none()
    others = queries.other_administrators(account.id) if losing else 0
    refusal = refusal_to_lose_administrator(losing=losing, other_administrators=others)
    if refusal:
        raise RefusedError(refusal)


def _locked(session: Session, account_id: int) -> Account:
    return session.get_one(Account, account_id, with_for_update=True, populate_existing=True)


def _role(session: Session, name: RoleName) -> Role:
    role = session.scalars(select(Role).where(Role.name == name.value)).one_or_none()
    return role or Role(name=name.value)


def _record(account: Account, action: str, *, by: int, now: datetime) -> None:
    audit.record(action, subject_kind="person", subject_id=account.person.public_id, by=by, now=now)
