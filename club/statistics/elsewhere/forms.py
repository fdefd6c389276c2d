from collections.abc import Collection

from flask_babel import lazy_gettext
from wtforms import DateField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from club import clock
from club.hours import hours_of, minutes_of
from club.knowledge.models import Topic
from club.people.labels import AUDIENCE_LABELS
from club.people.models import AudienceKind
from club.statistics.elsewhere.models import ReportedTraining
from club.statistics.elsewhere.operations import Reported
from club.statistics.elsewhere.rules import Refusals, refusals, refusals_to_correct
from club.units.labels import unit_name
from club.units.models import Unit
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


class ReportedForm(ClubForm):
    unit = SelectField(lazy_gettext("Unit that reports"), choices=[], coerce=int)
    first_day = DateField(
        lazy_gettext("First day"),
        validators=[
            InputRequired(lazy_gettext("Choose the first day of what is reported.")),
            plausible_day,
        ],
    )
    last_day = DateField(
        lazy_gettext("Last day"),
        validators=[
            InputRequired(lazy_gettext("Choose the last day of what is reported.")),
            plausible_day,
        ],
    )
    topic = SelectField(lazy_gettext("Topic"), choices=[], coerce=int)
    audience = SelectField(
        lazy_gettext("Group of trainees"),
        choices=[SelectChoice(kind.value, AUDIENCE_LABELS[kind]) for kind in AudienceKind],
    )
    turns = IntegerField(
        lazy_gettext("Turns"),
        validators=[
            InputRequired(lazy_gettext("Write how many turns were reported.")),
            NumberRange(0, 1_000_000, lazy_gettext("Write a number from 0 to 1,000,000.")),
        ],
    )
    hours = FigureField(
        lazy_gettext("Hours of all together"),
        validators=[
            Optional(),
            NumberRange(0, 100_000_000, lazy_gettext("Write a number from 0 to 100,000,000.")),
        ],
    )
    source = StringField(
        lazy_gettext("Document"),
        filters=[one_line],
        validators=[
            InputRequired(lazy_gettext("Write which document reports this.")),
            at_most(300),
        ],
    )

    def offer(self, units: Collection[Unit], topics: Collection[Topic]) -> None:
        self.unit.choices = [(unit.id, unit_name(unit)) for unit in units]
        self.topic.choices = [(topic.id, said(topic.name, topic.name_en)) for topic in topics]

    def verdicts(self) -> list[Verdict]:
        if not self.sound("first_day", "last_day", "turns", "hours", "unit", "topic", "audience"):
            return []
        found = self.refusals(self.facts())
        return [(refusal, field) for field, refusal in found.items() if not self[field].errors]

    def refusals(self, facts: Reported) -> Refusals:
        return refusals(facts.first_day, facts.last_day, facts.turns, today=clock.today())

    def facts(self) -> Reported:
        return Reported(
            unit_id=self.unit.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            topic_id=self.topic.data,
            audience=AudienceKind(self.audience.data),
            turns=self.turns.data,
            minutes=None if self.hours.data is None else minutes_of(self.hours.data),
            source=self.source.data,
        )


class CorrectionForm(ReportedForm):
    """``seen``: the number that the writer has before them."""

    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[InputRequired(lazy_gettext("Write why it is corrected.")), at_most(1000)],
    )

    def refusals(self, facts: Reported) -> Refusals:
        return refusals_to_correct(
            facts.first_day, facts.last_day, reason=self.reason.data, today=clock.today()
        )


def filled(entry: ReportedTraining) -> CorrectionForm:
    return CorrectionForm(
        formdata=None,
        data={
            "unit": entry.unit_id, "first_day": entry.first_day, "last_day": entry.last_day,
            "topic": entry.topic_id, "audience": entry.audience.value, "turns": entry.turns,
            "hours": None if entry.minutes is None else hours_of(entry.minutes),
            "source": entry.source, "seen": entry.number,
        },
    )  # fmt: skip
