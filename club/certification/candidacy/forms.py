from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from club import clock
from club.certification.candidacy import rules
from club.certification.candidacy.claims import USUAL, asked_for
from club.certification.candidacy.labels import EVIDENCE_KINDS
from club.certification.candidacy.models import Evidence, EvidenceKind, UseState
from club.certification.candidacy.operations.evidence import Claim, Judgement, Paper
from club.certification.candidacy.projects import ProjectFacts
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.schemes.labels import SETTING_LABELS
from club.certification.schemes.models import Requirement, SchemeLevel
from club.files.accepting import FileRefusal, type_of_document
from club.files.forms import CarriedFileForm
from club.people.models import Person
from club.web.forms import (
    ClubForm,
    FigureField,
    Verdict,
    at_most,
    one_line,
    paragraphs,
    plausible_day,
)
from club.web.language import day, said

#: Of the choice to bring a paper that is not here yet.
A_NEW_ONE = ""


class ApplicationForm(ClubForm):
    motivation = TextAreaField(
        lazy_gettext("Why you want it"),
        filters=[paragraphs],
        validators=[Optional(), at_most(rules.LONGEST_WORDS)],
    )


class RemarkForm(ClubForm):
    """What whoever decides says with it; the operation says where it is needed."""

    remark = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[at_most(rules.LONGEST_WORDS)],
    )


class EndingForm(RemarkForm):
    #: How the candidacy stood on the page that it is sent from.
    seen = HiddenField()


class AdmissionForm(RemarkForm):
    ADMIT, TURN_DOWN = "admit", "turn_down"
    decision = RadioField(
        lazy_gettext("Decision"),
        choices=[
            SelectChoice(ADMIT, lazy_gettext("Admit as a candidate")),
            SelectChoice(TURN_DOWN, lazy_gettext("Do not admit")),
        ],
        validators=[InputRequired(lazy_gettext("Choose one of the two."))],
    )


class MoveForm(RemarkForm):
    """To which version of the scheme."""

    version = HiddenField()

    def offer(self, levels: Iterable[SchemeLevel]) -> None:
        """``levels``: the candidate's one in other versions."""
        self.levels = {str(level.version.number): level for level in levels}

    def validate_version(self, field: HiddenField) -> None:
        if field.data not in self.levels:
            raise ValidationError(gettext(CandidacyRefusal.NO_SUCH_VERSION.value))

    def level(self) -> SchemeLevel:
        return self.levels[self.version.data]


class NominationForm(ClubForm):
    person = SelectField(
        lazy_pgettext("nomination", "Who"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose a person."))],
    )
    #: Its words are too long for a closed list.
    level = RadioField(
        lazy_gettext("Level"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose a level."))],
    )
    remark = TextAreaField(
        lazy_gettext("What you want to say with it"),
        filters=[paragraphs],
        validators=[Optional(), at_most(rules.LONGEST_WORDS)],
    )

    def offer(self, people: Iterable[Person], levels: Iterable[SchemeLevel]) -> None:
        self.people = {str(person.public_id): person for person in people}
        self.levels = {str(level.id): level for level in levels}
        self.person.choices = [
            SelectChoice(key, person.full_name) for key, person in self.people.items()
        ]
        self.level.choices = [
            SelectChoice(key, level_words(level)) for key, level in self.levels.items()
        ]


class UseForm(CarriedFileForm):
    """A paper for a requirement: one that is here already, or a new one."""

    takes = staticmethod(type_of_document)

    evidence = RadioField(lazy_gettext("Which paper"), choices=[], validators=[Optional()])
    kind = SelectField(
        lazy_gettext("What it is"),
        choices=[SelectChoice(kind.value, EVIDENCE_KINDS[kind]) for kind in EvidenceKind],
        validators=[Optional()],
    )
    title = StringField(
        lazy_gettext("Name of the paper"),
        filters=[one_line],
        validators=[at_most(rules.LONGEST_TITLE)],
    )
    note = TextAreaField(
        lazy_gettext("What it shows"),
        filters=[paragraphs],
        validators=[Optional(), at_most(rules.LONGEST_WORDS)],
    )
    category = SelectField(
        lazy_gettext("How the hours came about"), choices=[], validators=[Optional()]
    )
    amount = FigureField(lazy_gettext("How much it proves"))
    day = DateField(
        lazy_gettext("Day"),
        validators=[DataRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    to_day = DateField(lazy_gettext("Last day"), validators=[Optional(), plausible_day])

    def offer(self, requirement: Requirement, papers: Sequence[Evidence]) -> None:
        self.requirement, self.asked = requirement, asked_for(requirement)
        self.papers = {str(paper.public_id): paper for paper in papers}
        self.evidence.choices = [
            *(SelectChoice(key, _paper_words(paper)) for key, paper in self.papers.items()),
            SelectChoice(A_NEW_ONE, lazy_gettext("A new paper")),
        ]
        self.category.choices = [
            SelectChoice(category.value, SETTING_LABELS[category])
            for category in self.asked.categories
        ]
        if not (self.evidence.data or "").strip():
            self.evidence.data = A_NEW_ONE
        if self.kind.data is None:
            self.kind.data = USUAL[requirement.kind].value
        if not self.asked.amount:
            self.amount.data = Decimal(1)

    @property
    def brings_a_paper(self) -> bool:
        return bool(self.evidence.data == A_NEW_ONE)

    def chosen(self) -> Evidence | None:
        return self.papers.get(self.evidence.data or "")

    def validate_title(self, field: StringField) -> None:
        if self.brings_a_paper and not field.data:
            raise ValidationError(gettext("Write what the paper is called."))

    def validate_file(self, _field: object) -> None:
        if self.brings_a_paper and not (self.file.data or self.carried()):
            raise ValidationError(gettext(FileRefusal.NOTHING_CHOSEN.value))

    def validate_amount(self, field: FigureField) -> None:
        if refusal := rules.refusal_to_claim(field.data, self.requirement.unit):
            raise ValidationError(gettext(refusal.value))

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("day"):
            found = rules.refusal_of_days(self.day.data, self.to_day.data, today=clock.today())
            if found:
                yield found

    def paper(self) -> Paper:
        return Paper(EvidenceKind(self.kind.data), self.title.data, self.note.data)

    def claim(self) -> Claim:
        return Claim(
            requirement_id=self.requirement.id,
            amount=self.amount.data if self.asked.amount else Decimal(1),
            day=self.day.data,
            to_day=self.to_day.data if self.asked.time else None,
            category=self.category.data or None if self.asked.categories else None,
            project=self.project_facts(),
        )

    def project_facts(self) -> ProjectFacts | None:
        """What is said of a project, where the requirement is about projects."""
        return None


class JudgementForm(RemarkForm):
    state = RadioField(
        lazy_gettext("Decision"),
        choices=[
            SelectChoice(UseState.ACCEPTED.value, lazy_gettext("Accept: it proves this")),
            SelectChoice(UseState.REFUSED.value, lazy_gettext("Do not accept")),
        ],
        validators=[InputRequired(lazy_gettext("Choose one of the two."))],
    )

    def judgement(self) -> Judgement:
        return Judgement(UseState(self.state.data), self.remark.data)


def level_words(level: SchemeLevel) -> str:
    """Such as ``Chuyên gia, Chuyên gia cải tiến cấp thành phố (2026)``."""
    version = level.version
    scheme = said(version.scheme.name, version.scheme.name_en)
    return f"{said(level.name, level.name_en)}, {scheme} ({version.label})"


def _paper_words(paper: Evidence) -> str:
    return f"{paper.title} ({day(paper.handed_in_at)})"
