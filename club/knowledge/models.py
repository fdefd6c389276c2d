from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.knowledge.evidence.kinds import MeasureKind
from club.units.models import Unit


class Topic(Model):
    """A field of knowledge that courses, tools and cases belong to."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int]


class PersonTopic(Model):
    """Somebody follows a topic, from a moment to a moment. Ended, never deleted."""

    __tablename__ = "person_topic"
    __table_args__ = (
        CheckConstraint("since <= ended_at", name="begins_before_it_ends"),
        Index(
            "uq_person_topic_open",
            "person_id",
            "topic_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Tool(Model):
    """A way to improve that cases can name, whether or not it has a page of its own."""

    __tablename__ = "tool"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int]


class ArticleKind(StrEnum):
    CASE = "case"
    TOOL = "tool"
    ARTICLE = "article"


class Article(Model):
    """A text to read: a case, a tool's page, or anything else worth explaining."""

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("published_at <= modified_at", name="published_before_modified"),
        Index("ix_article_kind", "kind", "retired_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ArticleKind]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_en: Mapped[str]
    summary: Mapped[str]
    summary_en: Mapped[str]
    #: Markdown, in Vietnamese.
    body: Mapped[str]
    #: What ``rendering.render`` made of it: safe to show as it is.
    body_html: Mapped[str]
    #: A short version in English, and what was made of it; most texts have none.
    body_en: Mapped[str | None]
    body_en_html: Mapped[str | None]
    reading_minutes: Mapped[int]
    #: When somebody last compared the text with its sources, and who, if it was said on the site.
    checked_on: Mapped[date]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: The day from which on it should be compared with them again.
    review_by: Mapped[date] = mapped_column(index=True)
    #: The ``review_by`` of which editors have been reminded.
    reminded_of: Mapped[date | None]
    #: ``{"title": …, "url": … or null, "secondary": whether only a retelling was read}``
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: The file it comes from, below ``content/``, and the hash of what was read there.
    content_path: Mapped[str | None] = mapped_column(unique=True)
    content_hash: Mapped[str | None]
    #: The version of ``rendering`` that made its HTML.
    rendering: Mapped[int]
    #: The number of the ``ArticleRevision`` that it shows.
    revision: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime]
    modified_at: Mapped[datetime] = mapped_column(index=True)
    #: Kept, but neither listed nor shown.
    retired_at: Mapped[datetime | None]
    #: What is to be read instead of a retired text.
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    #: A firm took back its agreement: of a retired text not even the title is shown.
    withheld: Mapped[bool] = mapped_column(default=False)

    case: Mapped["CaseStudy | None"] = relationship(
        back_populates="article", cascade="all, delete-orphan"
    )
    measures: Mapped[list["Measure"]] = relationship(
        order_by="Measure.position", cascade="all, delete-orphan"
    )
    topics: Mapped[list[Topic]] = relationship(
        secondary="article_topic", order_by=Topic.position, viewonly=True
    )
    tools: Mapped[list[Tool]] = relationship(
        secondary="article_tool", order_by="ArticleTool.position", viewonly=True
    )
    topic_links: Mapped[list["ArticleTopic"]] = relationship(cascade="all, delete-orphan")
    tool_links: Mapped[list["ArticleTool"]] = relationship(
        order_by="ArticleTool.position", cascade="all, delete-orphan"
    )
    course_links: Mapped[list["ArticleCourse"]] = relationship(
        order_by="ArticleCourse.position", cascade="all, delete-orphan"
    )


class ArticleTopic(Model):
    __tablename__ = "article_topic"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, index=True)


class ArticleTool(Model):
    """A case used a tool; a tool's page is about its first one."""

    __tablename__ = "article_tool"
    __table_args__ = (UniqueConstraint("article_id", "position"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), primary_key=True, index=True)
    position: Mapped[int]


