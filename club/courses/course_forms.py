from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club import clock
from club.courses.completion import problems_of_default
from club.courses.course_editing import CourseFacts
from club.courses.forms import RefusableForm
from club.courses.labels import AUDIENCES, FACTS
from club.courses.models import Course, CourseAudience
from club.courses.rules import FIELDS, problems_with_course
from club.web.forms import Verdict, at_most, lines_of, one_line, paragraphs


class CourseForm(RefusableForm):
    code = StringField(
        lazy_gettext("Code"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write a short code, for example LSS-YB."))],
    )
    title = StringField(
        lazy_gettext("Title"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write the title of the course.")), at_most(200)],
    )
    title_en = StringField(
        lazy_gettext("Title in English"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write the title in English.")), at_most(200)],
    )
    topic_id = SelectField(lazy_gettext("Topic"), coerce=int)
    summary = TextAreaField(
        lazy_gettext("Summary"), filters=[one_line], validators=[Optional(), at_most(500)]
    )
    summary_en = TextAreaField(
        lazy_gettext("Summary in English"),
        filters=[one_line],
        validators=[Optional(), at_most(500)],
    )
    audience_keys = SelectMultipleField(
        lazy_gettext("For"),
        choices=[SelectChoice(kind.value, AUDIENCES[kind]) for kind in CourseAudience],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    audience = TextAreaField(
        lazy_gettext("For whom, in words"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )
    audience_en = TextAreaField(
        lazy_gettext("For whom, in English"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )
    outline = TextAreaField(
        lazy_gettext("Content"), filters=[paragraphs], validators=[Optional(), at_most(4000)]
    )
    outline_en = TextAreaField(
        lazy_gettext("Content in English"),
        filters=[paragraphs],
        validators=[Optional(), at_most(4000)],
    )
    duration_days_min = IntegerField(
        lazy_gettext("Shortest duration, in days"), validators=[Optional()]
    )
    duration_days_max = IntegerField(
        lazy_gettext("Longest duration, in days"), validators=[Optional()]
    )
    duration_source = StringField(
        lazy_gettext("Source of the duration"),
        filters=[one_line],
        validators=[Optional(), at_most(500)],
    )
    outline_source = StringField(
        lazy_gettext("Source of the content"),
        filters=[one_line],
        validators=[Optional(), at_most(500)],
    )
    certificate_months = IntegerField(
        lazy_gettext("Certificates are valid for, in months"),
        validators=[
            Optional(),
            NumberRange(1, 120, lazy_gettext("Write 1 to 120 months, or leave it empty.")),
        ],
    )
    completion_threshold = IntegerField(
        FACTS["completion_threshold"],
        default=80,
        validators=[InputRequired(lazy_gettext("Write a share in percent, for example 80."))],
    )
    post_test_minimum = IntegerField(FACTS["post_test_minimum"], validators=[Optional()])
    assignment_minimum = IntegerField(FACTS["assignment_minimum"], validators=[Optional()])
    confirmation_needed = BooleanField(FACTS["confirmation_needed"])
    retired = BooleanField(lazy_gettext("The club no longer offers this course"))

    def offer(self, topics: Sequence[tuple[int, str]]) -> None:
        self.topic_id.choices = [SelectChoice(str(key), name) for key, name in topics]

    def verdicts(self) -> Iterable[Verdict]:
        days = self.duration_days_min, self.duration_days_max
        if self.sound("code") and not any(field.errors for field in days):
            shortest, longest = (field.data for field in days)
            problems = problems_with_course(self.code.data, (shortest, longest), taken_codes=())
            yield from ((problem, FIELDS[problem]) for problem in problems)
        if self.sound("completion_threshold"):
            asked = self.completion_threshold, self.post_test_minimum, self.assignment_minimum
            for problem in problems_of_default(*(field.data for field in asked)):
                yield problem, FIELDS[problem]

    def facts(self, *, known: Course | None, today: datetime) -> CourseFacts:
        """``known``: the course as it is, to keep the day on which it was retired."""
        lists = {"audience", "audience_en", "outline", "outline_en"}
        plain = {
            name: field.data
            for name, field in self._fields.items()
            if name in CourseFacts.__dataclass_fields__ and name not in lists
        }
        retired_on = (known and known.retired_on) or clock.local_day(today)
        return CourseFacts(
            **plain
            | {name: lines_of(self._fields[name].data) for name in lists}
            | {"audience_keys": [CourseAudience(key) for key in self.audience_keys.data or ()]},
            retired_on=retired_on if self.retired.data else None,
        )


def course_form(course: Course) -> CourseForm:
    """The form filled with what is known."""
    given = {name: getattr(course, name) for name in CourseFacts.__dataclass_fields__}
    for name in ("audience", "audience_en", "outline", "outline_en"):
        given[name] = "\n".join(given[name])
    return CourseForm(data=given | {"retired": course.retired_on is not None})
