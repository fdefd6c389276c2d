from sqlalchemy import exists, select

from club.accounts.models import Account
from club.db import db
from club.demo.models import DemoLoad
from club.people.models import Person


def is_demo() -> bool:
    """Whether the people in this database are invented."""
    return bool(db.session.scalar(select(exists().where(DemoLoad.id > 0))))


def has_people() -> bool:
    """Whether anybody is in the database yet, so that nothing invented may be added."""
    found = select(exists().where(Person.id > 0) | exists().where(Account.id > 0))
    return bool(db.session.scalar(found))
