from flask_babel import lazy_gettext
from wtforms import BooleanField, TextAreaField

from club.web.forms import ClubForm, at_most, paragraphs


class ClosingForm(ClubForm):
    nobody_came = BooleanField(lazy_gettext("Nobody was there in these sessions"))


class ReasonForm(ClubForm):
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(500)])
