"""Flask-Security's forms, with this house's messages and kept input."""

from typing import Any

from flask import abort, flash, redirect, request
from flask_babel import gettext
from flask_security import forms, recovery_codes, webauthn
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from club.web import kept_input
from club.web.forms import ClubForm


class DoorForm(ClubForm):
    class Meta(ClubForm.Meta):
        def wrap_formdata(self, form: ClubForm, formdata: Any) -> Any:
            if formdata is None and request.method == "GET":
                return kept_input.for_form(form)
            return super().wrap_formdata(form, formdata)


class SignInForm(DoorForm, forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The way to a new password is the page's matter.
        self.password.description = ""

    def validate(self, **kwargs: Any) -> bool:
        allowed = bool(super().validate(**kwargs))
        if self.requires_confirmation:
            # The password was right: whoever knows it may be told what is missing.
            flash(gettext("First confirm your address: follow the link in our letter."), "warning")
            abort(redirect("/confirm"))
        return allowed


class PasswordAgainForm(DoorForm, forms.VerifyForm):
    pass


class NewPasswordForm(DoorForm, forms.ResetPasswordForm):
    pass


class ChangePasswordForm(DoorForm, forms.ChangePasswordForm):
    pass


class TotpSetupForm(DoorForm, forms.TwoFactorSetupForm):
    setup = RadioField(choices=[SelectChoice("authenticator"), SelectChoice("disable")])
    phone = HiddenField()


class CodeForm(DoorForm, forms.TwoFactorVerifyCodeForm):
    pass


class RecoveryCodesForm(DoorForm, recovery_codes.MfRecoveryCodesForm):
    pass


class RecoveryCodeForm(DoorForm, recovery_codes.MfRecoveryForm):
    pass


class PasskeyForm(DoorForm, webauthn.WebAuthnRegisterForm):
    """A new passkey signs in by itself: it is never only the second step."""

    usage = RadioField(choices=[SelectChoice("first")])

    def validate(self, **kwargs: Any) -> bool:
        self.usage.data = "first"
        return bool(super().validate(**kwargs))


class RescueForm(DoorForm, forms.TwoFactorRescueForm):
    """Not shown, but made whenever a code is asked for."""

    help_setup = RadioField(choices=[SelectChoice("help")])


FORMS = {
    "login_form": SignInForm,
    "verify_form": PasswordAgainForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": ChangePasswordForm,
    "two_factor_setup_form": TotpSetupForm,
    "two_factor_verify_code_form": CodeForm,
    "mf_recovery_codes_form": RecoveryCodesForm,
    "mf_recovery_form": RecoveryCodeForm,
    "two_factor_rescue_form": RescueForm,
    "wan_register_form": PasskeyForm,
}
