"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from club.db import transaction
from club.people.models import Employment, JobGroup, Organisation, Person, Sex
from club.units.models import Unit
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _person(whose: Whose) -> Rows:
    return (
        select(
            Person.public_id.label("person"),
            Person.full_name,
            Person.birth_year,
            Person.sex,
            Person.job_group,
            Person.email,
            Person.phone,
            Unit.name.label("ward"),
            Person.language,
            Person.created_at,
        )
        .outerjoin(Unit, Unit.id == Person.ward_id)
        .where(Person.id == whose.person_id)
    )


def _employments(whose: Whose) -> Rows:
    return (
        select(
            Organisation.name.label("organisation"),
            Employment.from_day,
            Employment.to_day,
            Employment.position,
            Employment.represents,
        )
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.person_id == whose.person_id)
        .order_by(Employment.from_day, Employment.id)
    )


def _own_id(whose: Whose) -> Rows:
    return select(Person.public_id).where(Person.id == whose.person_id)


def _employers(whose: Whose) -> Rows:
    return (
        select(Organisation.code, Person.created_at)
        .join(Employment, Employment.organisation_id == Organisation.id)
        .join(Person, Person.id == Employment.person_id)
        .where(Person.id == whose.person_id)
    )


def _erase(erasure: Erasure) -> None:
    with transaction() as session:
        theirs = Employment.person_id == erasure.whose.person_id
        session.execute(delete(Employment).where(theirs))
        person = session.get_one(Person, erasure.whose.person_id, with_for_update=True)
        person.full_name = ERASED_NAME
        person.birth_year = person.email = person.phone = person.ward_id = None
        person.sex, person.job_group = Sex.NOT_STATED, JobGroup.NOT_STATED
        session.flush()


PERSONAL_DATA = PersonalPart(
    "people",
    lazy_gettext("Who you are"),
    [
        Kept(
            lazy_gettext(
                "Name, e-mail address, telephone, year of birth, sex, kind of job, ward, language"
            ),
            lazy_gettext(
                "To keep your places, write to you, put your name on certificates, and count"
                " trainees by groups"
            ),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext(
                "You, the club's coordinators and administrators, trainers of your classes"
            ),
        ),
        Kept(
            lazy_gettext("Where you work and worked, from when to when, and in which position"),
            lazy_gettext("So that your organisation can send you to classes and is counted right"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You, representatives of that organisation, the club's coordinators"),
        ),
    ],
    rows={"person": _person, "employment": _employments},
    seen_as={"person": _own_id},
    listed_in={"organisation": _employers},
    erase=_erase,
    moves={
        "employment": Moves(lazy_gettext("Places of work")),
    },
)
