"""What is typed about a requirement: one form for each kind, read by ``settings`` as files are."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, ClassVar

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club.certification.schemes.facts import RequirementFacts
from club.certification.schemes.forms import choices, months, prose, seen_revision, words
from club.certification.schemes.labels import (
    JUDGE_LABELS,
    PURPOSE_LABELS,
    SETTING_LABELS,
    UNIT_LABELS,
)
from club.certification.schemes.models import Judge, Purpose, RequirementKind, Unit
from club.certification.schemes.rules import UNITS, problems_of_requirement
from club.certification.schemes.settings import (
    TERMS,
    CreditCategory,
    EducationLevel,
    Framework,
    SettingsError,
    Terms,
    read_terms,
)
from club.web.forms import ClubForm, FigureField, Verdict, plausible_day

_CAP = "cap_"


class RequirementForm(ClubForm):
    kind: ClassVar[RequirementKind] = RequirementKind.OTHER

    name = words(lazy_gettext("What is asked"), 200, needed=lazy_gettext("Write what is asked."))
    name_en = words(lazy_gettext("The same in English"), 200)
    purpose = RadioField(
        lazy_gettext("When it is needed"),
        choices=choices(PURPOSE_LABELS, Purpose),
        default=Purpose.FIRST.value,
    )
    minimum = FigureField(lazy_gettext("Minimum"), validators=[Optional()])
    unit = SelectField(lazy_gettext("Counted in"), choices=[])
    judged_by = SelectField(
        lazy_gettext("Who says that it is met"),
        choices=choices(JUDGE_LABELS, Judge),
        default=Judge.COORDINATOR.value,
    )
    valid_months = months(lazy_gettext("Counts for months"))
    evidence_wanted = prose(lazy_gettext("What a candidate hands in"), 500)
    evidence_wanted_en = prose(lazy_gettext("The same in English"), 500)
    group_key = words(lazy_gettext("Group of alternatives"), 40)
    together_key = words(lazy_gettext("Together with"), 40)
    note = prose(lazy_gettext("Note"))
    note_en = prose(lazy_gettext("Note in English"))
    source = words(lazy_gettext("Source"), 500)
    proposed_by_club = BooleanField(lazy_gettext("The numbers are the club's own proposal"))
    seen = seen_revision()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.unit.choices = choices(UNIT_LABELS, UNITS[self.kind])

    def offer(self, *, courses: Iterable[SelectChoice], topics: Iterable[SelectChoice]) -> None:
        """What can be named, where the kind names something."""

    @property
    def own_fields(self) -> list[Any]:
        """Those that only this kind has, in their order."""
        return [field for name, field in self._fields.items() if not hasattr(RequirementForm, name)]

    def verdicts(self) -> Iterable[Verdict]:
        try:
            terms = read_terms(self.kind, self._settings())
        except SettingsError as error:
            terms = TERMS[self.kind]()
            for name, problem in error.problems.items():
                yield from ((problem, field) for field in self._fields_behind(name))
        if self.sound("unit", "judged_by", "purpose"):
            yield from problems_of_requirement(self._facts(terms))

    def facts(self) -> RequirementFacts:
        return self._facts(read_terms(self.kind, self._settings()))

    def _facts(self, terms: Terms) -> RequirementFacts:
        return RequirementFacts(
            kind=self.kind,
            name=self.name.data,
            name_en=self.name_en.data,
            unit=Unit(self.unit.data),
            judged_by=Judge(self.judged_by.data),
            terms=terms,
            purpose=Purpose(self.purpose.data),
            group_key=self.group_key.data,
            together_key=self.together_key.data,
            minimum=self.minimum.data,
            evidence_wanted=self.evidence_wanted.data,
            evidence_wanted_en=self.evidence_wanted_en.data,
            valid_months=self.valid_months.data,
            proposed_by_club=self.proposed_by_club.data,
            source=self.source.data,
            note=self.note.data,
            note_en=self.note_en.data,
        )

    def _settings(self) -> dict[str, Any]:
        """What was typed into the fields of the kind; an empty one says nothing."""
        typed = {one.name: self._typed(one.name) for one in fields(TERMS[self.kind])}
        return {name: value for name, value in typed.items() if value not in (None, "", [], {})}

    def _typed(self, name: str) -> Any:
        return self._fields[name].data

    def _fields_behind(self, setting: str) -> list[str]:
        """Those to mend where a setting cannot be what was typed."""
        return [setting]


class EducationForm(RequirementForm):
    kind = RequirementKind.EDUCATION
    at_least = SelectField(
        lazy_gettext("Lowest degree"),
        choices=[
            SelectChoice("", lazy_gettext("To be set, or said in the note")),
            *choices(SETTING_LABELS, EducationLevel),
        ],
    )


def _ticked(label: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )


def _cap(category: CreditCategory) -> FigureField:
    """The most that a category adds."""
    return FigureField(SETTING_LABELS[category], validators=[Optional()])


def _is_sound(training: dict[str, Any]) -> bool:
    try:
        read_terms(RequirementKind.TRAINING, training)
    except SettingsError:
        return False
    return True


class TrainingForm(RequirementForm):
    kind = RequirementKind.TRAINING
    topics = _ticked(lazy_gettext("Topics that count"))
    courses = _ticked(lazy_gettext("Courses that count"))
    since = DateField(lazy_gettext("First day that counts"), validators=[Optional(), plausible_day])
    outside_counts = BooleanField(
        lazy_gettext("Training taken elsewhere counts, once accepted"), default=True
    )
    teaching_factor = FigureField(
        lazy_gettext("What an hour of teaching is worth"), validators=[Optional()]
    )
    cap_attended = _cap(CreditCategory.ATTENDED)
    cap_outside = _cap(CreditCategory.OUTSIDE)
    cap_taught = _cap(CreditCategory.TAUGHT)
    cap_self_study = _cap(CreditCategory.SELF_STUDY)
    cap_published = _cap(CreditCategory.PUBLISHED)
    cap_other = _cap(CreditCategory.OTHER)

    def offer(self, *, courses: Iterable[SelectChoice], topics: Iterable[SelectChoice]) -> None:
        self.courses.choices, self.topics.choices = [*courses], [*topics]

    def _typed(self, name: str) -> Any:
        if name != "caps":
            return super()._typed(name)
        amounts = {kind: self._fields[_CAP + kind].data for kind in CreditCategory}
        return {kind: most for kind, most in amounts.items() if most is not None}

    def _fields_behind(self, setting: str) -> list[str]:
        if setting != "caps":
            return super()._fields_behind(setting)
        known = {kind: {kind: most} for kind, most in self._typed("caps").items()}
        return [_CAP + kind for kind, cap in known.items() if not _is_sound({"caps": cap})]


class WorkForm(RequirementForm):
    kind = RequirementKind.WORK_EXPERIENCE
    in_what = words(lazy_gettext("Work in what"), 300)
    in_what_en = words(lazy_gettext("The same in English"), 300)


class ProjectForm(RequirementForm):
    kind = RequirementKind.PROJECT
    measured = BooleanField(lazy_gettext("Each shows what was measured before and after"))
    framework = SelectField(
        lazy_gettext("Framework"),
        choices=[
            SelectChoice("", lazy_gettext("No framework is asked for")),
            *choices(SETTING_LABELS, Framework),
        ],
    )
    pilots_count = BooleanField(lazy_gettext("Pilot projects count as evidence"), default=True)


class ExaminationForm(RequirementForm):
    kind = RequirementKind.EXAMINATION
    out_of = FigureField(lazy_gettext("Highest score"), validators=[Optional()])
    attempts = IntegerField(lazy_pgettext("examination", "Attempts"), validators=[Optional()])
    waiting_days = IntegerField(
        lazy_gettext("Days between one attempt and the next"), validators=[Optional()]
    )


class InterviewForm(RequirementForm):
    kind = RequirementKind.INTERVIEW


class EthicsForm(RequirementForm):
    kind = RequirementKind.ETHICS
    version = words(lazy_gettext("Version of the text"), 40)
    text = prose(lazy_gettext("Text that is signed"), 8000)
    text_en = prose(lazy_gettext("Text in English"), 8000)


class ReferencesForm(RequirementForm):
    kind = RequirementKind.REFERENCES
    from_whom = words(lazy_gettext("From whom"), 300)
    from_whom_en = words(lazy_gettext("The same in English"), 300)


class FeeForm(RequirementForm):
    kind = RequirementKind.FEE
    payable_to = words(lazy_gettext("Payable to"), 200)


_FORMS: dict[RequirementKind, type[RequirementForm]] = {
    form.kind: form
    for form in (
        EducationForm, TrainingForm, WorkForm, ProjectForm, ExaminationForm, InterviewForm,
        EthicsForm, ReferencesForm, FeeForm, RequirementForm,
    )
}  # fmt: skip


def form_for(
    kind: RequirementKind, *, known: RequirementFacts | None = None, seen: int = 0
) -> RequirementForm:
    """An empty one, or one as the requirement stands."""
    data = _as_typed(known) | {"seen": seen} if known else {"seen": seen}
    return _FORMS[kind](data=data)


def _as_typed(known: RequirementFacts) -> dict[str, Any]:
    terms: Terms = known.terms
    caps = getattr(terms, "caps", {})
    typed = vars(known) | vars(terms) | {_CAP + kind: most for kind, most in caps.items()}
    return {name: getattr(value, "value", value) for name, value in typed.items()}
