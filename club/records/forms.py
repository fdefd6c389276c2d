from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from club.hours import minutes_of
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.rules import Correction
from club.web.forms import ClubForm, FigureField, at_most, one_line, paragraphs


class ClosingForm(ClubForm):
    nobody_came = BooleanField(lazy_gettext("Nobody was there in these sessions"))


class CorrectionForm(ClubForm):
    holder_name = StringField(
        lazy_gettext("Name on the certificate"), filters=[one_line], validators=[at_most(120)]
    )
    hours = FigureField(lazy_gettext("Hours attended"))
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(500)])

    def correction(self, certificate: CompletionCertificate) -> Correction:
        """Hours that were left as the form shows them are left as they are to the minute."""
        minutes = None if self.hours.data is None else minutes_of(self.hours.data)
        if minutes is not None and abs(minutes - certificate.attended_minutes) <= 1:
            minutes = certificate.attended_minutes
        return Correction(self.holder_name.data, minutes)


class NameForm(ClubForm):
    """Asked for on the page that tells whether a certificate is genuine."""

    name_on_paper = StringField(
        lazy_gettext("Name on the paper"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Type the name that stands on the paper.")),
            at_most(120),
        ],
    )


class ReasonForm(ClubForm):
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(500)])
