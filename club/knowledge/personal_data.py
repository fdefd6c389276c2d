"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from club.db import transaction
from club.knowledge.models import PersonTopic, Topic
from club.web.personal_data import Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _topics(whose: Whose) -> Rows:
    return (
        select(Topic.name.label("topic"), PersonTopic.since, PersonTopic.ended_at)
        .join(Topic, Topic.id == PersonTopic.topic_id)
        .where(PersonTopic.person_id == whose.person_id)
        .order_by(PersonTopic.id)
    )


def _erase(erasure: Erasure) -> None:
    with transaction() as session:
        theirs = PersonTopic.person_id == erasure.whose.person_id
        session.execute(delete(PersonTopic).where(theirs))


PERSONAL_DATA = PersonalPart(
    "knowledge",
    lazy_gettext("Topics you follow"),
    [
        Kept(
            lazy_gettext("Which topics you follow, from when to when"),
            lazy_gettext("Classes may keep places for those who follow their topic"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You"),
        )
    ],
    rows={"person_topic": _topics},
    acted=["article.checked_by_id", "article_revision.by_id", "article_revision.reviewed_by_id"],
    erase=_erase,
    moves={
        "person_topic": Moves(lazy_gettext("Topics followed")),
    },
)
