from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from club.privacy.labels import KINDS
from club.privacy.requests.models import RequestKind
from club.web.forms import ClubForm, at_most, paragraphs

_OFFERED = [RequestKind.CORRECTION, RequestKind.RESTRICTION, RequestKind.OBJECTION]


class WishForm(ClubForm):
    kind = RadioField(
        lazy_gettext("What do you ask for?"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in _OFFERED],
        validators=[DataRequired(lazy_gettext("Choose what you ask for."))],
    )
    words = TextAreaField(
        lazy_gettext("What is it about?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write what it is about, so that the club can decide.")),
            at_most(2000),
        ],
    )
    instead = TextAreaField(
        lazy_gettext("What should stand there instead?"),
        filters=[paragraphs],
        validators=[Optional(), at_most(2000)],
    )

    @property
    def wanted(self) -> RequestKind:
        return RequestKind(self.kind.data)


class DecisionForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason, or what was done"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; the person reads it.")),
            at_most(2000),
        ],
    )
