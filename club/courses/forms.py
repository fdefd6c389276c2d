from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club import clock
from club.courses.completion import ASKED
from club.courses.labels import FACTS, FUNDINGS, RUN_FORMS
from club.courses.models import Course, Funding, Run, RunForm, Session
from club.courses.rules import FIELDS, RunFacts, Slot, refusal_of_slot
from club.people.models import Organisation, Person
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import (
    ClubForm,
    LocalMomentField,
    Verdict,
    at_most,
    one_line,
    paragraphs,
    plausible_day,
)

_ONE = timedelta(days=1)
#: Days from one session to the next.
REPETITIONS = {"once": 0, "daily": 1, "weekly": 7}


class RefusableForm(ClubForm):
    def show(self, refusals: Iterable[StrEnum]) -> None:
        """Each refusal beside the field it is about, else above the form."""
        self.refuse((refusal, FIELDS.get(refusal)) for refusal in refusals)


def _id_or_none(text: str | None) -> int | None:
    return int(text) if text and text != "None" else None


class RunFactsForm(RefusableForm):
    form = SelectField(
        FACTS["form"], choices=[SelectChoice(form.value, RUN_FORMS[form]) for form in RunForm]
    )
    place = StringField(FACTS["place"], filters=[one_line], validators=[Optional(), at_most(200)])
    ward_id = SelectField(FACTS["ward_id"], coerce=_id_or_none)
    host_id = SelectField(FACTS["host_id"], coerce=_id_or_none)
    online_link = StringField(
        FACTS["online_link"], filters=[one_line], validators=[Optional(), at_most(500)]
    )
    seats = IntegerField(
        FACTS["seats"], validators=[InputRequired(lazy_gettext("Write how many places there are."))]
    )
    price_vnd = IntegerField(
        FACTS["price_vnd"],
        default=0,
        validators=[InputRequired(lazy_gettext("Write 0 if the class is free of charge."))],
    )
    funding = SelectField(
        FACTS["funding"], choices=[SelectChoice(kind.value, FUNDINGS[kind]) for kind in Funding]
    )
    registration_opens_at = LocalMomentField(
        FACTS["registration_opens_at"], validators=[Optional()]
    )
    registration_closes_at = LocalMomentField(
        FACTS["registration_closes_at"], validators=[Optional()]
    )
    counting_threshold = IntegerField(
        FACTS["counting_threshold"],
        default=50,
        validators=[InputRequired(lazy_gettext("Write a share in percent, for example 50."))],
    )
    completion_threshold = IntegerField(
        FACTS["completion_threshold"],
        default=80,
        validators=[InputRequired(lazy_gettext("Write a share in percent, for example 80."))],
    )
    post_test_minimum = IntegerField(FACTS["post_test_minimum"], validators=[Optional()])
    assignment_minimum = IntegerField(FACTS["assignment_minimum"], validators=[Optional()])
    confirmation_needed = BooleanField(FACTS["confirmation_needed"])
    note = TextAreaField(
        FACTS["note"], filters=[paragraphs], validators=[Optional(), at_most(2000)]
    )

    def offer(self, *, wards: Sequence[Unit], hosts: Sequence[Organisation]) -> None:
        none = SelectChoice("", lazy_gettext("None"))
        self.ward_id.choices = [
            none,
            *(SelectChoice(str(u.id), unit_name(u)) for u in wards),
        ]
        self.host_id.choices = [none, *(SelectChoice(str(o.id), o.name) for o in hosts)]

    def facts_so_far(self, otherwise: RunFacts) -> RunFacts:
        """What was typed, and of ``otherwise`` what is not sound yet."""
        typed = {
            name: getattr(otherwise, name) if field.errors else field.data
            for name, field in self._fields.items()
            if name in RunFacts.__dataclass_fields__
        }
        typed["form"], typed["funding"] = RunForm(typed["form"]), Funding(typed["funding"])
        return RunFacts(**typed)


def run_facts_form(run: Run) -> RunFactsForm:
    return RunFactsForm(
        data={name: getattr(run, name) for name in RunFacts.__dataclass_fields__}
        | {"form": run.form.value, "funding": run.funding.value}
    )


