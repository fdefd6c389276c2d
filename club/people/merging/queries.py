from collections.abc import Collection

from sqlalchemy import select

from club.db import db
from club.people.models import Person


def held_people(person_ids: Collection[int]) -> dict[int, Person]:
    """As they are now, kept from everybody until the transaction ends; whoever is about to write
    something down about one of them waits (see ``people.holding``).
    """
    query = select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)
    found = db.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    return {person.id: person for person in found}
