"""What a browser's cookies stand for: an account, and one sign-in of it that can be ended."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete

from club.accounts import queries
from club.accounts.models import Account, SignOut
from club.db import transaction

#: Longer than any cookie is good for; after that nothing is left to be refused.
REMEMBERED_FOR = timedelta(days=32)


def handle_in(session_id: str) -> str:
    """The account's handle in what ``Account.get_id`` gave."""
    return session_id.partition(".")[0]


def account_of_session(session_id: str) -> Account | None:
    """Who signed in with this, unless the account or the sign-in was ended since."""
    handle, _, key = session_id.partition(".")
    account = queries.account_signed_in(handle, key_hash=_hash(key)) if key else None
    if account is not None:
        account.sign_in_key = key
    return account


def end_sign_in(account: Account, *, now: datetime) -> None:
    """On the server: whoever kept a copy of the cookies is outside, too."""
    key_hash = _hash(account.sign_in_key)
    with transaction() as session:
        queries.hold_account(account.fs_uniquifier)
        if not queries.is_signed_out(key_hash):
            session.add(SignOut(key_hash=key_hash, at=now))


def forget_sign_outs(*, now: datetime) -> int:
    """Those that no cookie can ask about any more; returns how many."""
    past = delete(SignOut).where(SignOut.at < now - REMEMBERED_FOR)
    with transaction() as session:
        return len(session.scalars(past.returning(SignOut.id)).all())


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
