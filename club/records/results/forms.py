from collections.abc import Iterable
from decimal import Decimal

from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import InputRequired, Optional

from club.records.results.facts import Scale
from club.records.results.rules import Refusal, refusal_of_maximum
from club.web.forms import ClubForm, Verdict, one_line
from club.web.language import number, wanted_language
from club.web.typed_numbers import typed_number

_MISSING = lazy_gettext("Write the maximum score, for example 10.")


def read_number(typed: str | None) -> Decimal | None:
    """The number that the reader meant; ``None`` where it is none."""
    return typed_number(typed or "", english=wanted_language() == "en")


class ScaleForm(ClubForm):
    """The maximum scores of a run; no maximum of the assignment: it is passed or not."""

    pre_test = StringField(
        lazy_gettext("Maximum of the test before"),
        filters=[one_line],
        validators=[InputRequired(_MISSING)],
    )
    post_test = StringField(
        lazy_gettext("Maximum of the test at the end"),
        filters=[one_line],
        validators=[InputRequired(_MISSING)],
    )
    assignment = StringField(
        lazy_gettext("Maximum of the assignment"), filters=[one_line], validators=[Optional()]
    )

    def verdicts(self) -> Iterable[Verdict]:
        for name in ("pre_test", "post_test", "assignment"):
            typed = self._fields[name].data
            maximum = read_number(typed) if typed else None
            if typed and (maximum is None or refusal_of_maximum(maximum)):
                yield Refusal.MAXIMUM, name

    def scale(self) -> Scale:
        pre_test, post_test = read_number(self.pre_test.data), read_number(self.post_test.data)
        assert pre_test is not None
        assert post_test is not None
        assignment = read_number(self.assignment.data) if self.assignment.data else None
        return Scale(pre_test, post_test, assignment)


def scale_form(scale: Scale) -> ScaleForm:
    return ScaleForm(
        data={
            "pre_test": number(scale.pre_test, 2),
            "post_test": number(scale.post_test, 2),
            "assignment": number(scale.assignment, 2),
        }
    )
