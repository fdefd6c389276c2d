import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from club.certification.helping.models import HelpStepKind
from club.certification.helping.operations import Question, Taken
from club.certification.helping.rules import HelpRefusal
from club.certification.register.models import FieldKind
from club.certification.register.words import FieldWords
from club.people.models import Organisation
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs

#: The value that stands for no organisation.
MYSELF = "-"
_LONGEST_WORDS = 1000
#: What a request for help can lead to: a text of the knowledge base, a pilot project.
_PAGE = re.compile(r"(?:https?://[^/]+)?(/knowledge/[a-z0-9-]+|/office/pilots/[0-9a-f-]{36})/?")


class AskForm(ClubForm):
    expert = HiddenField()
    organisation = SelectField(
        lazy_gettext("For whom"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose for whom you ask."))],
    )
    problem = TextAreaField(
        lazy_gettext("What is the problem?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Say in a few sentences what the problem is.")),
            at_most(2000),
        ],
    )
    tool = SelectField(lazy_gettext("Tool"), choices=[], validators=[Optional()])
    sector = SelectField(lazy_gettext("Sector"), choices=[], validators=[Optional()])
    place = StringField(
        lazy_gettext("Where?"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Say where help is needed.")), at_most(200)],
    )
    time = StringField(
        lazy_gettext("When?"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Say when it would suit you.")), at_most(200)],
    )

    def offer(
        self, words: FieldWords, organisations: Sequence[Organisation], *, is_member: bool
    ) -> None:
        any_one = [SelectChoice("", gettext("Not decided"))]
        self.tool.choices = any_one + [SelectChoice(*o) for o in words[FieldKind.TOOL].items()]
        self.sector.choices = any_one + [SelectChoice(*o) for o in words[FieldKind.SECTOR].items()]
        myself = [SelectChoice(MYSELF, gettext("For myself"))] if is_member else []
        self.organisation.choices = [
            *(SelectChoice(one.code, one.name) for one in organisations),
            *myself,
        ]

    def question(self) -> Question:
        return Question(
            problem=self.problem.data,
            place=self.place.data,
            time=self.time.data,
            tool_key=self.tool.data or None,
            sector=self.sector.data or None,
            organisation_code=None if self.organisation.data == MYSELF else self.organisation.data,
            expert_code=self.expert.data or None,
        )


class StepForm(ClubForm):
    """What goes with a step; the button that was pressed says which one."""

    words = TextAreaField(
        lazy_gettext("Your words to the other side"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_WORDS)],
    )


class OutcomeForm(ClubForm):
    outcome = RadioField(
        lazy_gettext("Did it help?"),
        choices=[
            SelectChoice(HelpStepKind.HELPED.value, lazy_gettext("Yes, it helped")),
            SelectChoice(HelpStepKind.NOT_HELPED.value, lazy_gettext("No, it did not help")),
        ],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
    result = TextAreaField(
        lazy_gettext("What came of it"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_WORDS)],
    )
    led_to = StringField(
        lazy_gettext("Address of a case or a pilot project that it led to"),
        filters=[one_line],
        validators=[Optional(), at_most(300)],
    )

    def verdicts(self) -> Iterable[Verdict]:
        if self.led_to.data and not self.led_to.errors and not _PAGE.fullmatch(self.led_to.data):
            yield HelpRefusal.NO_SUCH_PAGE, "led_to"

    def taken(self) -> Taken:
        page = _PAGE.fullmatch(self.led_to.data or "")
        return Taken(
            HelpStepKind(self.outcome.data),
            self.result.data or None,
            page.group(1) if page else None,
        )


class PassForm(ClubForm):
    expert = SelectField(
        lazy_gettext("Expert"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose an expert."))],
    )
    note = TextAreaField(
        lazy_gettext("Your words to the expert"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_WORDS)],
    )

    def offer(self, experts: Sequence[tuple[str, str]]) -> None:
        self.expert.choices = [SelectChoice(*one) for one in experts]
