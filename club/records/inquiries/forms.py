from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from club.records.inquiries.operations import Application, Opinion
from club.records.inquiries.rules import RATINGS, refusal_of_measure
from club.records.results.forms import read_number
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs

_LARGEST, _DECIMALS = Decimal(10) ** 12, 3
#: The club's own questions; each is answered by agreeing from 1 to 5.
QUESTIONS: dict[str, LazyString] = {
    "useful": lazy_gettext("What I learned is useful for my work."),
    "clear": lazy_gettext("The trainer explained things clearly."),
    "practical": lazy_gettext("There was enough practice and time for questions."),
    "recommended": lazy_gettext("I would recommend this class to colleagues."),
}
BETTER = lazy_gettext("What should be better next time?")
_AGREEMENT = [
    SelectChoice("5", lazy_gettext("5: agree fully")),
    SelectChoice("4", lazy_gettext("4: agree")),
    SelectChoice("3", lazy_gettext("3: in between")),
    SelectChoice("2", lazy_gettext("2: disagree")),
    SelectChoice("1", lazy_gettext("1: do not agree at all")),
]


def _question(name: str) -> RadioField:
    return RadioField(
        QUESTIONS[name],
        choices=_AGREEMENT,
        validators=[InputRequired(lazy_gettext("Choose one of the five answers."))],
    )


class _InquiryForm(ClubForm):
    class Meta(ClubForm.Meta):
        # Behind the sign-in every request is checked; by the link its token is the proof.
        csrf = False


class FeedbackForm(_InquiryForm):
    useful = _question("useful")
    clear = _question("clear")
    practical = _question("practical")
    recommended = _question("recommended")
    better = TextAreaField(BETTER, filters=[paragraphs], validators=[Optional(), at_most(2000)])

    def opinion(self) -> Opinion:
        ratings = {name: int(self._fields[name].data) for name in RATINGS}
        return Opinion(**ratings, better=self.better.data)


def _is_number(_form: object, field: Any) -> None:
    number = read_number(field.data)
    if number is None:
        raise ValidationError(gettext("Write the value as a number, for example 12.5."))
    if abs(number) >= _LARGEST:
        raise ValidationError(gettext("This number is too large."))
    if number != round(number, _DECIMALS):
        raise ValidationError(gettext("Write at most three decimals."))


class FollowUpForm(_InquiryForm):
    applied = TextAreaField(
        lazy_gettext("What have you applied?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write what you applied, or that you have not yet.")),
            at_most(2000),
        ],
    )
    changed = TextAreaField(
        lazy_gettext("What has changed?"),
        filters=[paragraphs],
        validators=[Optional(), at_most(2000)],
    )
    quantity = StringField(
        lazy_gettext("What was measured"), filters=[one_line], validators=[Optional(), at_most(200)]
    )
    before = StringField(
        lazy_gettext("Value before"), filters=[one_line], validators=[Optional(), _is_number]
    )
    after = StringField(
        lazy_gettext("Value after"), filters=[one_line], validators=[Optional(), _is_number]
    )
    unit = StringField(
        lazy_gettext("Unit of measure"), filters=[one_line], validators=[Optional(), at_most(50)]
    )
    measured_how = StringField(
        lazy_gettext("How it was measured"),
        filters=[one_line],
        validators=[Optional(), at_most(500)],
    )
    may_become_case = BooleanField(
        lazy_gettext("The club may come back to me to make a case study of it")
    )

    def verdicts(self) -> Iterable[Verdict]:
        if not (self.before.errors or self.after.errors):
            wrong = refusal_of_measure(self.quantity.data, self._before, self._after)
            if wrong:
                yield wrong

    def application(self) -> Application:
        return Application(
            applied=self.applied.data,
            changed=self.changed.data,
            quantity=self.quantity.data,
            unit=self.unit.data,
            before=self._before,
            after=self._after,
            measured_how=self.measured_how.data,
            may_become_case=bool(self.may_become_case.data),
        )

    @property
    def _before(self) -> Decimal | None:
        return read_number(self.before.data) if self.before.data else None

    @property
    def _after(self) -> Decimal | None:
        return read_number(self.after.data) if self.after.data else None
