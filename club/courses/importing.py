"""Brings ``content/courses.yaml`` in. What staff changed in the browser stays as they left it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from club.courses.indexing import index_course
from club.courses.models import Course, CourseAudience
from club.courses.run_story import changing_course
from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.knowledge.models import Topic
from club.vietnamese import slug


def sync_courses(folder: Path, *, now: datetime) -> Synced:
    """Add and mend the courses of ``folder/courses.yaml``; harmless to repeat.

    The topics must be there. A course's address is made of its first title and stays.
    """
    given = read_yaml(folder / "courses.yaml")
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        topics = {topic.key: topic.id for topic in session.scalars(select(Topic))}
        known = {course.code: course for course in session.scalars(select(Course))}
        for position, row in enumerate(given["courses"], start=1):
            facts = {**_facts(row), "topic_id": topics[row["topic"]], "position": position}
            course = known.get(row["code"])
            if course is None:
                course = Course(code=row["code"], slug=slug(facts["title"]), **facts)
                session.add(course)
                index_course(course, now=now)
                tally["added"] += 1
            elif course.edited_at is None and _differs(course, facts):
                with changing_course(course, now=now):
                    for name, value in facts.items():
                        setattr(course, name, value)
                index_course(course, now=now)
                tally["changed"] += 1
            else:
                tally["unchanged"] += 1
    return Synced(**tally)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    days = row.get("duration_days") or [None, None]
    nothing: dict[str, Any] = {}
    return {
        "title": row["title"]["vi"],
        "title_en": row["title"]["en"],
        "summary": row.get("summary", nothing).get("vi"),
        "summary_en": row.get("summary", nothing).get("en"),
        "audience": row.get("audience", nothing).get("vi", []),
        "audience_en": row.get("audience", nothing).get("en", []),
        "audience_keys": [CourseAudience(key).value for key in row.get("for", [])],
        "outline": row.get("outline", nothing).get("vi", []),
        "outline_en": row.get("outline", nothing).get("en", []),
        "duration_days_min": days[0],
        "duration_days_max": days[1],
        "duration_source": row.get("duration_source"),
        "outline_source": row.get("outline_source"),
    }


def _differs(course: Course, facts: dict[str, Any]) -> bool:
    return any(getattr(course, name) != value for name, value in facts.items())
