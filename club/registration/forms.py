from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from club.courses.rules import MOST_SEATS
from club.people.forms import real_phone
from club.registration.questions.forms import AskingForm
from club.registration.registrants import Employer
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.moving import MoveRefusal
from club.registration.rules.seating import SeatsRefusal
from club.web.forms import ClubForm, at_most, one_line, paragraphs

#: The choice "I come for myself".
INDIVIDUAL = "individual"


class _ComesForForm(ClubForm):
    """As whom somebody comes: for one of today's employers, or for themselves."""

    comes_for = RadioField(lazy_gettext("As whom do you come?"))

    def __init__(self, *, employers: list[Employer], **given: Any) -> None:
        super().__init__(**given)
        self._employers = {employer.code: employer.id for employer in employers}
        self.comes_for.choices = [
            *(SelectChoice(employer.code, employer.name) for employer in employers),
            SelectChoice(INDIVIDUAL, gettext("As an individual")),
        ]
        if self.comes_for.data is None:
            self.comes_for.data = next(iter(self._employers), INDIVIDUAL)

    @property
    def organisation_id(self) -> int | None:
        return self._employers.get(self.comes_for.data)


class RegistrationForm(AskingForm, _ComesForForm):
    """As whom, and what we do not know of the person yet: known fields are left out."""

    phone = TelField(
        lazy_gettext("Mobile phone"), filters=[one_line], validators=[Optional(), real_phone]
    )
    takes_late_place = BooleanField(
        lazy_gettext("Give me a place that falls free in the last 24 hours without asking first")
    )
    any_run = BooleanField(lazy_gettext("I would come to any class of this course"))
    agrees = BooleanField(
        validators=[DataRequired(lazy_gettext(RegistrationRefusal.NO_CONSENT.value))]
    )

    def __init__(
        self, *, needs_phone: bool, needs_consent: bool, may_wait: bool, **given: Any
    ) -> None:
        super().__init__(**given)
        if not may_wait:
            del self.takes_late_place
            del self.any_run
        if not needs_phone:
            del self.phone
        if not needs_consent:
            del self.agrees

    @property
    def wants_late_place(self) -> bool:
        return "takes_late_place" in self and bool(self.takes_late_place.data)

    @property
    def wants_any_run(self) -> bool:
        return "any_run" in self and bool(self.any_run.data)

    @property
    def stated_phone(self) -> str | None:
        return self.phone.data if "phone" in self else None


class OnBehalfForm(_ComesForForm):
    """Staff enter somebody who was found by name before."""

    agrees = BooleanField(
        lazy_gettext("This person agreed on paper that the club keeps these personal data"),
        validators=[DataRequired(lazy_gettext(RegistrationRefusal.CONSENT_NOT_ON_PAPER.value))],
    )

    def __init__(self, *, needs_consent: bool, **given: Any) -> None:
        super().__init__(**given)
        if not needs_consent:
            del self.agrees


class ReasonForm(ClubForm):
    """Why staff do something that others will read."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write the reason: the person concerned reads it.")),
            at_most(1000),
        ],
    )


class WithdrawalForm(ClubForm):
    """A person leaves; whether a reason is needed is the operation's verdict."""

    reason = TextAreaField(
        lazy_gettext("Why can you not come?"), filters=[paragraphs], validators=[at_most(1000)]
    )
    #: The button stood beside an offer.
    only_offer = BooleanField()


class DeclineForm(WithdrawalForm):
    """The same by the link in a letter. The link is the proof, so it needs no token of a form."""

    class Meta(WithdrawalForm.Meta):
        csrf = False

    objects = BooleanField(
        lazy_gettext(
            "I have not agreed that the club keeps my data: take that agreement back, and let no "
            "organisation enter me again"
        )
    )


class PlaceInLineForm(ReasonForm):
    place = IntegerField(
        lazy_gettext("New place in the line"),
        validators=[InputRequired(lazy_gettext(MoveRefusal.NO_SUCH_PLACE.value))],
    )


class SeatsForm(ClubForm):
    seats = IntegerField(
        lazy_gettext("Places"),
        validators=[
            InputRequired(lazy_gettext(SeatsRefusal.OUT_OF_RANGE.value)),
            NumberRange(1, MOST_SEATS, lazy_gettext(SeatsRefusal.OUT_OF_RANGE.value)),
        ],
    )
