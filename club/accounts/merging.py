"""What two entries of one person with an account each come to: one way to sign in."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext
from sqlalchemy import select

from club.accounts import letters
from club.accounts.models import Account, RoleName
from club.accounts.readers import reader
from club.db import db
from club.web.personal_data import Conflict, Joined, Pair

#: Roles that open nothing of the club's own work.
_OF_EVERYBODY = {RoleName.MEMBER.value, RoleName.REPRESENTATIVE.value}


class MergeRefusal(StrEnum):
    UNCONFIRMED = (
        "This sign-up has not been confirmed yet. Nobody knows whose address it is until then."
    )
    HOLDS_ROLES = (
        "This sign-in would be closed, and works for the club. Let it be the one that stays, or"
        " have an administrator take its roles away first."
    )


def conflicts(pair: Pair) -> Iterator[Conflict]:
    """Of two sign-ins that of the entry that stays holds, and the other one is closed. Nobody is
    shut out of the club's work by that.
    """
    accounts = _accounts_of(pair)
    unconfirmed = [one.email for one in accounts.values() if one.active and not one.confirmed_at]
    if unconfirmed:
        yield Conflict(MergeRefusal.UNCONFIRMED, unconfirmed)
    closing = accounts.get(pair.gone) if len(accounts) > 1 else None
    if closing and any(role.name not in _OF_EVERYBODY for role in closing.roles):
        yield Conflict(MergeRefusal.HOLDS_ROLES, [closing.email])


def remarks(pair: Pair) -> Iterator[str]:
    """Which way to sign in stays: that of the entry that stays, if it has one."""
    accounts = _accounts_of(pair)
    kept, gone = accounts.get(pair.kept), accounts.get(pair.gone)
    stays = kept or gone
    if stays:
        yield gettext("The person signs in with %(email)s from then on.", email=stays.email)
    if kept and gone and gone.active:
        yield gettext(
            "The sign-in of %(email)s is closed, and a letter says so. If that one should stay, let"
            " its entry be the one that stays.",
            email=gone.email,
        )


def tell_merged(joined: Joined, now: datetime) -> None:
    """Whoever signs in hears of it; so does the address that opens nothing any more."""
    for account_id in joined.left.get("account", ()):
        letters.say_sign_in_closed(db.session.get_one(Account, account_id), now=now)
    letters.say_entries_joined(reader(joined.pair.kept), now=now)


def tell_parted(joined: Joined, now: datetime) -> None:
    for account_id in joined.left.get("account", ()):
        letters.say_sign_in_open_again(db.session.get_one(Account, account_id), now=now)


def _accounts_of(pair: Pair) -> dict[int, Account]:
    query = select(Account).where(Account.person_id.in_(pair.both))
    return {account.person_id: account for account in db.session.scalars(query)}
