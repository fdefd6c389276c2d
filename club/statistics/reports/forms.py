from dataclasses import fields
from datetime import date

from flask_babel import lazy_gettext
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from club.periods import Cut, Period, PeriodError, named_period, period_of_days
from club.statistics.labels import LABELS
from club.statistics.reports.labels import BLOCKS, HEAD, PERIODS
from club.statistics.reports.models import ReportKind, TextBlock
from club.statistics.reports.naming import kind_of, proposed_title
from club.statistics.reports.operations import Letterhead, ReportFacts
from club.statistics.reports.rules import ReportRefusal
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs, plausible_day

_DAYS = "days"
_YEAR = "year"
_FIRST_YEAR = 2021


class PeriodForm(ClubForm):
    """A part of a year in one of two cuts, or days chosen freely."""

    part = SelectField(lazy_gettext("Period"))
    year = SelectField(lazy_gettext("Year"))
    cut = RadioField(
        lazy_gettext("Cut"),
        choices=[SelectChoice(cut.value, LABELS[cut]) for cut in reversed(Cut)],
    )
    first = DateField(lazy_gettext("First day"), validators=[Optional(), plausible_day])
    last = DateField(lazy_gettext("Last day"), validators=[Optional(), plausible_day])

    def offer_periods(self, *, this_year: int) -> None:
        months = [(f"{n:02d}", lazy_gettext("Month %(number)s", number=n)) for n in range(1, 13)]
        quarters = [(f"Q{n}", lazy_gettext("Quarter %(number)s", number=n)) for n in range(1, 5)]
        longer = [
            ("6M", PERIODS[ReportKind.HALF_YEAR]),
            ("9M", PERIODS[ReportKind.NINE_MONTHS]),
            (_YEAR, lazy_gettext("The whole year")),
            (_DAYS, PERIODS[ReportKind.DAYS]),
        ]
        self.part.choices = [*months, *quarters, *longer]
        self.year.choices = [(str(y), str(y)) for y in range(this_year + 1, _FIRST_YEAR - 1, -1)]

    def verdicts(self) -> list[Verdict]:
        if self.part.data != _DAYS:
            return []
        if not self.sound("first", "last"):
            missing = [name for name in ("first", "last") if not self[name].data]
            return [(ReportRefusal.DAYS_MISSING, name) for name in missing]
        try:
            self.period()
        except PeriodError as error:
            return [(error.refusal, "last")]
        return []

    def period(self) -> Period:
        """Raises ``PeriodError``."""
        if self.part.data == _DAYS:
            first, last = self.first.data, self.last.data
            assert isinstance(first, date)
            assert isinstance(last, date)
            return period_of_days(first.isoformat(), last.isoformat())
        part = "" if self.part.data == _YEAR else f"-{self.part.data}"
        return named_period(f"{self.year.data}{part}", Cut(self.cut.data))


class ReportForm(PeriodForm):
    title = StringField(
        lazy_gettext("Title"), filters=[one_line], validators=[Optional(), at_most(300)]
    )
    unit = SelectField(lazy_gettext("Who reports"), choices=[])

    def offer(self, units: list[Unit], *, this_year: int) -> None:
        self.offer_periods(this_year=this_year)
        self.unit.choices = [
            ("", lazy_gettext("The body of the letterhead")),
            *((str(unit.id), unit_name(unit)) for unit in units),
        ]

    def facts(self) -> ReportFacts:
        period = self.period()
        return ReportFacts(
            kind=kind_of(period.name),
            cut=period.cut,
            first_day=period.first,
            last_day=period.last,
            period_name=period.name,
            title=self.title.data or proposed_title(period),
            unit_id=int(self.unit.data) if self.unit.data else None,
        )


def _block(block: TextBlock) -> TextAreaField:
    return TextAreaField(
        BLOCKS[block], filters=[paragraphs], validators=[Optional(), at_most(10_000)]
    )


_NUMBER = lazy_gettext("Number of the document")
#: What words have a field of their own, in the order of the form.
TEXT_FIELDS = {"document_number": _NUMBER} | {block.value: BLOCKS[block] for block in TextBlock}


class SeenForm(ClubForm):
    #: Of the words that were on the page.
    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class CheckForm(SeenForm):
    #: Digest of the letterhead that was on the page.
    head = StringField(widget=HiddenInput(), validators=[InputRequired()])


class TextsForm(SeenForm):
    """The words of a report."""

    document_number = StringField(_NUMBER, filters=[one_line], validators=[Optional(), at_most(20)])
    situation = _block(TextBlock.SITUATION)
    results = _block(TextBlock.RESULTS)
    assessment = _block(TextBlock.ASSESSMENT)
    directions = _block(TextBlock.DIRECTIONS)
    proposals = _block(TextBlock.PROPOSALS)

    @property
    def texts(self) -> dict[str, str]:
        return {block.value: self[block.value].data or "" for block in TextBlock}

    @property
    def words(self) -> dict[str, str]:
        """All that was typed, by field."""
        return {name: self[name].data or "" for name in TEXT_FIELDS}


class ReasonForm(ClubForm):
    #: Asked for by the operation, which says beside it what for.
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(1000)])


def _line(name: str) -> StringField:
    return StringField(HEAD[name], filters=[one_line], validators=[Optional(), at_most(200)])


class LetterheadForm(ClubForm):
    superior = _line("superior")
    issuer = _line("issuer")
    symbol = _line("symbol")
    place = _line("place")
    signs_for = _line("signs_for")
    signer_title = _line("signer_title")
    signer_name = _line("signer_name")
    recipients = TextAreaField(
        HEAD["recipients"], filters=[paragraphs], validators=[Optional(), at_most(2000)]
    )

    def letterhead(self) -> Letterhead:
        return Letterhead(
            **{field.name: self[field.name].data or "" for field in fields(Letterhead)}
        )
