from collections.abc import Iterable

from flask_babel import get_locale, gettext, lazy_gettext, lazy_pgettext
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from club import clock
from club.files.accepting import type_on_paper
from club.files.forms import CarriedFileForm
from club.hours import hours_of, minutes_of
from club.knowledge.models import Topic
from club.records.outside import rules
from club.records.outside.models import OutsideState, OutsideTraining
from club.records.outside.operations import Decision, OutsideFacts
from club.records.outside.rules import OutsideRefusal
from club.web.forms import ClubForm, Verdict, at_most, follow, one_line, paragraphs, plausible_day
from club.web.language import said
from club.web.typed_numbers import typed_number

_MOST_HOURS = 10_000


class OutsideForm(CarriedFileForm):
    takes = staticmethod(type_on_paper)
    title = StringField(
        lazy_gettext("Name of the training"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write what the training was called.")),
            at_most(rules.LONGEST_TEXT),
        ],
    )
    provider = StringField(
        lazy_gettext("Given by"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write who gave it: a school, a centre, a firm.")),
            at_most(rules.LONGEST_TEXT),
        ],
    )
    from_day = DateField(
        lazy_gettext("First day"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    to_day = DateField(
        lazy_gettext("Last day"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )
    hours = StringField(
        lazy_gettext("Hours"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write how many hours it took, for example 16."))],
    )
    topic = SelectField(lazy_gettext("Topic"), choices=[], validators=[Optional()])
    file = FileField(lazy_pgettext("training", "Evidence"))
    #: Whether what was handed in before stays where nothing else is chosen.
    has_evidence = False

    def offer(self, topics: Iterable[Topic]) -> None:
        none = SelectChoice("", lazy_gettext("None of these topics"))
        self._topics = {topic.key: topic.id for topic in topics}
        self.topic.choices = [none, *(SelectChoice(t.key, said(t.name, t.name_en)) for t in topics)]

    def validate_file(self, field: FileField) -> None:
        if not (field.data or self.carried() or self.has_evidence):
            raise ValidationError(gettext(OutsideRefusal.NO_EVIDENCE.value))

    def validate_hours(self, field: StringField) -> None:
        number = typed_number(field.data or "", english=str(get_locale()) == "en")
        if number is None or not 0 < number <= _MOST_HOURS:
            raise ValidationError(gettext(OutsideRefusal.HOURS.value))

    def verdicts(self) -> Iterable[Verdict]:
        yield from rules.verdicts_on_days(self.from_day.data, self.to_day.data, today=clock.today())
        if self.sound("hours", "from_day", "to_day"):
            too_long = rules.refusal_of_length(
                self._minutes(), self.from_day.data, self.to_day.data
            )
            if too_long:
                yield too_long, "hours"

    def facts(self) -> OutsideFacts:
        return OutsideFacts(
            title=self.title.data,
            provider=self.provider.data,
            from_day=self.from_day.data,
            to_day=self.to_day.data,
            minutes=self._minutes(),
            topic_id=self._topics.get(self.topic.data or ""),
        )

    def _minutes(self) -> int:
        number = typed_number(self.hours.data, english=str(get_locale()) == "en")
        assert number is not None
        return minutes_of(number)


def filled(training: OutsideTraining) -> OutsideForm:
    """What a correction begins with."""
    hours = f"{hours_of(training.minutes).normalize():f}"
    is_english = str(get_locale()) == "en"
    return OutsideForm(
        data={
            "title": training.title,
            "provider": training.provider,
            "from_day": training.from_day,
            "to_day": training.to_day,
            "hours": hours if is_english else hours.replace(".", ","),
            "topic": training.topic.key if training.topic else "",
        }
    )


class DecisionForm(ClubForm):
    state = RadioField(
        lazy_gettext("Decision"),
        choices=[
            SelectChoice(
                OutsideState.ACCEPTED.value, lazy_gettext("Accept: the evidence shows it")
            ),
            SelectChoice(
                OutsideState.RETURNED.value, lazy_gettext("Give back: something is to be mended")
            ),
            SelectChoice(
                OutsideState.REFUSED.value, lazy_gettext("Refuse: it does not belong here")
            ),
        ],
        validators=[InputRequired(lazy_gettext("Choose one of the three."))],
    )
    remark = TextAreaField(
        lazy_gettext("Remark for the person"),
        filters=[paragraphs],
        validators=[Optional(), at_most(rules.LONGEST_REMARK)],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def look_again(self, version: int) -> None:
        """What is sent next is about this version."""
        follow(self.seen, version)

    def decision(self) -> Decision:
        return Decision(OutsideState(self.state.data), self.seen.data, self.remark.data)
