from flask_babel import lazy_gettext
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from club.people.labels import SIZE_LABELS
from club.people.models import Organisation, SizeClass
from club.pilots.labels import LABELS
from club.pilots.models import PilotOutcome
from club.web.forms import ClubForm, at_most, one_line, paragraphs, plausible_day


class PilotForm(ClubForm):
    organisation = HiddenField()
    title = StringField(
        lazy_gettext("Title of the project"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Give the project a title.")), at_most(200)],
    )
    started_on = DateField(
        lazy_gettext("Began on"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    size_class = SelectField(lazy_gettext("Size of the firm when it began"), choices=[])
    description = TextAreaField(
        lazy_gettext("What is tried out"),
        filters=[paragraphs],
        validators=[Optional(), at_most(2000)],
    )
    evidence = TextAreaField(
        lazy_gettext("Evidence"),
        filters=[paragraphs],
        validators=[
            DataRequired(
                lazy_gettext("Say where this is written: a decision, a contract, minutes, a link.")
            ),
            at_most(1000),
        ],
    )

    def offer(self, organisation: Organisation) -> None:
        """The sizes, beginning with what the organisation's page says."""
        own = lazy_gettext("As on its page: %(size)s", size=SIZE_LABELS[organisation.size_class])
        sizes = [SelectChoice(size.value, SIZE_LABELS[size]) for size in SizeClass]
        self.size_class.choices = [SelectChoice("", own), *sizes]


class EndPilotForm(ClubForm):
    ended_on = DateField(
        lazy_gettext("Ended on"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )
    outcome = RadioField(
        lazy_gettext("How it ended"),
        choices=[SelectChoice(outcome.value, LABELS[outcome]) for outcome in PilotOutcome],
        validators=[DataRequired(lazy_gettext("Choose one of the two."))],
    )
