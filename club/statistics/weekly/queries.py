"""Who asked for the week's figures."""

from sqlalchemy import select

from club.accounts.models import Account, Role
from club.accounts.readers import READER
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.statistics.permissions import ROW_READERS
from club.statistics.weekly.models import WeeklyFigures


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
