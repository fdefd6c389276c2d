from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.models import Account, Role, RoleName, account_role
from club.db import db
from club.knowledge.models import Article, ArticleKind, ArticleTopic, Topic
from club.knowledge.questions.models import WAITING, MemberQuestion, QuestionState
from club.knowledge.questions.rules import A_WEEK
from club.people.models import Person
from club.web.pages import Page

_PER_PAGE = 20
_IS_PUBLIC = MemberQuestion.state == QuestionState.PUBLISHED
#: The kinds of texts in the order in which they help with a question.
_MOST_USEFUL = case({ArticleKind.TOOL: 0, ArticleKind.ARTICLE: 1}, value=Article.kind, else_=2)


@dataclass(frozen=True)
class TextLink:
    slug: str
    title: str
    title_en: str


@dataclass(frozen=True)
class QuestionRow:
    """A published question as lists show it."""

    slug: str
    title: str
    published_at: datetime
    topic: str
    topic_en: str


@dataclass(frozen=True)
class DeskRow:
    """A question as the coordinators' desk shows it: without who asked."""

    public_id: UUID
    title: str
    state: QuestionState
    asked_at: datetime
    topic: str
    topic_en: str
    drafter: str | None


@dataclass(frozen=True)
class Trainer:
    account_id: int
    #: Of the person.
    public_id: UUID
    full_name: str


@dataclass(frozen=True)
class TopicCount:
    key: str
    name: str
    name_en: str
    number: int


_ROW = (
    MemberQuestion.slug,
    MemberQuestion.title,
    MemberQuestion.published_at,
    Topic.name,
    Topic.name_en,
)


def question_by_public_id(public_id: UUID) -> MemberQuestion | None:
    """With its steps and whom it concerns."""
    query = (
        select(MemberQuestion)
        .where(MemberQuestion.public_id == public_id)
        .options(
            joinedload(MemberQuestion.person),
            joinedload(MemberQuestion.topic),
            joinedload(MemberQuestion.article),
            joinedload(MemberQuestion.drafter),
            selectinload(MemberQuestion.steps),
        )
    )
    return db.session.scalars(query).one_or_none()


def question_by_slug(slug: str) -> MemberQuestion | None:
    """Also one that is not public any more."""
    query = (
        select(MemberQuestion)
        .where(MemberQuestion.slug == slug)
        .options(joinedload(MemberQuestion.topic), joinedload(MemberQuestion.article))
    )
    return db.session.scalars(query).one_or_none()


def published_questions(*, topic: str = "", page: int = 1) -> Page[QuestionRow]:
    """The newest first. ``topic`` is a key; without one those of all topics."""
    query = _published()
    if topic:
        query = query.where(Topic.key == topic)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(query.limit(_PER_PAGE).offset((page - 1) * _PER_PAGE))
    return Page([QuestionRow(*row) for row in rows], page, _PER_PAGE, total)


def topics_with_questions() -> list[TopicCount]:
    query = (
        select(Topic.key, Topic.name, Topic.name_en, func.count(MemberQuestion.id))
        .join(MemberQuestion, MemberQuestion.topic_id == Topic.id)
        .where(_IS_PUBLIC)
        .group_by(Topic.id)
        .order_by(Topic.position)
    )
    return [TopicCount(*row) for row in db.session.execute(query)]


def other_questions(question: MemberQuestion, *, limit: int) -> list[QuestionRow]:
    """Published ones of the same topic."""
    query = _published().where(
        MemberQuestion.topic_id == question.topic_id, MemberQuestion.id != question.id
    )
    return [QuestionRow(*row) for row in db.session.execute(query.limit(limit))]


def questions_about(article_id: int, *, limit: int) -> list[QuestionRow]:
    """Published ones about a text, the newest first."""
    query = _published().where(MemberQuestion.article_id == article_id).limit(limit)
    return [QuestionRow(*row) for row in db.session.execute(query)]


def texts_on_topic(question: MemberQuestion, *, limit: int) -> list[TextLink]:
    """What to read about it: the text that it is about, then those of its topic, tools first."""
    is_meant = case((Article.id == question.article_id, 0), else_=1)
    on_topic = select(ArticleTopic.article_id).where(ArticleTopic.topic_id == question.topic_id)
    query = (
        _texts()
        .where(Article.id.in_(on_topic) | (Article.id == question.article_id))
        .order_by(is_meant, _MOST_USEFUL, Article.published_at.desc(), Article.slug)
        .limit(limit)
    )
    return [TextLink(*row) for row in db.session.execute(query)]


