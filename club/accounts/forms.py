from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from club.accounts.email_address import normal_email
from club.accounts.labels import LABELS
from club.accounts.models import RoleName
from club.accounts.passwords import normal_password
from club.accounts.rules import (
    AccountRefusal,
    refusal_to_take_password,
)
from club.people.rules.names import name_problem
from club.refusal import RefusedError
from club.web.forms import ClubForm, Verdict, one_line

_ADDRESS = InputRequired(lazy_gettext("Write an address such as ten@congty.vn."))
_PASSWORD = InputRequired(lazy_gettext("Write your password."))


def _email() -> EmailField:
    return EmailField(lazy_gettext("E-mail address"), [_ADDRESS])


class AddressForm(ClubForm):
    """One e-mail address, checked and brought into its one form."""

    email = _email()

    def validate_email(self, field: Any) -> None:
        try:
            field.data = normal_email(field.data)
        except RefusedError as refused:
            raise ValidationError(gettext(refused.refusal.value)) from refused


class SignUpForm(AddressForm):
    full_name = StringField(
        lazy_gettext("Full name"),
        [DataRequired(lazy_gettext("Write your full name."))],
        filters=[one_line],
    )
    email = _email()
    password = PasswordField(lazy_gettext("Password"), [_PASSWORD])
    personal_data = BooleanField(
        validators=[DataRequired(lazy_gettext(AccountRefusal.CONSENT_MISSING.value))]
    )
    news = BooleanField()

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("full_name") and (unfit := name_problem(self.full_name.data)):
            yield unfit, "full_name"
        if self.sound("password"):
            address = self.email.data if self.sound("email") else ""
            password = normal_password(self.password.data)
            if unsafe := refusal_to_take_password(password, email=address):
                yield unsafe, "password"


class ConfirmForm(ClubForm):
    password = PasswordField(lazy_gettext("Password"), [_PASSWORD])


class LanguageForm(ClubForm):
    language = RadioField(
        lazy_gettext("Language of letters"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
    )


class RolesForm(ClubForm):
    roles = SelectMultipleField(
        lazy_gettext("Roles"),
        choices=[SelectChoice(name.value, LABELS[name]) for name in RoleName],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def wanted(self) -> list[RoleName]:
        return [RoleName(value) for value in self.roles.data or []]


class AccountFilterForm(ClubForm):
    """Read from the address; nonsense there means no condition."""

    class Meta(ClubForm.Meta):
        csrf = False

    q = StringField(filters=[one_line])
    role = StringField()
