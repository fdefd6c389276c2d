"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased

from club.db import transaction
from club.people.merging.models import PeopleApart, PersonMerge
from club.people.models import Employment, JobGroup, Organisation, Person, Sex
from club.units.models import Unit
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose

_ENTRIES = (PersonMerge.kept_id, PersonMerge.gone_id)


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


def _merges(whose: Whose) -> Rows:
    """Entries that became one with this one, and whether that still holds."""
    other = aliased(Person)
    mine = or_(*(column == whose.person_id for column in _ENTRIES))
    return (
        select(
            other.public_id.label("other_entry"),
            other.full_name,
            PersonMerge.reason,
            PersonMerge.merged_at,
            PersonMerge.undone_at,
            PersonMerge.undone_reason,
        )
        .join(other, other.id == PersonMerge.kept_id + PersonMerge.gone_id - whose.person_id)
        .where(mine)
        .order_by(PersonMerge.id)
    )


def _told_apart(whose: Whose) -> Rows:
    """That the club asked itself whether two entries are one person, and found they are not."""
    mine = or_(PeopleApart.one_id == whose.person_id, PeopleApart.other_id == whose.person_id)
    return select(PeopleApart.at).where(mine).order_by(PeopleApart.id)


def _own_id(whose: Whose) -> Rows:
    return select(Person.public_id).where(Person.id == whose.person_id)


def _merge_ids(whose: Whose) -> Rows:
    return select(PersonMerge.public_id).where(
        or_(*(column == whose.person_id for column in _ENTRIES))
    )


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
        about = or_(*(column == erasure.whose.person_id for column in _ENTRIES))
        session.execute(update(PersonMerge).where(about).values(reason=ERASED_NAME))
        undone = PersonMerge.undone_at.is_not(None)
        session.execute(update(PersonMerge).where(about, undone).values(undone_reason=ERASED_NAME))
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
            lazy_gettext("That the club had entered you twice, and put the two together"),
            lazy_gettext("So that a wrong joining can be undone"),
            lazy_gettext("Without end; after erasure without your name and words"),
            lazy_gettext("You and the club's coordinators"),
        ),
        Kept(
            lazy_gettext("Where you work and worked, from when to when, and in which position"),
            lazy_gettext("So that your organisation can send you to classes and is counted right"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You, representatives of that organisation, the club's coordinators"),
        ),
    ],
    rows={
        "person": _person,
        "employment": _employments,
        "person_merge": _merges,
        "people_apart": _told_apart,
    },
    acted=("person_merge.by_id", "person_merge.undone_by_id", "people_apart.by_id"),
    seen_as={"person": _own_id, "person_merge": _merge_ids},
    listed_in={"organisation": _employers},
    erase=_erase,
    moves={
        "employment": Moves(lazy_gettext("Places of work")),
    },
    stays=(
        "person.merged_into_id",
        "person_merge.kept_id",
        "person_merge.gone_id",
        "people_apart.one_id",
        "people_apart.other_id",
    ),
)
