"""What one text names, in one question: tools, courses that teach it, topics."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, literal, null, select, union_all

from club.db import db
from club.knowledge.models import ArticleCourse, ArticleTool, ArticleTopic, Tool, Topic
from club.knowledge.queries import page_of_tool
from club.knowledge.rows import CourseLink, ToolTag, TopicName
from club.search.models import SearchDocument


@dataclass(frozen=True)
class Named:
    """Each list in the order of the text."""

    tools: list[ToolTag] = field(default_factory=list)
    courses: list[CourseLink] = field(default_factory=list)
    topics: list[TopicName] = field(default_factory=list)


def named_by(article_id: int, *, language: str) -> Named:
    """Courses are a room above: the index knows their titles in the language."""
    tools = (
        select(
            literal("tool").label("what"), ArticleTool.position, Tool.key, Tool.name, Tool.name_en,
            page_of_tool(),
        )
        .join(Tool, Tool.id == ArticleTool.tool_id)
        .where(ArticleTool.article_id == article_id)
    )  # fmt: skip
    known = and_(
        SearchDocument.ref == literal("course:") + ArticleCourse.course_code,
        SearchDocument.language == language,
    )
    courses = (
        select(
            literal("course"), ArticleCourse.position, ArticleCourse.course_code,
            SearchDocument.title, null(), SearchDocument.url,
        )
        .outerjoin(SearchDocument, known)
        .where(ArticleCourse.article_id == article_id)
    )  # fmt: skip
    topics = (
        select(literal("topic"), Topic.position, Topic.key, Topic.name, Topic.name_en, null())
        .join(ArticleTopic, ArticleTopic.topic_id == Topic.id)
        .where(ArticleTopic.article_id == article_id)
    )
    found = Named()
    rows: Iterable[Any] = db.session.execute(union_all(tools, courses, topics).order_by("position"))
    for row in rows:
        if row.what == "tool":
            found.tools.append(ToolTag(row.key, row.name, row.name_en, row.slug))
        elif row.what == "course":
            found.courses.append(CourseLink(row.key, row.name, row.slug))
        else:
            found.topics.append(TopicName(row.key, row.name, row.name_en))
    return found
