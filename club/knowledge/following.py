"""The topics that people follow: their own choice, which classes may keep seats for."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from club.db import db, transaction
from club.knowledge.models import PersonTopic, Topic
from club.people.models import Person


def followed_topics(person_ids: Collection[int], *, at: datetime) -> dict[int, frozenset[int]]:
    """The ids of the topics that each of the people follows at that moment, in one statement;
    who follows none is there too.
    """
    query = select(PersonTopic.person_id, PersonTopic.topic_id).where(
        PersonTopic.person_id.in_(person_ids),
        PersonTopic.since <= at,
        or_(PersonTopic.ended_at.is_(None), PersonTopic.ended_at > at),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, topic_id in db.session.execute(query):
        found[person_id].add(topic_id)
    return {person_id: frozenset(found[person_id]) for person_id in person_ids}


def follow_only(person_id: int, topic_keys: Collection[str], *, now: datetime) -> None:
    """Follow these topics and no others. What was followed before stays so since then."""
    with transaction() as session:
        # Two at once would both begin what neither saw begun.
        session.get_one(Person, person_id, with_for_update=True)
        wanted = set(session.scalars(select(Topic.id).where(Topic.key.in_(topic_keys))))
        going_on = select(PersonTopic).where(
            PersonTopic.person_id == person_id, PersonTopic.ended_at.is_(None)
        )
        for followed in session.scalars(going_on):
            if followed.topic_id in wanted:
                wanted.remove(followed.topic_id)
            else:
                followed.ended_at = now
        session.add_all(
            PersonTopic(person_id=person_id, topic_id=topic_id, since=now) for topic_id in wanted
        )
