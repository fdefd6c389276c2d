"""Many people at once. What takes time is done before anybody has to wait for the lock."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, update

from club.db import transaction
from club.people.facts import PersonFacts
from club.people.models import NAMELESS, Person
from club.vietnamese import folded, name_sort_key


def rows_of(new: Sequence[PersonFacts], *, now: datetime) -> list[dict[str, Any]]:
    """``new`` as they are stored. Names, phones and addresses are in their stored form already."""
    return [
        {
            **vars(facts),
            "public_id": uuid.uuid4(),
            "sort_key": name_sort_key(facts.full_name),
            "search_key": folded(facts.full_name),
            "created_at": now,
        }
        for facts in new
    ]


def insert_people(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Their ids, in the order of the rows."""
    if not rows:
        return []
    with transaction() as session:
        last = session.scalar(select(func.max(Person.id))) or 0
        session.execute(insert(cast("Table", Person.__table__)), rows)
        added = session.execute(select(Person.public_id, Person.id).where(Person.id > last))
        ids: dict[uuid.UUID, int] = dict(added.all())
        return [ids[row["public_id"]] for row in rows]


def forget_names(person_ids: Sequence[int]) -> None:
    """Take away whatever says who these people are; their rows stay for the figures."""
    with transaction() as session:
        session.execute(
            update(Person)
            .where(Person.id.in_(person_ids))
            .values(
                full_name=NAMELESS,
                sort_key=name_sort_key(NAMELESS),
                search_key=folded(NAMELESS),
                email=None,
                phone=None,
                birth_year=None,
                ward_id=None,
            )
        )
