"""Sign-ups that nobody confirmed go away again, with the person made for them."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club.accounts import queries
from club.accounts.models import Account
from club.db import transaction
from club.people.models import Person

#: A sign-up that nobody confirmed is forgotten after this time.
UNCONFIRMED_FOR = timedelta(days=14)


def forget_unconfirmed(*, now: datetime) -> int:
    """Take away sign-ups whose letter nobody answered in time; returns how many."""
    with transaction() as session:
        accounts = queries.never_confirmed(before=now - UNCONFIRMED_FOR)
        for account in accounts:
            forget(session, account)
        return len(accounts)


def forget(session: Session, account: Account) -> None:
    """Take away a sign-up that was never confirmed, and leave what the club came to need.

    A person whom somebody has put to use stays without an account; an account that some row
    names stays as an empty one, without an address and with no way in.
    """
    person = account.person
    for consent in queries.consents_of(person.id):
        session.delete(consent)
    for end in queries.access_ends_of(account.id):
        session.delete(end)
    session.flush()
    if _is_deleted(session, account):
        _is_deleted(session, person)
        return
    empty(account)
    session.flush()


def empty(account: Account) -> None:
    """Leave no address, no secret and no way in."""
    account.email = f"{uuid.uuid4().hex}@forgotten.invalid"
    account.fs_uniquifier = uuid.uuid4().hex
    account.fs_webauthn_user_handle = account.password = None
    account.tf_primary_method = account.tf_totp_secret = account.tf_phone_number = None
    account.mf_recovery_codes = None
    account.active = False


def _is_deleted(session: Session, row: Account | Person) -> bool:
    """Delete the row, unless another one points to it."""
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        return False
    return True
