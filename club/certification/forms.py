from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from club.certification.labels import WITHDRAWAL_LABELS
from club.certification.models import CertificationScheme, WithdrawalKind
from club.web.forms import ClubForm, at_most, one_line, paragraphs, plausible_day
from club.web.language import said


class OwnCertificateForm(ClubForm):
    """What stands on the paper, as its holder copies it."""

    scheme = SelectField(
        lazy_gettext("Scheme"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose one of the schemes."))],
    )
    scheme_name = StringField(
        lazy_gettext("Name of the other scheme"),
        filters=[one_line],
        validators=[Optional(), at_most(200)],
    )
    level = StringField(
        lazy_gettext("Level"), filters=[one_line], validators=[Optional(), at_most(120)]
    )
    body = StringField(
        lazy_gettext("Certifying body"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write who issued it.")), at_most(200)],
    )
    number = StringField(
        lazy_gettext("Number of the certificate"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write the number as it stands on the certificate.")),
            at_most(80),
        ],
    )
    issued_on = DateField(
        lazy_gettext("Issued on"),
        validators=[DataRequired(lazy_gettext("Choose the day of issue.")), plausible_day],
    )
    expires_on = DateField(lazy_gettext("Valid until"), validators=[Optional(), plausible_day])
    scope = TextAreaField(
        lazy_gettext("Field or scope"),
        filters=[paragraphs],
        validators=[Optional(), at_most(500)],
    )
    evidence = TextAreaField(
        lazy_gettext("Where it can be seen"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Say where the certificate can be seen.")),
            at_most(1000),
        ],
    )
    #: Asked for only where words on the paper belong to another scheme.
    sure = BooleanField(lazy_gettext("I have compared it: the scheme is the right one"))

    def offer(self, schemes: Iterable[CertificationScheme]) -> None:
        first = SelectChoice("", lazy_gettext("Choose the scheme"))
        self.scheme.choices = [first, *(SelectChoice(s.key, _told(s)) for s in schemes)]


class CertificateForm(OwnCertificateForm):
    """The same entered by staff for somebody."""

    person = HiddenField()
    funded_by_plan = BooleanField(lazy_gettext("The plan supported the training or certifying"))


class WithdrawalForm(ClubForm):
    kind = RadioField(
        lazy_gettext("What happened to it"),
        choices=[SelectChoice(kind.value, WITHDRAWAL_LABELS[kind]) for kind in WithdrawalKind],
        validators=[DataRequired(lazy_gettext("Choose one of the two."))],
    )
    taken_back_from = DateField(
        lazy_gettext("Not valid any more from"), validators=[Optional(), plausible_day]
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; the holder reads it.")),
            at_most(1000),
        ],
    )


def _told(scheme: CertificationScheme) -> str:
    name = said(scheme.name, scheme.name_en)
    return f"{name} - {scheme.standard}" if scheme.standard else name
