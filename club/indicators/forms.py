from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from club import clock
from club.indicators.labels import LABELS
from club.indicators.models import Indicator, ObservationSeries, ObservationStatus
from club.indicators.rules import ValueRefusal, refusal_of_period
from club.web.forms import (
    ClubForm,
    FigureField,
    Verdict,
    at_most,
    one_line,
    paragraphs,
    plausible_day,
)
from club.web.language import said


class ValueForm(ClubForm):
    series = SelectField(
        lazy_gettext("Series"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose one of the series."))],
    )
    period_from = DateField(
        lazy_gettext("First day of the period"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    as_of = DateField(
        lazy_gettext("Last day of the period"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )
    value = FigureField(
        lazy_gettext("Value"), validators=[InputRequired(lazy_gettext("Write the value."))]
    )
    status = SelectField(
        lazy_gettext("Status"),
        choices=[SelectChoice(status.value, LABELS[status]) for status in ObservationStatus],
        default=ObservationStatus.NOT_STATED.value,
    )
    source = TextAreaField(
        lazy_gettext("Source"),
        filters=[paragraphs],
        validators=[
            DataRequired(
                lazy_gettext("Write where the value stands; without a source it is none.")
            ),
            at_most(1000),
        ],
    )
    taken_on = DateField(
        lazy_gettext("Read there on"),
        default=clock.today,
        validators=[
            DataRequired(lazy_gettext("Choose the day on which you read it.")),
            plausible_day,
        ],
    )
    note = TextAreaField(
        lazy_gettext("Note"), filters=[paragraphs], validators=[Optional(), at_most(1000)]
    )
    reason = StringField(
        lazy_gettext("Why it takes the place of the value that is there"),
        filters=[one_line],
        validators=[Optional(), at_most(300)],
    )

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("period_from", "as_of"):
            verdict = refusal_of_period(self.period_from.data, self.as_of.data, today=clock.today())
            if verdict:
                yield verdict
        if self.sound("taken_on") and self.taken_on.data > clock.today():
            yield ValueRefusal.READ_LATER, "taken_on"

    def offer(self, series: Iterable[ObservationSeries]) -> None:
        first = SelectChoice("", lazy_gettext("Choose the series"))
        self.series.choices = [first, *(SelectChoice(s.key, _series_words(s)) for s in series)]


class SeriesForm(ClubForm):
    indicator = SelectField(
        lazy_gettext("Indicator"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose the indicator."))],
    )
    name = StringField(
        lazy_gettext("Name of the series"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Name the series.")), at_most(120)],
    )
    name_en = StringField(
        lazy_gettext("Name in English"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Name the series.")), at_most(120)],
    )
    territory = StringField(
        lazy_gettext("Territory"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Say for which territory.")), at_most(120)],
    )
    territory_en = StringField(
        lazy_gettext("Territory in English"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Say for which territory.")), at_most(120)],
    )
    note = TextAreaField(
        lazy_gettext("How it was worked out"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )

    def offer(self, indicators: Iterable[Indicator]) -> None:
        first = SelectChoice("", lazy_gettext("Choose the indicator"))
        entered = [i for i in indicators if i.counted_from is None]
        self.indicator.choices = [
            first,
            *(SelectChoice(i.key, said(i.name, i.name_en)) for i in entered),
        ]


class WithdrawalForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Say why the value is taken out.")),
            at_most(1000),
        ],
    )


def _series_words(series: ObservationSeries) -> str:
    indicator = said(series.indicator.name, series.indicator.name_en)
    territory = said(series.territory, series.territory_en)
    return f"{indicator} - {territory}: {said(series.name, series.name_en)}"
