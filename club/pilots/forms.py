from collections.abc import Iterable

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from club import clock
from club.people.labels import SIZE_LABELS
from club.people.models import Organisation, Person, SizeClass
from club.pilots import rules
from club.pilots.labels import LABELS
from club.pilots.measures import MeasureFacts
from club.pilots.models import PartRole, PilotOutcome, PilotProject
from club.pilots.people import PartFacts
from club.web.forms import (
    ClubForm,
    FigureField,
    Verdict,
    at_most,
    one_line,
    paragraphs,
    plausible_day,
)

_SENSIBLE = NumberRange(
    -(10**9),
    10**9,
    lazy_gettext("Check the value: it is larger than anything this can measure."),
)


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


class PartForm(ClubForm):
    """What somebody does in a project, and when."""

    person = SelectField(
        lazy_pgettext("part in a project", "Who"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose a person."))],
    )
    role = RadioField(
        lazy_gettext("Part in the project"),
        choices=[SelectChoice(role.value, LABELS[role]) for role in PartRole],
        validators=[DataRequired(lazy_gettext("Choose what the person does."))],
    )
    from_day = DateField(lazy_gettext("First day"), validators=[Optional(), plausible_day])
    to_day = DateField(lazy_gettext("Last day"), validators=[Optional(), plausible_day])

    def offer(self, people: Iterable[Person], project: PilotProject) -> None:
        self.people = {str(person.public_id): person for person in people}
        self.project = project
        self.person.choices = [
            SelectChoice(key, person.full_name) for key, person in self.people.items()
        ]

    def verdicts(self) -> Iterable[Verdict]:
        sound = {name: self.sound(name) for name in ("from_day", "to_day")}
        return rules.problems_of_part(
            self.project,
            from_day=self.from_day.data if sound["from_day"] else None,
            to_day=self.to_day.data if sound["to_day"] else None,
            today=clock.today(),
        )

    @property
    def facts(self) -> PartFacts:
        return PartFacts(PartRole(self.role.data), self.from_day.data, self.to_day.data)


class FiguresForm(ClubForm):
    """What was measured before and after, in whatever project."""

    name = StringField(
        lazy_gettext("What was measured"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write what was measured.")), at_most(200)],
    )
    unit = StringField(
        lazy_gettext("Unit of measure"), filters=[one_line], validators=[Optional(), at_most(40)]
    )
    before = FigureField(
        lazy_gettext("Figure before"),
        validators=[InputRequired(lazy_gettext("Write the figure.")), _SENSIBLE],
    )
    before_on = DateField(
        lazy_gettext("Measured before on"),
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    after = FigureField(
        lazy_gettext("Figure after"),
        validators=[InputRequired(lazy_gettext("Write the figure.")), _SENSIBLE],
    )
    after_on = DateField(
        lazy_gettext("Measured after on"),
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )

    @property
    def figures(self) -> MeasureFacts:
        return MeasureFacts(
            self.name.data,
            self.unit.data,
            before=self.before.data,
            before_on=self.before_on.data,
            after=self.after.data,
            after_on=self.after_on.data,
        )


class MeasureForm(FiguresForm):
    """Has to be told for which project it is: ``project``."""

    project: PilotProject

    def verdicts(self) -> Iterable[Verdict]:
        if not self.sound("before_on", "after_on"):
            return []
        return rules.problems_of_measure(
            self.project,
            before_on=self.before_on.data,
            after_on=self.after_on.data,
            today=clock.today(),
        )


class RemovalForm(ClubForm):
    reason = StringField(
        lazy_gettext("Reason"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write why, so that others understand it.")),
            at_most(500),
        ],
    )
