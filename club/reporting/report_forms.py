"""The form of a report: by period, or the questions of an ad hoc request. Its rows are as many as
are filled, and a few more; whoever needs more saves in between.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext, lazy_gettext
from wtforms import Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from club.files.accepting import type_of_document
from club.files.forms import CarriedFileForm
from club.reporting.labels import FIGURES
from club.reporting.models import ReportRequest, RequestKind
from club.reporting.queries import PlanLine
from club.reporting.written import Activity, FigureKey, OtherFigure, Written
from club.web.forms import FigureField, at_most, one_line, paragraphs

_LONGEST_TEXT = 6000
_LONGEST_LINE = 120
_SPARE_ROWS = 2
_FEWEST_ROWS = 3
_MOST_ROWS = 60
_LARGEST = Decimal(10) ** 12
_ROW = re.compile(r"(?:words|name)_(\d{1,2})")


def _not_below_nought(_form: object, field: Field) -> None:
    if field.data is not None and not 0 <= field.data < _LARGEST:
        raise ValidationError(lazy_gettext("Write a number from 0 up."))


def _prose(label: object) -> TextAreaField:
    return TextAreaField(label, filters=[paragraphs], validators=[at_most(_LONGEST_TEXT)])


def _line(label: object) -> StringField:
    return StringField(label, filters=[one_line], validators=[at_most(_LONGEST_LINE)])


def _number(label: object) -> FigureField:
    return FigureField(label, validators=[_not_below_nought])


class WrittenForm(CarriedFileForm):
    """``rows`` are numbers of rows with fields of their own; see ``form_for``."""

    takes = staticmethod(type_of_document)

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    difficulties = _prose(lazy_gettext("Difficulties"))
    proposals = _prose(lazy_gettext("Proposals"))

    rows: range
    questions: Sequence[str]
    is_periodic: bool

    def validate_file(self, _field: object) -> None:
        """Not every report has one."""

    def fields_of(self, *stems: str) -> list[tuple[Field, ...]]:
        """Row by row."""
        return [tuple(self[f"{stem}_{n}"] for stem in stems) for n in self.rows]

    def answer_fields(self) -> list[Field]:
        return [self[f"answer_{n}"] for n in range(len(self.questions))]

    def figure_fields(self) -> list[Field]:
        return [self[f"figure_{key.value}"] for key in FigureKey] if self.is_periodic else []

    @property
    def written(self) -> Written:
        if not self.is_periodic:
            return Written(answers=[field.data or "" for field in self.answer_fields()])
        return Written(
            activities=[
                Activity(item.data or "", words.data)
                for item, words in self.fields_of("item", "words")
                if words.data
            ],
            figures={
                key: self[f"figure_{key.value}"].data
                for key in FigureKey
                if self[f"figure_{key.value}"].data is not None
            },
            others=[
                OtherFigure(name.data or "", value.data, measure.data or "")
                for name, value, measure in self.fields_of("name", "value", "measure")
                if value.data is not None
            ],
            difficulties=self.difficulties.data or "",
            proposals=self.proposals.data or "",
        )


class PeriodicWrittenForm(WrittenForm):
    def validate(self, **given: object) -> bool:
        """A number without a name says nothing, and a name without a number is not lost."""
        fine = super().validate(**given)
        for name, value, measure in self.fields_of("name", "value", "measure"):
            if value.data is not None and not name.data:
                name.errors = [*name.errors, lazy_gettext("Say what this number counts.")]
                fine = False
            elif value.data is None and not value.errors and (name.data or measure.data):
                value.errors = [*value.errors, lazy_gettext("Write the number.")]
                fine = False
        for item, words in self.fields_of("item", "words"):
            if item.data and not words.data:
                words.errors = [*words.errors, lazy_gettext("Write what was done.")]
                fine = False
        return fine


def form_for(
    request: ReportRequest,
    lines: Iterable[PlanLine],
    *,
    own: Collection[str],
    written: Written,
    typed: Iterable[str],
) -> type[WrittenForm]:
    """``own``: the lines of the unit, which come first; ``written``: what stands there already;
    ``typed``: names of the fields that were sent.
    """
    if request.kind is RequestKind.AD_HOC:
        fields = {f"answer_{n}": _prose(words) for n, words in enumerate(request.questions)}
        facts = {"rows": range(0), "questions": request.questions, "is_periodic": False}
        return type("AnswersForm", (WrittenForm,), fields | facts)
    rows = _rows(written, typed)
    facts = {"rows": rows, "questions": (), "is_periodic": True}
    figures = {f"figure_{key.value}": _number(FIGURES[key]) for key in FigureKey}
    choices = _line_choices(lines, own)
    return type("PeriodForm", (PeriodicWrittenForm,), _row_fields(rows, choices) | figures | facts)


def filled_with(written: Written, *, revision: int) -> dict[str, object]:
    """What the fields show of a report as it stands."""
    facts: dict[str, object] = {
        "revision": revision,
        "difficulties": written.difficulties,
        "proposals": written.proposals,
    }
    facts |= {f"answer_{n}": answer for n, answer in enumerate(written.answers)}
    facts |= {f"figure_{key.value}": value for key, value in written.figures.items()}
    for n, activity in enumerate(written.activities):
        facts |= {f"item_{n}": activity.item, f"words_{n}": activity.words}
    for n, other in enumerate(written.others):
        facts |= {
            f"name_{n}": other.name,
            f"value_{n}": other.value,
            f"measure_{n}": other.measured_in,
        }
    return facts


def _rows(written: Written, typed: Iterable[str]) -> range:
    sent = [int(found[1]) + 1 for name in typed if (found := _ROW.fullmatch(name))]
    filled = max(len(written.activities), len(written.others)) + _SPARE_ROWS
    return range(min(max([_FEWEST_ROWS, filled, *sent]), _MOST_ROWS))


def _line_choices(lines: Iterable[PlanLine], own: Collection[str]) -> list[SelectChoice]:
    """In the plan's order, those of the unit before the others."""
    mine, others = gettext("Lines of your unit"), gettext("Other lines of the plan")
    told = [
        SelectChoice(
            one.line,
            f"{one.line} {_short(one.words)}",
            optgroup=(mine if one.line in own else others) if own else None,
        )
        for one in lines
    ]
    told.sort(key=lambda choice: choice.optgroup == others)
    return [SelectChoice("", lazy_gettext("No line in particular")), *told]


def _row_fields(rows: range, choices: Sequence[SelectChoice]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for n in rows:
        number = n + 1
        fields |= {
            f"item_{n}": SelectField(
                lazy_gettext("Line of the plan (%(number)s)", number=number),
                choices=choices,
                default="",
            ),
            f"words_{n}": _prose(lazy_gettext("What was done (%(number)s)", number=number)),
            f"name_{n}": _line(lazy_gettext("What is counted (%(number)s)", number=number)),
            f"value_{n}": _number(lazy_gettext("Number (%(number)s)", number=number)),
            f"measure_{n}": _line(lazy_gettext("Measured in (%(number)s)", number=number)),
        }
    return fields


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
