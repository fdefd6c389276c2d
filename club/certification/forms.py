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

from club import clock
from club.certification.labels import WITHDRAWAL_LABELS
from club.certification.models import CertificationScheme, WithdrawalKind
from club.certification.operations import Withdrawal
from club.certification.papers import SuspensionFacts
from club.certification.rules import (
    UNLISTED,
    CertificationRefusal,
    number_key,
    problems_of_days,
)
from club.files.accepting import type_of_document
from club.files.forms import CarriedFileForm
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs, plausible_day
from club.web.language import said


class PaperForm(CarriedFileForm):
    """A file of the paper, or why there is none."""

    takes = staticmethod(type_of_document)

    no_file_reason = TextAreaField(
        lazy_gettext("Why there is no file"),
        filters=[paragraphs],
        validators=[Optional(), at_most(500)],
    )

    def validate_file(self, _field: object) -> None:
        """There may be none, for a reason."""


class OwnCertificateForm(PaperForm):
    """What stands on the paper, as its holder copies it. The paper may come later."""

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
    #: Asked for only where an entry has the same number in another place.
    sure_of_number = BooleanField(lazy_gettext("I have compared it: it is another certificate"))
    #: Asked for only where words on the paper belong to another scheme.
    sure = BooleanField(lazy_gettext("I have compared it: the scheme is the right one"))

    def verdicts(self) -> Iterable[Verdict]:
        """What can be said without asking what is recorded already."""
        if self.sound("issued_on") and not self.expires_on.errors:
            yield from problems_of_days(
                issued_on=self.issued_on.data, expires_on=self.expires_on.data, today=clock.today()
            )
        if self.scheme.data == UNLISTED and not self.scheme_name.data:
            yield CertificationRefusal.SCHEME_UNNAMED, "scheme_name"
        if self.sound("number") and not number_key(self.number.data):
            yield CertificationRefusal.NUMBER_WITHOUT_SIGNS, "number"

    def offer(self, schemes: Iterable[CertificationScheme]) -> None:
        first = SelectChoice("", lazy_gettext("Choose the scheme"))
        self.scheme.choices = [first, *(SelectChoice(s.key, _told(s)) for s in schemes)]


class CertificateForm(OwnCertificateForm):
    """The same entered by staff for somebody."""

    person = HiddenField()
    funded_by_plan = BooleanField(lazy_gettext("The plan supported the training or certifying"))


class CheckForm(ClubForm):
    #: Asked for only where another entry has the same number.
    has_compared = BooleanField(lazy_gettext("I have compared it: it is another certificate"))


class WithdrawalForm(ClubForm):
    kind = RadioField(
        lazy_gettext("What happened to it"),
        choices=[SelectChoice(kind.value, WITHDRAWAL_LABELS[kind]) for kind in WithdrawalKind],
        validators=[DataRequired(lazy_gettext("Choose one of the two."))],
    )
    taken_back_from = DateField(
        lazy_gettext("Not valid any more from"), validators=[Optional(), plausible_day]
    )
    source = StringField(
        lazy_gettext("Where it is written"),
        filters=[one_line],
        validators=[Optional(), at_most(300)],
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; the holder reads it.")),
            at_most(1000),
        ],
    )

    def withdrawal(self) -> Withdrawal:
        kind = WithdrawalKind(self.kind.data)
        return Withdrawal(kind, self.reason.data, self.taken_back_from.data, self.source.data)


class OutsideSuspensionForm(ClubForm):
    """That the certifying body suspends it."""

    from_on = DateField(
        lazy_gettext("Suspended from"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    until_on = DateField(lazy_gettext("Its last day"), validators=[Optional(), plausible_day])
    source = StringField(
        lazy_gettext("Where it is written"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext(CertificationRefusal.SOURCE_NEEDED.value)),
            at_most(300),
        ],
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; the holder reads it.")),
            at_most(1000),
        ],
    )

    def suspension(self) -> SuspensionFacts:
        return SuspensionFacts(
            self.from_on.data, self.source.data, self.reason.data, self.until_on.data
        )


class LiftForm(ClubForm):
    """That the body lifts the suspension."""

    lifted_from = DateField(
        lazy_gettext("Free of it from"),
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )


def _told(scheme: CertificationScheme) -> str:
    name = said(scheme.name, scheme.name_en)
    return f"{name} - {scheme.standard}" if scheme.standard else name
