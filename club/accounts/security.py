"""Flask-Security, set up for this house: who signs in, how, and with which pages."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, render_template, session
from flask_babel import get_domain
from flask_login import user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore, password_reset
from flask_security.babel import FsDomain
from flask_security.utils import set_request_attr
from flask_wtf import FlaskForm

from club import clock
from club.accounts import door_forms
from club.accounts.doors import hang_doors, note_came_by_mailbox
from club.accounts.hashing import OncePerRequest
from club.accounts.models import Account, Passkey, Role
from club.accounts.rules import AccountRefusal
from club.accounts.security_parts import (
    OncePerCodeTotp,
    OutboxMail,
    OwnPasswordRules,
    Passkeys,
    passkeys_can_work,
)
from club.accounts.sign_ins import account_of_session, end_sign_in
from club.config import Settings
from club.db import db

datastore = SQLAlchemyUserDatastore(db, Account, Role, Passkey)

_PAGES = {
    "LOGIN_USER": "sign_in",
    "VERIFY": "sign_in_again",
    "RESET_PASSWORD": "new_password",
    "CHANGE_PASSWORD": "change_password",
    "TWO_FACTOR_SETUP": "totp",
    "TWO_FACTOR_VERIFY_CODE": "second_step",
    "TWO_FACTOR_SELECT": "second_step",
    "MULTI_FACTOR_RECOVERY_CODES": "recovery_codes",
    "MULTI_FACTOR_RECOVERY": "recovery_code",
    "WAN_REGISTER": "passkeys",
    "WAN_SIGNIN": "passkey_sign_in",
    "WAN_VERIFY": "passkey_again",
}
_ADDRESSES = {
    "RESET": "/reset/link",
    "CONFIRM": "/confirm/link",
    "VERIFY": "/login/again",
    "TWO_FACTOR_TOKEN_VALIDATION": "/login/code",
    "TWO_FACTOR_SELECT": "/login/second-step",
    "TWO_FACTOR_RESCUE": "/login/rescue",
    "MULTI_FACTOR_RECOVERY": "/login/recovery-code",
    "WAN_SIGNIN": "/login/passkey",
    "WAN_VERIFY": "/login/again/passkey",
    "CHANGE": "/me/account/password",
    "TWO_FACTOR_SETUP": "/me/account/totp",
    "MULTI_FACTOR_RECOVERY_CODES": "/me/account/recovery-codes",
    "WAN_REGISTER": "/me/account/passkeys",
    "WAN_DELETE": "/me/account/passkeys/removal",
}


def init_accounts(app: Flask, settings: Settings) -> None:
    scheme = app.config.setdefault("SECURITY_PASSWORD_HASH", "argon2")
    for name, value in {**_settings(settings), **_password_settings(scheme)}.items():
        app.config.setdefault(name, value)
    security = Security(
        app,
        datastore,
        mail_util_cls=OutboxMail,
        password_util_cls=OwnPasswordRules,
        totp_cls=OncePerCodeTotp,
        webauthn_util_cls=Passkeys,
        render_template=_with_form,
        **door_forms.FORMS,
    )
    security.pwd_context = OncePerRequest(security.pwd_context)
    security.i18n_domain = _HouseWords(app)
    security.unauthn_handler(lambda *_args, **_kwargs: abort(401))
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)
    security.login_manager.user_loader(_account_of_session)
    user_logged_out.connect(_end_sign_in, app)
    password_reset.connect(note_came_by_mailbox, app)
    # Nobody asks Flask-Principal anything, and it would load the account for every request.
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001
    remembering = security.login_manager._update_remember_cookie  # noqa: SLF001
    app.after_request_funcs[None].remove(remembering)
    app.after_request(_only_where_somebody_was_asked_for(remembering))
    app.jinja_env.globals["passkeys_can_work"] = passkeys_can_work
    hang_doors(app)
    app.extensions["club.security"] = security


def _only_where_somebody_was_asked_for(
    remembering: Callable[[Response], Response],
) -> Callable[[Response], Response]:
    """Flask-Login looks into every session, which makes answers that are the same for
    everybody, such as calendars, vary by cookie.
    """

    def update(response: Response) -> Response:
        return remembering(response) if "_login_user" in g else response

    return update


def _account_of_session(session_id: str) -> Account | None:
    """What Flask-Security's own loader gives, in one statement that is built once."""
    account = account_of_session(session_id)
    if account is not None:
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
    return account


def _end_sign_in(_app: Flask, user: Any, **_more: object) -> None:
    if user.is_authenticated:
        end_sign_in(user, now=clock.now())


class _HouseWords(FsDomain):
    """Flask-Security's messages come from the catalogues of the rooms."""

    def get_translations(self) -> Any:
        return get_domain().get_translations()


def _with_form(template: str, **context: Any) -> str:
    """The layout marks the title of a page whose ``form`` was refused."""
    forms = [value for value in context.values() if isinstance(value, FlaskForm)]
    refused = next((form for form in forms if form.errors), None)
    return render_template(template, form=refused, **context)


def _settings(settings: Settings) -> dict[str, Any]:
    return {
        **{f"SECURITY_{name}_TEMPLATE": f"accounts/{page}.html" for name, page in _PAGES.items()},
        **{f"SECURITY_{name}_URL": address for name, address in _ADDRESSES.items()},
        **_second_factor_settings(settings),
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_REQUIRES_CONFIRMATION_ERROR_VIEW": "/confirm",
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=4),
        "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=7),
        "SECURITY_FRESHNESS": timedelta(minutes=30),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
        "SECURITY_POST_LOGIN_VIEW": "/me/",
        "SECURITY_POST_CHANGE_VIEW": "/me/account",
        "SECURITY_POST_VERIFY_VIEW": "/me/account",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_INPUT_NORMALIZE_FORM": "NFC",
        "SECURITY_STATIC_FOLDER": None,
        # Its own default comes out as "private=True", which no browser understands.
        "SECURITY_CACHE_CONTROL": {"private": None, "no-store": None},
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (AccountRefusal.NOT_RIGHT.value, "error"),
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.behind_https,
    }


def _password_settings(scheme: str) -> dict[str, Any]:
    """Argon2id as OWASP advises; tests name a scheme that costs nothing."""
    argon2 = {
        "argon2__type": "ID",
        "argon2__memory_cost": 19 * 1024,
        "argon2__rounds": 2,
        "argon2__parallelism": 1,
    }
    return {
        "SECURITY_PASSWORD_SCHEMES": [scheme],
        # Hashed once: passwords outlive a change of the secret key.
        "SECURITY_PASSWORD_SINGLE_HASH": [scheme],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": argon2 if scheme == "argon2" else {},
        # What links in letters carry is hashed, too, but is no password: an address that is
        # known, or the salted hash of a password. Half a second for it, spent under the lock,
        # would also tell by its time which addresses have an account.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    }


def _second_factor_settings(settings: Settings) -> dict[str, Any]:
    secret = hashlib.sha256(b"second factor " + settings.secret_key.encode()).digest()
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/me/account",
        "SECURITY_TOTP_SECRETS": {"1": secret.hex()},
        "SECURITY_TOTP_ISSUER": urlsplit(settings.public_url).hostname,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(secret)],
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": settings.public_url.split("//", 1)[-1],
        "SECURITY_WAN_ALLOW_USER_HINTS": False,
        "SECURITY_WAN_ALLOW_AS_VERIFY": ["first"],
        "SECURITY_WAN_POST_REGISTER_VIEW": "/me/account",
    }
