"""Who asked for the week's figures."""

from sqlalchemy import bindparam, select

from club.accounts.models import Account, Role
from club.accounts.readers import READER
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.statistics.permissions import ROW_READERS
from club.statistics.weekly.models import WeeklyFigures

#: Put together once: it is asked each time that the dashboard is opened.
_OF_PERSON = select(WeeklyFigures).where(WeeklyFigures.person_id == bindparam("person"))


def weekly_figures_of(person_id: int) -> WeeklyFigures | None:
    return db.session.scalars(_OF_PERSON, {"person": person_id}).one_or_none()


def who_gets_them() -> list[tuple[WeeklyFigures, Reader]]:
    """Those among them who may see the dashboard now, in the order in which they asked."""
    names = [name.value for name in ROW_READERS]
    query = (
        select(WeeklyFigures, *READER)
        .join(Person, Person.id == WeeklyFigures.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(
            Account.active,
            Account.confirmed_at.is_not(None),
            Account.roles.any(Role.name.in_(names)),
        )
        .order_by(WeeklyFigures.id)
    )
    return [(row[0], Reader(*row[1:])) for row in db.session.execute(query)]
