from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Optional, ValidationError

from club import clock
from club.people.labels import AUDIENCE_LABELS, JOB_GROUP_LABELS, SEX_LABELS, SIZE_LABELS
from club.people.models import AudienceKind, JobGroup, Organisation, Person, Sex, SizeClass
from club.people.rules.employment import refusal_to_state_birth_year
from club.people.rules.names import LONGEST_NAME, name_problem
from club.people.rules.phones import digits_in, phone_problem
from club.people.sectors import SECTORS
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import ClubForm, at_most, one_line, plausible_day

#: What the choice "none of those" sends.
NONE_OF_THESE = "none"


def real_name(_form: object, field: Any) -> None:
    problem = name_problem(field.data)
    if problem and len(field.data or "") <= LONGEST_NAME:
        raise ValidationError(gettext(problem.value))


def real_phone(_form: object, field: Any) -> None:
    problem = phone_problem(field.data) if field.data else None
    if problem:
        raise ValidationError(gettext(problem.value, typed=digits_in(field.data)))


def real_birth_year(_form: object, field: Any) -> None:
    refusal = refusal_to_state_birth_year(field.data, today=clock.today())
    if refusal:
        raise ValidationError(gettext(refusal.value))


def plain_address(_form: object, field: Any) -> None:
    if field.data and not field.data.isascii():
        raise ValidationError(
            gettext("Write the address with plain letters, without marks: lan@congty.vn.")
        )


_ADDRESS = [
    Optional(),
    plain_address,
    Email(lazy_gettext("Write a whole address, for example lan@congty.vn.")),
    at_most(200),
]


class PersonForm(ClubForm):
    full_name = StringField(
        lazy_gettext("Full name"), filters=[one_line], validators=[real_name, at_most(200)]
    )
    phone = TelField(lazy_gettext("Phone"), filters=[one_line], validators=[Optional(), real_phone])
    birth_year = IntegerField(
        lazy_gettext("Year of birth"), validators=[Optional(), real_birth_year]
    )
    sex = SelectField(
        lazy_gettext("Sex"),
        choices=[SelectChoice(member.value, SEX_LABELS[member]) for member in Sex],
    )
    ward = SelectField(lazy_gettext("Ward where you live"), validators=[Optional()])
    job_group = SelectField(
        lazy_gettext("What you do"),
        choices=[SelectChoice(member.value, JOB_GROUP_LABELS[member]) for member in JobGroup],
    )

    def offer(self, wards: list[Unit], *, present: Unit | None) -> None:
        self.ward.choices = ward_choices(wards, present=present)


def ward_choices(wards: list[Unit], *, present: Unit | None) -> list[SelectChoice]:
    """Today's wards, and the one stored before if it has ended since."""
    units = wards if present is None or present in wards else [present, *wards]
    none = SelectChoice("", lazy_gettext("Not stated"))
    return [none, *(SelectChoice(unit.key, unit_name(unit)) for unit in units)]


class OrganisationForm(ClubForm):
    name = StringField(
        lazy_gettext("Name of the organisation"),
        filters=[one_line],
        validators=[real_name, at_most(200)],
    )
    tax_code = StringField(
        lazy_gettext("Tax code"), filters=[one_line], validators=[Optional(), at_most(20)]
    )
    #: The doubtful code that is sent all the same; the button beside the doubt carries it.
    tax_code_kept = StringField(filters=[one_line], validators=[Optional()])
    kind = SelectField(
        lazy_gettext("Kind"),
        choices=[
            SelectChoice(member.value, AUDIENCE_LABELS[member])
            for member in AudienceKind
            if member is not AudienceKind.INDIVIDUAL
        ],
        default=AudienceKind.ENTERPRISE.value,
    )
    sector = SelectField(
        lazy_gettext("Sector"),
        choices=[
            SelectChoice("", lazy_gettext("Not stated")),
            *(SelectChoice(key, name) for key, name in SECTORS.items()),
        ],
        validators=[Optional()],
    )
    size_class = SelectField(
        lazy_gettext("Size"),
        choices=[SelectChoice(member.value, SIZE_LABELS[member]) for member in SizeClass],
        default=SizeClass.NOT_STATED.value,
    )
    ward = SelectField(lazy_gettext("Ward where it is"), validators=[Optional()])
    address = StringField(
        lazy_gettext("Address"), filters=[one_line], validators=[Optional(), at_most(300)]
    )
    email = EmailField(lazy_gettext("E-mail"), filters=[one_line], validators=_ADDRESS)
    phone = TelField(lazy_gettext("Phone"), filters=[one_line], validators=[Optional(), real_phone])
    #: Which known organisation is meant, when some look alike.
    same_as = RadioField(
        lazy_gettext("Is it one of these?"),
        choices=[],
        validate_choice=False,
    )

    def offer(self, wards: list[Unit], *, present: Unit | None = None) -> None:
        self.ward.choices = ward_choices(wards, present=present)

    def ask_which(self, known: list[Organisation]) -> None:
        none = SelectChoice(NONE_OF_THESE, lazy_gettext("None of these: it is not in the list yet"))
        self.same_as.choices = [*(SelectChoice(o.code, _told_apart(o)) for o in known), none]


def _told_apart(organisation: Organisation) -> str:
    ward = organisation.ward
    return f"{organisation.name} ({unit_name(ward)})" if ward else organisation.name


class EmploymentDays(ClubForm):
    from_day = DateField(
        lazy_gettext("First day"),
        validators=[
            InputRequired(lazy_gettext("Choose the first day; a near guess is enough.")),
            plausible_day,
        ],
    )
    position = StringField(
        lazy_gettext("Position"), filters=[one_line], validators=[Optional(), at_most(120)]
    )


class WorkplaceForm(OrganisationForm, EmploymentDays):
    """Where somebody says they work."""

    to_day = DateField(lazy_gettext("Last day"), validators=[Optional(), plausible_day])


class ColleagueForm(EmploymentDays):
    """Whom an organisation adds to its people."""

    full_name = StringField(
        lazy_gettext("Full name"), filters=[one_line], validators=[real_name, at_most(200)]
    )
    email = EmailField(lazy_gettext("E-mail"), filters=[one_line], validators=_ADDRESS)
    phone = TelField(lazy_gettext("Phone"), filters=[one_line], validators=[Optional(), real_phone])
    same_as = RadioField(
        lazy_gettext("Is it this person?"),
        choices=[],
        validate_choice=False,
    )

    def ask_which(self, known: list[Person]) -> None:
        none = SelectChoice(NONE_OF_THESE, lazy_gettext("No, somebody else of the same name"))
        self.same_as.choices = [*(SelectChoice(str(p.public_id), p.full_name) for p in known), none]


class LastDayForm(ClubForm):
    last_day = DateField(
        lazy_gettext("Last day"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )
