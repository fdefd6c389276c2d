"""The parts of Flask-Security that do their work differently here."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask_babel import gettext
from flask_security import (
    EmailValidateException,
    MailUtil,
    PasswordUtil,
    Totp,
    WebauthnUtil,
)
from markupsafe import Markup
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from club import clock
from club.accounts import letters
from club.accounts.email_address import normal_email
from club.accounts.models import Account
from club.accounts.passwords import normal_password
from club.accounts.rules import refusal_to_take_password
from club.refusal import RefusedError
from club.vietnamese import tidy_line
from club.web.forms import too_long


class OutboxMail(MailUtil):
    """Addresses in our form; letters into the outbox, in the transaction of the change."""

    def send_mail(self, template: str, *_rendered: Any, user: Account, **_context: Any) -> None:
        if template.rsplit("/", 1)[-1] not in {"reset_notice", "change_notice"}:
            msg = f"no letter is known for {template}"
            raise LookupError(msg)
        letters.say_password_changed(user, now=clock.now())

    def normalize(self, email: str) -> str:
        try:
            return normal_email(email)
        except RefusedError as refused:
            raise EmailValidateException(gettext(refused.refusal.value)) from refused

    validate = normalize


class OwnPasswordRules(PasswordUtil):
    def normalize(self, password: str) -> str:
        return normal_password(password)

    def validate(
        self,
        password: str,
        _is_register: bool,  # noqa: FBT001
        **kwargs: Any,
    ) -> tuple[list[str] | None, str]:
        normal = normal_password(password)
        account: Account | None = kwargs.get("user")
        refusal = refusal_to_take_password(normal, email=account.email if account else "")
        return ([gettext(refusal.value)] if refusal else None), normal


class OncePerCodeTotp(Totp):
    """Codes of an authenticator app, each of which opens the door once."""

    def get_last_counter(self, user: Account) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Account, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> Markup:
        """Drawn inside the page: the policy allows no ``data:`` picture, and the secret gets no
        address of its own.
        """
        import segno

        code = segno.make(self.get_totp_uri(username, totp), error="m")
        return Markup(code.svg_inline(scale=5, border=3, svgclass="qr-code", lineclass=None))  # noqa: S704


def passkeys_can_work() -> bool:
    """Whether browsers know passkeys at the address by which the site is reached: they belong to
    a name, never to a number (Web Authentication, "relying party identifier").
    """
    host = urlsplit(request.host_url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def passkey_shown() -> bytes | None:
    """The id of the passkey that the form carries, whether it opens anything or not."""
    try:
        return parse_authentication_credential_json(request.form.get("credential", "")).raw_id
    except (ValueError, WebAuthnException):
        return None


class Passkeys(WebauthnUtil):
    """Any authenticator will do, in the phone or beside it, as long as it knows its owner."""

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        name, longest = tidy_line(value), current_app.config["SECURITY_WAN_NAME_MAX_LENGTH"]
        if len(name) > longest:
            # Flask-Security's own sentence about this is no format string and breaks.
            return too_long(longest, typed=len(name)), None
        checked: tuple[str | None, str | None] = super().name_svn(name)
        return checked

    def authenticator_selection(
        self, _user: Account, _usage: str
    ) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(
        self, _user: Account | None, _usage: list[str]
    ) -> UserVerificationRequirement:
        return UserVerificationRequirement.REQUIRED
