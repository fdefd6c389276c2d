from flask_babel import lazy_gettext
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from club.reporting.labels import SUMMARIES
from club.reporting.summaries.models import SummaryKind
from club.statistics.reports.forms import PeriodForm
from club.web.forms import at_most, one_line


class ReviewForm(PeriodForm):
    """Which review of which days."""

    kind = RadioField(
        lazy_gettext("Which review"),
        choices=[
            SelectChoice(kind.value, SUMMARIES[kind])
            for kind in (SummaryKind.INTERIM, SummaryKind.FINAL)
        ],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
    title = StringField(
        lazy_gettext("Title"),
        filters=[one_line],
        validators=[InputRequired(lazy_gettext("Write a title.")), at_most(300)],
    )
