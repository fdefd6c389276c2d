"""The form of a text. What the text may say is decided in ``article_rules``; here is its shape."""

from collections.abc import Iterable

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from club.files.content_error import Wrong
from club.files.fields import Path
from club.knowledge.editing.fault_words import in_words
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.labels import LABELS as EVIDENCE_LABELS
from club.knowledge.facts import Consent
from club.knowledge.labels import LABELS
from club.knowledge.models import Direction, ResultKind, Strength
from club.knowledge.rendering import LONGEST_TEXT
from club.people.sectors import SECTORS
from club.web.forms import ClubForm, at_most, one_line, paragraphs, plausible_day


def line(label: LazyString, *, most: int | None = None) -> StringField:
    """``most``: characters it may have; unsaid, the rules of texts alone say."""
    return StringField(label, filters=[one_line], validators=[at_most(most)] if most else [])


#: A text that is too long to be published may still be saved, to be shortened; not a whole book.
_LONGEST_DRAFT = 2 * LONGEST_TEXT


def prose(label: LazyString, *, most: int | None = None) -> TextAreaField:
    return TextAreaField(label, filters=[paragraphs], validators=[at_most(most)] if most else [])


def _day(label: LazyString) -> DateField:
    return DateField(label, validators=[Optional(), plausible_day])


def ticks(label: LazyString) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def choice(label: LazyString, options: Iterable[tuple[str, object]]) -> SelectField:
    """Nothing is chosen beforehand; what may be chosen, the rules say."""
    nothing = SelectChoice("", lazy_gettext("Choose…"))
    return SelectField(
        label,
        choices=[nothing, *(SelectChoice(key, words) for key, words in options)],
        validate_choice=False,
    )


#: In a few words: a narrow phone cuts longer choices off.
_LEVELS: dict[Strength, LazyString] = {
    Strength.A: lazy_gettext("A: before and after, or how measured"),
    Strength.B: lazy_gettext("B: only a change, or only afterwards"),
    Strength.C: lazy_gettext("C: not measured, or not checked"),
}


class SourceForm(Form):
    title = line(lazy_gettext("Title of the source"))
    url = line(lazy_gettext("Address"))
    secondary = BooleanField(lazy_gettext("Read in a copy or a retelling only"))


class ConflictForm(Form):
    before = line(lazy_gettext("Before"))
    after = line(lazy_gettext("After"))
    change_vi = line(lazy_gettext("Change, in the words of the source"))
    change_en = line(lazy_gettext("Change, in English"))
    where_vi = line(lazy_gettext("Where this stands, and what it is about"))
    where_en = line(lazy_gettext("Where this stands, in English"))


class MeasureForm(Form):
    metric_vi = line(lazy_gettext("What was measured"))
    metric_en = line(lazy_gettext("What was measured, in English"))
    about = choice(
        lazy_gettext("Kind of figure"), [(one.value, EVIDENCE_LABELS[one]) for one in MeasureKind]
    )
    unit_vi = line(lazy_gettext("Unit of measure"))
    unit_en = line(lazy_gettext("Unit, in English"))
    before = line(lazy_gettext("Before"))
    after = line(lazy_gettext("After"))
    change_vi = line(lazy_gettext("Change, in the words of the source"))
    change_en = line(lazy_gettext("Change, in English"))
    direction = choice(
        lazy_gettext("Which way is better"),
        [
            (Direction.HIGHER.value, lazy_gettext("more is better")),
            (Direction.LOWER.value, lazy_gettext("less is better")),
        ],
    )
    period_vi = line(lazy_gettext("Period"))
    period_en = line(lazy_gettext("Period, in English"))
    note_vi = line(lazy_gettext("Note"))
    note_en = line(lazy_gettext("Note, in English"))
    strength = choice(
        lazy_gettext("Strength of this figure"),
        [(one.value, words) for one, words in _LEVELS.items()],
    )
    source = line(lazy_gettext("Number of its source"))
    how_measured_vi = line(lazy_gettext("How this figure was measured"))
    how_measured_en = line(lazy_gettext("How this figure was measured, in English"))
    conflicts = FieldList(FormField(ConflictForm), lazy_gettext("What sources give otherwise"))


