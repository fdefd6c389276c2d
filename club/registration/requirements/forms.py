from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from club.courses.models import Course
from club.web.forms import ClubForm
from club.web.language import said

_MEMBERSHIP = "membership"
_COURSE = "course:"


class RequirementForm(ClubForm):
    needed = SelectField(
        lazy_gettext("What somebody needs to register"),
        validators=[InputRequired(lazy_gettext("Choose what somebody needs."))],
    )

    def offer(self, courses: Sequence[Course]) -> None:
        """``courses``: those that may have to be completed first."""
        self._courses = {_COURSE + course.code: course for course in courses}
        self.needed.choices = [
            SelectChoice("", gettext("Choose a condition")),
            SelectChoice(_MEMBERSHIP, gettext("Membership of the club")),
            *(
                SelectChoice(key, gettext("Completed: %(course)s", course=_name(course)))
                for key, course in self._courses.items()
            ),
        ]

    @property
    def earlier_course(self) -> Course | None:
        """``None``: membership is what is needed."""
        return self._courses.get(self.needed.data)


def _name(course: Course) -> str:
    return said(course.title, course.title_en)
