"""What accounts write to people. A letter goes to the address of the account."""

import uuid
from datetime import datetime

from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token

from club.accounts.models import Account
from club.outbox.telling import Reader, tell


def ask_to_confirm(account: Account, *, now: datetime) -> None:
    _write(account, "confirm", now=now, token=generate_confirmation_token(account))


def say_account_exists(account: Account, *, now: datetime) -> None:
    """The answer to a sign-up with an address that has an account: only its owner learns it."""
    _write(account, "account_exists", now=now, token=generate_reset_password_token(account))


def offer_reset(account: Account, *, now: datetime) -> None:
    _write(account, "reset", now=now, token=generate_reset_password_token(account))


def say_password_changed(account: Account, *, now: datetime) -> None:
    _write(account, "password_changed", now=now)


def say_account_closed(account: Account, *, now: datetime) -> None:
    _write(account, "account_closed", now=now)


def say_entries_joined(reader: Reader, *, now: datetime) -> None:
    """The club had two entries of somebody, and has put them together."""
    tell(reader, "accounts.entries_joined", event=uuid.uuid4().hex, words={}, now=now)


def say_sign_in_closed(account: Account, *, now: datetime) -> None:
    """To the address that was used to sign in until then. The other one is not named: should it
    be somebody else's, it is nobody's business here.
    """
    _write(account, "sign_in_closed", now=now)


def say_sign_in_open_again(account: Account, *, now: datetime) -> None:
    _write(account, "sign_in_open_again", now=now)


def _write(account: Account, name: str, *, now: datetime, token: str = "") -> None:
    person = account.person
    is_known = account.confirmed_at is not None
    tell(
        Reader(
            person.id,
            person.full_name,
            account.email,
            person.language,
            signs_in=is_known,
            is_known=is_known,
        ),
        f"accounts.{name}",
        event=uuid.uuid4().hex,
        words={"email": account.email, "token": token, "now": now},
        now=now,
    )
