from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from club.courses.models import Course
from club.files.forms import FileForm
from club.records.earlier.columns import AUDIENCES, FORMS, FUNDINGS, YES_OR_NO, Column
from club.records.earlier.entries import Mistake
from club.web.forms import ClubForm, at_most, one_line, paragraphs
from club.web.language import said

_LONGEST_CELL = 200


def _cell(label: str) -> StringField:
    """Read like a cell of the file: what is wrong with it is said of every row."""
    return StringField(label, filters=[one_line], validators=[Optional(), at_most(_LONGEST_CELL)])


def _choice(label: str, words: Iterable[str]) -> SelectField:
    choices = [
        SelectChoice("", lazy_gettext("As the file says")),
        *(SelectChoice(w, w) for w in words),
    ]
    return SelectField(label, choices=choices, validators=[Optional()])


class ListForm(FileForm):
    """A file, where it comes from, and what holds for all of its rows."""

    source = StringField(
        lazy_gettext("Where the list comes from"),
        filters=[one_line],
        validators=[
            DataRequired(
                lazy_gettext("Say where the list comes from: who answers for the figures needs it.")
            ),
            at_most(300),
        ],
    )
    course = SelectField(lazy_gettext("Course"), choices=[], validators=[Optional()])
    first_day = _cell(lazy_gettext("First day"))
    last_day = _cell(lazy_gettext("Last day"))
    days = _cell(lazy_gettext("Days of teaching"))
    hours = _cell(lazy_gettext("Hours of the class"))
    completed = _choice(lazy_gettext("Completed"), YES_OR_NO)
    audience = _choice(lazy_gettext("Group of learners"), AUDIENCES)
    organisation = _cell(lazy_gettext("Organisation"))
    form_ = _choice(lazy_gettext("Form"), FORMS)
    funding = _choice(lazy_gettext("Funding"), FUNDINGS)

    def offer(self, courses: Iterable[Course]) -> None:
        none = SelectChoice("", lazy_gettext("As the file says"))
        self.course.choices = [
            none,
            *(SelectChoice(c.code, f"{c.code}: {said(c.title, c.title_en)}") for c in courses),
        ]

    def for_all_rows(self) -> dict[str, str]:
        """Cells by column, of what was said."""
        given = {
            Column.COURSE: self.course.data,
            Column.FIRST_DAY: self.first_day.data,
            Column.LAST_DAY: self.last_day.data,
            Column.DAYS: self.days.data,
            Column.HOURS: self.hours.data,
            Column.COMPLETED: self.completed.data,
            Column.AUDIENCE: self.audience.data,
            Column.ORGANISATION: self.organisation.data,
            Column.FORM: self.form_.data,
            Column.FUNDING: self.funding.data,
        }
        return {column.value: cell for column, cell in given.items() if cell}

    def show(self, mistakes: Iterable[Mistake]) -> None:
        """Beside the fields, what is wrong with what was said of all rows."""
        for one in mistakes:
            field = self.form_ if one.column is Column.FORM else self[one.column.value]
            field.errors = [*field.errors, gettext(one.refusal, **one.values)]


class UndoForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[DataRequired(lazy_gettext("Write the reason.")), at_most(500)],
    )
