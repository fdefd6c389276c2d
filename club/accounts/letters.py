"""What accounts write to people. A letter goes to the address of the account."""

import uuid
from datetime import datetime

from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token

from club.accounts.models import Account
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered


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


def _write(account: Account, name: str, *, now: datetime, token: str = "") -> None:
    person = account.person
    words = rendered(
        f"accounts/{name}",
        language=person.language,
        name=person.full_name,
        email=account.email,
        token=token,
        now=now,
    )
    write_letter(
        kind=f"accounts.{name}",
        event_key=f"accounts.{name}:{uuid.uuid4().hex}",
        # Until the address is confirmed, nobody knows that it is this person's.
        person_id=person.id if account.confirmed_at else None,
        recipient=account.email,
        language=person.language,
        subject=words.subject,
        body_text=words.text,
        body_html=words.html,
        now=now,
    )