class ArticleCourse(Model):
    """A course teaches what the text is about. Courses are a room above: their code only."""

    __tablename__ = "article_course"
    __table_args__ = (UniqueConstraint("article_id", "position"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    course_code: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class ResultKind(StrEnum):
    """Where a case's result comes from, in the source's own words or ways."""

    MEASURED_BEFORE_AFTER = "measured_before_after"
    RANDOMISED_TRIAL = "randomised_trial"
    MEASURED_AFTER_ONLY = "measured_after_only"
    REPORTED_CHANGE = "reported_change"
    COMPANY_STATEMENT = "company_statement"
    STUDY_RESULT = "study_result"
    THIRD_PARTY_ACCOUNT = "third_party_account"
    #: Nobody measured the following: they are C.
    SIMULATION = "simulation"
    PROJECTED_FUTURE_STATE = "projected_future_state"
    EXPECTED = "expected"
    APPROVED_PLAN = "approved_plan"


class Strength(StrEnum):
    """How much a case's figures prove. C proves nothing yet, and is never shown as measured."""

    A = "A"
    B = "B"
    C = "C"


class FigureShape(StrEnum):
    """What the source gives of the headline figure, the clearest first."""

    BEFORE_AND_AFTER = "before_and_after"
    CHANGE_ONLY = "change_only"
    AFTER_ONLY = "after_only"
    #: Of C, whatever figures there are.
    NOT_MEASURED = "not_measured"


class CaseStudy(Model):
    """The facts of a case, each only as far as its source states it."""

    __tablename__ = "case_study"
    __table_args__ = (CheckConstraint("length(country) = 2", name="country_code"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    organisation: Mapped[str]
    #: Where it is described and not named; a name stays as it is in all languages.
    organisation_en: Mapped[str | None]
    #: The source prints the name without Vietnamese marks.
    name_unconfirmed: Mapped[bool] = mapped_column(default=False)
    country: Mapped[str]
    place: Mapped[str | None]
    #: The ward or commune, where the site has it.
    unit_key: Mapped[str | None] = mapped_column(ForeignKey("unit.key"), index=True)
    #: A key of ``club.people.sectors``.
    sector: Mapped[str] = mapped_column(index=True)
    size: Mapped[str | None]
    size_en: Mapped[str | None]
    #: As known: ``2018 – 2019``.
    year: Mapped[str | None]
    duration: Mapped[str | None]
    duration_en: Mapped[str | None]
    cost: Mapped[str | None]
    cost_en: Mapped[str | None]
    programme: Mapped[str | None]
    programme_en: Mapped[str | None]
    problem: Mapped[str | None]
    problem_en: Mapped[str | None]
    result_kind: Mapped[ResultKind]
    strength: Mapped[Strength]
    #: Of the first measure, for the order of lists.
    figure_shape: Mapped[FigureShape]
    #: How many of its measures have an exact number before and after, for the same order;
    #: none of C.
    exact_pairs: Mapped[int] = mapped_column(default=0)
    how_measured: Mapped[str | None]
    how_measured_en: Mapped[str | None]
    unknown: Mapped[list[str]] = mapped_column(default=list)
    unknown_en: Mapped[list[str]] = mapped_column(default=list)

    article: Mapped[Article] = relationship(back_populates="case")
    unit: Mapped[Unit | None] = relationship()


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Measure(Model):
    """One figure of a case. The first one is the headline."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("article_id", "position"),
        CheckConstraint("position >= 1", name="position_counts"),
        CheckConstraint("after_text IS NOT NULL OR change IS NOT NULL", name="says_something"),
        CheckConstraint(
            "before_number IS NULL OR before_text IS NOT NULL", name="before_is_written"
        ),
        CheckConstraint("after_number IS NULL OR after_text IS NOT NULL", name="after_is_written"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    position: Mapped[int]
    metric: Mapped[str]
    metric_en: Mapped[str]
    about: Mapped[MeasureKind] = mapped_column(default=MeasureKind.OTHER)
    unit: Mapped[str | None]
    unit_en: Mapped[str | None]
    #: As the source has it, written the Vietnamese way: ``2–3``, ``< 0,5``, ``3.814``.
    before_text: Mapped[str | None]
    after_text: Mapped[str | None]
    #: Where the source gives one exact number.
    before_number: Mapped[float | None]
    after_number: Mapped[float | None]
    change: Mapped[str | None]
    change_en: Mapped[str | None]
    direction: Mapped[Direction]
    period: Mapped[str | None]
    period_en: Mapped[str | None]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    #: Unless said, those of the case.
    own_strength: Mapped[Strength | None]
    how_measured: Mapped[str | None]
    how_measured_en: Mapped[str | None]
    #: Which of the text's sources gives it, from 1.
    source: Mapped[int | None]
    #: What sources give otherwise: ``{"before", "after", "change", "where"}`` as in the text.
    conflicts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
