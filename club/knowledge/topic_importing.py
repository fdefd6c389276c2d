"""Brings ``content/topics.yaml`` in."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.knowledge.models import Topic


def sync_topics(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  one shape for all rooms
    """Add and rename the topics of ``folder/topics.yaml``; harmless to repeat.

    A topic that the file no longer names stays: courses and training records refer to it.
    """
    given = read_yaml(folder / "topics.yaml")
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        known = {topic.key: topic for topic in session.scalars(select(Topic))}
        for position, row in enumerate(given["topics"], start=1):
            facts = {"name": row["vi"], "name_en": row["en"], "position": position}
            topic = known.get(row["key"])
            if topic is None:
                session.add(Topic(key=row["key"], **facts))
                tally["added"] += 1
            elif facts != {name: getattr(topic, name) for name in facts}:
                for name, value in facts.items():
                    setattr(topic, name, value)
                tally["changed"] += 1
            else:
                tally["unchanged"] += 1
    return Synced(**tally)
