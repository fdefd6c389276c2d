"""The coordinator's forms: asking units, and what becomes of their reports."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club.accounts.models import Account
from club.periods import Cut
from club.reporting.models import RequestKind
from club.reporting.operations.asking import RequestFacts
from club.statistics.reports.forms import PeriodForm
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import ClubForm, at_most, lines_of, one_line, paragraphs, plausible_day
from club.web.language import day

_MOST_DAYS = 60
_A_NUMBER_OF_DAYS = lazy_gettext("Write a number of days, at most %(most)s.", most=_MOST_DAYS)


class AskForm(ClubForm):
    """What every request has, whatever it asks."""

    title = StringField(
        lazy_gettext("Title"),
        filters=[one_line],
        validators=[InputRequired(lazy_gettext("Write a title.")), at_most(300)],
    )
    note = TextAreaField(
        lazy_gettext("What the units should know"),
        filters=[paragraphs],
        validators=[Optional(), at_most(4000)],
    )
    units = SelectMultipleField(
        lazy_gettext("Who is asked"),
        coerce=int,
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    due_on = DateField(
        lazy_gettext("Due on"),
        validators=[InputRequired(lazy_gettext("Choose a day.")), plausible_day],
    )
    remind_before = IntegerField(
        lazy_gettext("First reminder, days before"),
        default=3,
        validators=[InputRequired(), NumberRange(0, _MOST_DAYS, _A_NUMBER_OF_DAYS)],
    )
    remind_every = IntegerField(
        lazy_gettext("Afterwards, again every so many days"),
        default=7,
        validators=[InputRequired(), NumberRange(1, _MOST_DAYS, _A_NUMBER_OF_DAYS)],
    )

    def offer_units(self, units: Sequence[Unit]) -> None:
        self.units.choices = [(unit.id, _with_end(unit)) for unit in units]

    def facts(self, kind: RequestKind, **period: object) -> RequestFacts:
        assert self.title.data
        assert self.due_on.data
        return RequestFacts(
            kind=kind,
            title=self.title.data,
            note=self.note.data,
            due_on=self.due_on.data,
            remind_before=self.remind_before.data or 0,
            remind_every=self.remind_every.data or 1,
            **period,  # type: ignore[arg-type]
        )


class PeriodicForm(AskForm, PeriodForm):
    def facts_asked(self) -> RequestFacts:
        period = self.period()
        return self.facts(
            RequestKind.PERIODIC,
            first_day=period.first,
            last_day=period.last,
            cut=period.cut,
            period_name=period.name,
        )


class QuestionsForm(AskForm):
    questions = TextAreaField(
        lazy_gettext("Questions, one a line"), validators=[Optional(), at_most(6000)]
    )

    def facts_asked(self, today: date) -> RequestFacts:
        """The days that it is about run from asking to the due day."""
        assert self.due_on.data
        return self.facts(
            RequestKind.AD_HOC,
            first_day=min(today, self.due_on.data),
            last_day=self.due_on.data,
            cut=Cut.CALENDAR,
            questions=lines_of(self.questions.data),
        )


class RemarksForm(ClubForm):
    #: Asked for by the operation, which says beside it what for.
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(4000)])


class PassOnForm(RemarksForm):
    unit = SelectField(lazy_gettext("Who reports instead"), coerce=int, choices=[])

    def offer_units(self, units: Sequence[Unit]) -> None:
        self.unit.choices = [(unit.id, unit_name(unit)) for unit in units]


class ReporterForm(ClubForm):
    unit = SelectField(lazy_gettext("Unit"), coerce=int, choices=[])
    account = SelectField(lazy_gettext("Reporting officer"), coerce=int, choices=[])

    def offer(self, units: Sequence[Unit], accounts: Sequence[Account]) -> None:
        self.unit.choices = [(unit.id, _with_end(unit)) for unit in units]
        bearers = Counter(one.display_name for one in accounts)
        self.account.choices = [
            (one.id, one.display_name if bearers[one.display_name] == 1 else one.email)
            for one in accounts
        ]


def _with_end(unit: Unit) -> str:
    if unit.valid_to is None:
        return unit_name(unit)
    return str(gettext("%(unit)s (until %(day)s)", unit=unit_name(unit), day=day(unit.valid_to)))
