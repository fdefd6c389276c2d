from flask_babel import lazy_gettext
from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, Optional

from club.people.forms import OrganisationForm
from club.web.forms import ClubForm, at_most, paragraphs, plausible_day


class StatementForm(ClubForm):
    statement = TextAreaField(
        lazy_gettext("What you would like to do in the club"),
        filters=[paragraphs],
        validators=[Optional(), at_most(2000)],
    )


class OrganisationApplicationForm(OrganisationForm, StatementForm):
    """An organisation that wants to join, known or new."""


class DecisionForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; whom it concerns reads it.")),
            at_most(2000),
        ],
    )
    from_day = DateField(
        lazy_gettext("Member from"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )


class EndForm(ClubForm):
    last_day = DateField(
        lazy_gettext("Last day"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; whom it concerns reads it.")),
            at_most(2000),
        ],
    )
