from collections.abc import Iterable
from textwrap import shorten

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from club import clock
from club.files.accepting import type_of_document
from club.files.forms import CarriedFileForm
from club.plan.items.labels import SAID_LABELS
from club.plan.items.models import PlanPart, SaidState
from club.plan.items.operations import ProofFacts, StepFacts
from club.plan.items.rules import WritingRefusal, refusal_of_link, refusal_to_say
from club.plan.items.standings import ItemStanding
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs, plausible_day

#: A longer choice is cut off by the list on a phone; the words stand in full beside the form.
_LONGEST_CHOICE = 36
_THE_LINE = lazy_gettext("The whole line")


def _one_of(parts: Iterable[PlanPart], first: SelectChoice) -> list[SelectChoice]:
    """Parts of a line to choose from, after what stands for none of them."""
    return [
        first,
        *(
            SelectChoice(
                one.key, shorten(f"{one.key}: {one.words}", _LONGEST_CHOICE, placeholder="…")
            )
            for one in parts
        ),
    ]


class StepForm(ClubForm):
    part = SelectField(lazy_gettext("Part of the line"), choices=[], default="")
    state = SelectField(
        lazy_gettext("Where the line stands"),
        choices=[
            SelectChoice("", lazy_gettext("Choose one")),
            *(SelectChoice(one.value, SAID_LABELS[one]) for one in SaidState),
        ],
        validators=[DataRequired(lazy_gettext("Choose where the line stands."))],
    )
    on_day = DateField(
        lazy_gettext("Since"),
        default=clock.today,
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    words = TextAreaField(
        lazy_gettext("What was done"),
        filters=[paragraphs],
        validators=[DataRequired(lazy_gettext("Say what was done.")), at_most(1000)],
    )
    source = StringField(
        lazy_gettext("Who says so"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Say who says so, or where it is written.")),
            at_most(300),
        ],
    )

    @property
    def facts(self) -> StepFacts:
        return StepFacts(
            SaidState(self.state.data),
            self.on_day.data,
            self.words.data or "",
            self.source.data or "",
            self.part.data or None,
        )

    def offer(self, standing: ItemStanding) -> None:
        """Where the whole line stands cannot always be said, although that of a part can."""
        whole = _THE_LINE if refusal_to_say(standing.state) is None else lazy_gettext("Choose one")
        self.part.choices = _one_of(standing.parts_to_say, SelectChoice("", whole))


class ProofForm(CarriedFileForm):
    takes = staticmethod(type_of_document)
    shown_part = SelectField(lazy_gettext("Part of the line"), choices=[], default="")
    happened_on = DateField(
        lazy_gettext("Day"),
        default=clock.today,
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    shows = TextAreaField(
        lazy_gettext("What this evidence shows"),
        filters=[paragraphs],
        validators=[DataRequired(lazy_gettext("Say what it shows.")), at_most(1000)],
    )
    link = StringField(
        lazy_gettext("Link"), filters=[one_line], validators=[Optional(), at_most(500)]
    )
    file = FileField(lazy_gettext("File that shows it"))
    is_public = BooleanField(lazy_gettext("Everybody may read it"))

    def validate_file(self, _field: FileField) -> None:
        """A text or a link is evidence too."""

    def verdicts(self) -> Iterable[Verdict]:
        if refusal := refusal_of_link(self.link.data):
            yield refusal, "link"

    @property
    def facts(self) -> ProofFacts:
        return ProofFacts(
            self.happened_on.data,
            self.shows.data or "",
            self.link.data,
            self.is_public.data,
            self.shown_part.data or None,
        )

    def offer(self, standing: ItemStanding) -> None:
        parts = [one.part for one in standing.parts]
        self.shown_part.choices = _one_of(parts, SelectChoice("", _THE_LINE))


class LeadForm(ClubForm):
    unit = SelectField(
        lazy_gettext("Unit that leads"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose the unit."))],
    )
    from_day = DateField(
        lazy_gettext("From the day"),
        default=clock.today,
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    reason = TextAreaField(
        lazy_gettext("Why, and where it is written"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Say why another unit leads, and where it is written.")),
            at_most(1000),
        ],
    )

    def offer(self, units: Iterable[Unit]) -> None:
        self.units = {unit.key: unit for unit in units}
        self.unit.choices = [
            SelectChoice("", lazy_gettext("Choose one")),
            *(SelectChoice(unit.key, unit_name(unit)) for unit in self.units.values()),
        ]

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("unit", "from_day"):
            unit = self.units[self.unit.data]
            if not unit.exists_on(self.from_day.data):
                yield WritingRefusal.UNIT_NOT_THERE, "unit"


class TakingOutForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[DataRequired(lazy_gettext("Say why it is taken out.")), at_most(1000)],
    )
