"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.accounts.models import AccessEnd, Account, Consent, Passkey, Role, account_role
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


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
)
