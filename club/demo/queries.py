from datetime import date

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import joinedload

from club.accounts.models import Account
from club.db import db
from club.demo.models import DemoLoad
from club.identity.models import ClubProfile
from club.identity.queries import selected_profile
from club.people.models import Person


def is_demo() -> bool:
    """Whether the people in this database are invented."""
    return bool(db.session.scalar(select(exists().where(DemoLoad.id > 0))))


def profile_and_is_demo(day: date) -> tuple[ClubProfile | None, bool]:
    """How the club presents itself on a day, and ``is_demo``: every page asks for both at once."""
    one_row = select(literal(1)).subquery()
    of_the_day = selected_profile(day).with_only_columns(ClubProfile.id).scalar_subquery()
    query = (
        select(ClubProfile, exists().where(DemoLoad.id > 0))
        .select_from(one_row.outerjoin(ClubProfile, ClubProfile.id == of_the_day))
        .options(joinedload(ClubProfile.owner))
    )
    profile, invented = db.session.execute(query).one()
    return profile, invented


def has_people() -> bool:
    """Whether anybody is in the database yet, so that nothing invented may be added."""
    found = select(exists().where(Person.id > 0) | exists().where(Account.id > 0))
    return bool(db.session.scalar(found))
