"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.accounts import merging, queries
from club.accounts.consents import withdraw_consent
from club.accounts.forgetting import empty
from club.accounts.models import (
    AccessEnd,
    Account,
    Consent,
    ConsentPurpose,
    Passkey,
    Role,
    RoleName,
    account_role,
)
from club.accounts.rules import AccountRefusal, refusal_to_lose_administrator
from club.db import db, transaction
from club.web.personal_data import Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _account(whose: Whose) -> Rows:
    return select(
        Account.email,
        Account.active,
        Account.confirmed_at,
        Account.created_at,
        Account.tf_primary_method.label("second_factor"),
        Account.tf_phone_number.label("second_factor_phone"),
    ).where(Account.person_id == whose.person_id)


def _roles(whose: Whose) -> Rows:
    return (
        select(Role.name.label("role"))
        .join(account_role, account_role.c.role_id == Role.id)
        .where(account_role.c.account_id == whose.account_id)
        .order_by(Role.name)
    )


def _access_ends(whose: Whose) -> Rows:
    return (
        select(AccessEnd.role, AccessEnd.at)
        .where(AccessEnd.account_id == whose.account_id)
        .order_by(AccessEnd.id)
    )


def _passkeys(whose: Whose) -> Rows:
    return (
        select(
            Passkey.name,
            Passkey.usage,
            Passkey.create_datetime.label("created_at"),
            Passkey.lastuse_datetime.label("last_used_at"),
        )
        .where(Passkey.account_id == whose.account_id)
        .order_by(Passkey.id)
    )


def _consents(whose: Whose) -> Rows:
    return (
        select(
            Consent.purpose,
            Consent.version,
            Consent.wording,
            Consent.language,
            Consent.channel,
            Consent.given_at,
            Consent.withdrawn_at,
        )
        .where(Consent.person_id == whose.person_id)
        .order_by(Consent.id)
    )


def _hinders(whose: Whose) -> AccountRefusal | None:
    account = db.session.get(Account, whose.account_id) if whose.account_id else None
    if account is None:
        return None
    return refusal_to_lose_administrator(
        losing=account.holds(RoleName.ADMINISTRATOR) and account.active,
        other_administrators=queries.other_administrators(account.id),
    )


def _erase(erasure: Erasure) -> None:
    """Nobody signs in any more. What was agreed to, and that it is taken back, stays."""
    with transaction() as session:
        for purpose in ConsentPurpose:
            withdraw_consent(erasure.whose.person_id, purpose, now=erasure.now)
        if erasure.whose.account_id is None:
            return
        account = session.get_one(Account, erasure.whose.account_id, with_for_update=True)
        account.roles = []
        account.webauthn = []
        empty(account)
        session.add(AccessEnd(account_id=account.id, role=None, at=erasure.now))
        session.flush()


PERSONAL_DATA = PersonalPart(
    "accounts",
    lazy_gettext("Signing in"),
    [
        Kept(
            lazy_gettext(
                "The address you sign in with, a password that cannot be turned back into words,"
                " codes, passkeys, roles"
            ),
            lazy_gettext("So that nobody but you can use your account"),
            lazy_gettext("Until you ask for it to be erased; a sign-up without answer for 14 days"),
            lazy_gettext("You; administrators see the address and the roles, never secrets"),
        ),
        Kept(
            lazy_gettext("What you agreed to, in which words, when, and when you took it back"),
            lazy_gettext("To be able to show what you agreed to"),
            lazy_gettext("As long as anything else about you is kept"),
            lazy_gettext("You and administrators"),
        ),
    ],
    rows={
        "account": _account,
        "account_role": _roles,
        "access_end": _access_ends,
        "passkey": _passkeys,
        "consent": _consents,
    },
    erase=_erase,
    hinders=_hinders,
    moves={
        "account": Moves(lazy_gettext("The way to sign in"), left={"active": False}),
        "consent": Moves(lazy_gettext("What was agreed to"), alike_in=("purpose",)),
    },
    conflicts=merging.conflicts,
    remarks=merging.remarks,
    tell_merged=merging.tell_merged,
    tell_parted=merging.tell_parted,
)
