from pathlib import Path

from sqlalchemy import select

from club.db import db, transaction
from club.files.synced import Synced
from club.knowledge.models import Topic
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW, a_topic

CONTENT = Path(__file__).parents[2] / "content"


def test_six_topics_come_in_once_and_in_order():
    assert sync_topics(CONTENT, now=NOW) == Synced(added=6, changed=0, unchanged=0)
    assert sync_topics(CONTENT, now=NOW) == Synced(added=0, changed=0, unchanged=6)
    keys = db.session.scalars(select(Topic.key).order_by(Topic.position)).all()
    assert keys == [
        "improvement_tools",
        "management_systems",
        "measurement",
        "digital",
        "public_green",
        "experts",
    ]


def test_a_renamed_topic_is_mended_and_a_foreign_one_stays():
    a_topic(key="own_topic", position=99)
    sync_topics(CONTENT, now=NOW)
    with transaction() as session:
        session.scalars(select(Topic).where(Topic.key == "digital")).one().name = "Số"
    assert sync_topics(CONTENT, now=NOW) == Synced(added=0, changed=1, unchanged=5)
    names = dict(db.session.execute(select(Topic.key, Topic.name)).all())
    assert names["digital"] == "Chuyển đổi số và thông minh hóa"
    assert "own_topic" in names