def new_run_form(course: Course) -> RunFactsForm:
    """A run begins with what completing a run of its course asks for."""
    asked = {name: getattr(course, name) for name in ASKED}
    counting = min(RunFacts.counting_threshold, course.completion_threshold)
    return RunFactsForm(data=asked | {"counting_threshold": counting})


class SessionForm(RefusableForm):
    """One session: a day, and from when to when on it."""

    day = DateField(
        lazy_gettext("Day"),
        validators=[InputRequired(lazy_gettext("Choose the day.")), plausible_day],
    )
    begins = TimeField(
        lazy_gettext("From"),
        validators=[InputRequired(lazy_gettext("Write when it begins, for example 7:30."))],
    )
    ends = TimeField(
        lazy_gettext("To"),
        validators=[InputRequired(lazy_gettext("Write when it ends, for example 11:30."))],
    )
    title = StringField(
        lazy_gettext("Title"), filters=[one_line], validators=[Optional(), at_most(200)]
    )
    place = StringField(
        lazy_gettext("Another place than the class"),
        filters=[one_line],
        validators=[Optional(), at_most(200)],
    )

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("begins", "ends"):
            day = self.day.data if self.sound("day") else clock.today()
            refusal = refusal_of_slot(self._slot_on(day), ())
            if refusal:
                yield refusal, FIELDS[refusal]

    def slot(self, *, days_later: int = 0) -> Slot:
        return self._slot_on(self.day.data + days_later * _ONE)

    def _slot_on(self, day: date) -> Slot:
        return Slot(
            starts_at=clock.instant_of(day, self.begins.data),
            ends_at=clock.instant_of(day, self.ends.data),
            title=self.title.data,
            place=self.place.data,
        )


class NewSessionsForm(SessionForm):
    """Several sessions at the same hours, a day or a week apart."""

    repeat = SelectField(
        lazy_gettext("Repeat"),
        choices=[
            SelectChoice("once", lazy_gettext("Only once")),
            SelectChoice("daily", lazy_gettext("Every day")),
            SelectChoice("weekly", lazy_gettext("Every week")),
        ],
    )
    times = IntegerField(
        lazy_gettext("How many sessions"),
        default=1,
        validators=[
            InputRequired(lazy_gettext("Write a number between 1 and 20.")),
            NumberRange(1, 20, lazy_gettext("Write a number between 1 and 20.")),
        ],
    )

    def slots(self) -> list[Slot]:
        step = REPETITIONS[self.repeat.data]
        times = self.times.data if step else 1
        return [self.slot(days_later=step * number) for number in range(times)]


class TrainerForm(RefusableForm):
    """Somebody of the list, or anybody by name and, where there are several, e-mail."""

    person = SelectField(lazy_gettext("Trainer"))
    full_name = StringField(
        lazy_gettext("Or somebody else, by full name"),
        filters=[one_line],
        validators=[at_most(200)],
    )
    email = StringField(
        lazy_gettext("E-mail of this person"),
        filters=[one_line],
        validators=[at_most(254)],
    )

    def offer(self, people: Sequence[Person]) -> None:
        self.person.choices = [
            SelectChoice("", lazy_gettext("Choose a trainer")),
            *(SelectChoice(str(person.public_id), person.full_name) for person in people),
        ]


class SessionTrainersForm(RefusableForm):
    """Which of the class's trainers hold a session; nobody ticked: all of them."""

    trainers = SelectMultipleField(
        lazy_gettext("Held by"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, run: Run) -> None:
        self.trainers.choices = [
            SelectChoice(str(trainer.person.public_id), trainer.person.full_name)
            for trainer in run.trainers
        ]

    @property
    def chosen(self) -> set[UUID]:
        return {UUID(key) for key in self.trainers.data or ()}


class ButtonForm(ClubForm):
    """No fields: the button is the whole form, and this carries its CSRF token."""


def session_form(session: Session) -> SessionForm:
    begin, end = clock.local(session.starts_at), clock.local(session.ends_at)
    return SessionForm(
        data={
            "day": begin.date(),
            "begins": begin.time(),
            "ends": end.time(),
            "title": session.title,
            "place": session.place,
        }
    )


def session_trainers_form(session: Session) -> SessionTrainersForm:
    named = [str(trainer.person.public_id) for trainer in session.held_by]
    form = SessionTrainersForm(data={"trainers": named})
    form.offer(session.run)
    return form