def texts_to_ask_about() -> list[TextLink]:
    """The tools' pages and articles, by title."""
    query = _texts().where(Article.kind != ArticleKind.CASE)
    return [
        TextLink(*row) for row in db.session.execute(query.order_by(_MOST_USEFUL, Article.slug))
    ]


def text_by_slug(slug: str) -> Article | None:
    """One that is shown, with its topics."""
    query = select(Article).where(Article.slug == slug, Article.retired_at.is_(None))
    return db.session.scalars(query.options(selectinload(Article.topics))).one_or_none()


def topic_by_key(key: str) -> Topic | None:
    return db.session.scalars(select(Topic).where(Topic.key == key)).one_or_none()


def asked_by(person_id: int) -> list[MemberQuestion]:
    query = (
        select(MemberQuestion)
        .where(MemberQuestion.person_id == person_id)
        .order_by(MemberQuestion.asked_at.desc(), MemberQuestion.id.desc())
    )
    return list(db.session.scalars(query.options(joinedload(MemberQuestion.topic))))


def numbers_of(person_id: int, *, now: datetime) -> tuple[int, int]:
    """How many questions of the person wait for an answer, and how many were asked in a week."""
    query = select(
        func.count().filter(MemberQuestion.state.in_(WAITING)),
        func.count().filter(MemberQuestion.asked_at > now - A_WEEK),
    ).where(MemberQuestion.person_id == person_id)
    open_now, within_a_week = db.session.execute(query).one()
    return open_now, within_a_week


def questions_in(state: QuestionState, *, page: int = 1) -> Page[DeskRow]:
    """What waits, the oldest first; what has ended, the latest first."""
    waits = state in WAITING
    since = MemberQuestion.state_since
    order = MemberQuestion.asked_at if waits else since.desc()
    query = _for_desk().where(MemberQuestion.state == state).order_by(order, MemberQuestion.id)
    rows = db.session.execute(query.limit(_PER_PAGE).offset((page - 1) * _PER_PAGE))
    return Page([DeskRow(*row) for row in rows], page, _PER_PAGE, numbers_by_state().get(state, 0))


def waiting_since(moment: datetime) -> Sequence[MemberQuestion]:
    """What waits for the club in one state since then or before, the longest first."""
    query = select(MemberQuestion).where(
        MemberQuestion.state.in_(WAITING), MemberQuestion.state_since <= moment
    )
    return db.session.scalars(query.order_by(MemberQuestion.state_since, MemberQuestion.id)).all()


def numbers_by_state() -> dict[QuestionState, int]:
    query = select(MemberQuestion.state, func.count()).group_by(MemberQuestion.state)
    return dict(db.session.execute(query).all())


def handed_to(account_id: int) -> list[DeskRow]:
    """What somebody was asked to draft, the oldest first; what waits for it comes before."""
    has_ended = case((MemberQuestion.state == QuestionState.ASKED, 0), else_=1)
    query = _for_desk().where(MemberQuestion.drafter_id == account_id)
    rows = db.session.execute(query.order_by(has_ended, MemberQuestion.asked_at))
    return [DeskRow(*row) for row in rows]


def trainers() -> list[Trainer]:
    """Who can be asked to draft an answer, by name."""
    holds = (
        select(account_role.c.account_id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == RoleName.TRAINER.value)
    )
    query = (
        select(Account.id, Person.public_id, Person.full_name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.id.in_(holds), Account.active, Account.confirmed_at.is_not(None))
        .order_by(Person.full_name, Account.id)
    )
    return [Trainer(*row) for row in db.session.execute(query)]


def _published() -> Select[*tuple[Any, ...]]:
    return (
        select(*_ROW)
        .join(Topic, Topic.id == MemberQuestion.topic_id)
        .where(_IS_PUBLIC)
        .order_by(MemberQuestion.published_at.desc(), MemberQuestion.id.desc())
    )


def _texts() -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [Article.slug, Article.title, Article.title_en]
    return select(*columns).where(Article.retired_at.is_(None))


def _for_desk() -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        MemberQuestion.public_id,
        MemberQuestion.title,
        MemberQuestion.state,
        MemberQuestion.asked_at,
        Topic.name,
        Topic.name_en,
        Person.full_name,
    ]
    return (
        select(*columns)
        .join(Topic, Topic.id == MemberQuestion.topic_id)
        .outerjoin(Account, Account.id == MemberQuestion.drafter_id)
        .outerjoin(Person, Person.id == Account.person_id)
    )