class DocumentForm(ClubForm):
    """Of a text or a part of it: shows what rules say of its document."""

    #: The version that is typed into.
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def show(self, problems: Iterable[tuple[Path, Wrong]]) -> None:
        """Each problem beside its field; above the form where it has none."""
        for at, wrong in problems:
            field = self._at(at)
            if field is None:
                self.form_errors.append(in_words(wrong))
            elif not field.errors:
                field.errors = [in_words(wrong)]
        for rows in self._fields.values():
            # What a list says of its rows it has gathered before.
            if isinstance(rows, FieldList) and any(row.errors for row in rows):
                rows.errors = [row.errors for row in rows]

    def _at(self, at: Path) -> Field | None:
        """The field that a path of the document stands in."""
        key = str(at[0])
        rows = self._fields.get(key)
        if isinstance(rows, FieldList) and len(at) > 2 and isinstance(at[1], int):
            place = rows[at[1]].form if at[1] < len(rows) else None
            return place and _first(place._fields, at[2:])
        return _first(self._fields, at)


class TextForm(DocumentForm):
    """Of any text."""

    #: The revision that was published when this page was shown.
    published = IntegerField(widget=HiddenInput(), validators=[Optional()])
    note = line(lazy_gettext("What is changed, in a sentence"))
    title_vi = line(lazy_pgettext("text", "Title"))
    title_en = line(lazy_gettext("Title, in English"))
    summary_vi = prose(lazy_gettext("Summary"))
    summary_en = prose(lazy_gettext("Summary, in English"))
    slug = line(lazy_gettext("Address of the page"))
    topics = ticks(lazy_gettext("Topics"))
    #: A tool's page is about this one before others.
    main_tool = choice(lazy_gettext("The tool that the page is about"), [])
    tools = ticks(lazy_gettext("Tools"))
    courses = ticks(lazy_gettext("Courses that teach it"))
    sources = FieldList(FormField(SourceForm), lazy_gettext("Sources"))
    checked_on = _day(lazy_gettext("Compared with its sources on"))
    review_by = _day(lazy_gettext("To be checked again by"))
    body = prose(lazy_gettext("Text"), most=_LONGEST_DRAFT)
    english = prose(lazy_gettext("Short version in English"), most=_LONGEST_DRAFT)


def _first(fields: dict[str, Field], at: Path) -> Field | None:
    names = ("_".join(map(str, at)), f"{at[0]}_vi", str(at[0]), str(at[-1]))
    return next((fields[name] for name in names if name in fields), None)


class CaseForm(TextForm):
    """Of a case, whose facts have fields of their own."""

    organisation = line(lazy_gettext("Firm or agency"))
    organisation_en = line(lazy_gettext("Firm or agency, in English"))
    name_unconfirmed = BooleanField(
        lazy_gettext("The source prints the name without Vietnamese marks")
    )
    anonymised = BooleanField(lazy_gettext("The firm is described here and not named"))
    consent = choice(
        lazy_gettext("Why the club may publish it"), [(one.value, LABELS[one]) for one in Consent]
    )
    country = line(lazy_gettext("Country"))
    place = line(lazy_gettext("Where it is"))
    unit = choice(lazy_gettext("Ward"), [])
    sector = choice(lazy_gettext("Sector"), SECTORS.items())
    size_vi = line(lazy_gettext("Size"))
    size_en = line(lazy_gettext("Size, in English"))
    year = line(lazy_gettext("Year"))
    duration_vi = line(lazy_gettext("How long it took"))
    duration_en = line(lazy_gettext("How long it took, in English"))
    cost_vi = line(lazy_gettext("Cost"))
    cost_en = line(lazy_gettext("Cost, in English"))
    programme_vi = line(lazy_gettext("Programme"))
    programme_en = line(lazy_gettext("Programme, in English"))
    problem_vi = line(lazy_gettext("Problem"))
    problem_en = line(lazy_gettext("Problem, in English"))
    result_kind = choice(
        lazy_gettext("Where the result comes from"),
        [(one.value, LABELS[one]) for one in ResultKind],
    )
    strength = choice(
        lazy_gettext("Strength of the evidence"),
        [(one.value, words) for one, words in _LEVELS.items()],
    )
    how_measured_vi = line(lazy_gettext("How it was measured"))
    how_measured_en = line(lazy_gettext("How it was measured, in English"))
    unknown_vi = prose(lazy_gettext("What is not known"))
    unknown_en = prose(lazy_gettext("What is not known, in English"))
    measures = FieldList(FormField(MeasureForm), lazy_gettext("Figures"))


class ReasonForm(ClubForm):
    reason = prose(lazy_gettext("What has to be changed"))


class CommentForm(ClubForm):
    text = prose(lazy_gettext("Comment"))


class RetirementForm(ClubForm):
    replaced_by = line(lazy_gettext("Address of the text to read instead"))


class CheckForm(ClubForm):
    review_by = _day(lazy_gettext("To be checked again by"))
