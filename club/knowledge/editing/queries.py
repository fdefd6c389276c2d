import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import and_, or_, select

from club.accounts.models import Account
from club.db import db
from club.knowledge.editing.models import (
    OPEN,
    ArticleAddress,
    ArticleRevision,
    Draft,
    DraftComment,
    DraftCopy,
    DraftHand,
    DraftStep,
)
from club.knowledge.facts import Document
from club.knowledge.models import Article, Tool, Topic
from club.people.models import Person
from club.search.models import FoundKind, SearchDocument
from club.units.queries import all_units
from club.vietnamese import folded
from club.web.personal_data import ERASED_NAME

#: Proposals that the club reads.
IS_HANDED_IN = (Draft.proposer_id.is_not(None), Draft.proposed_at.is_not(None))


@dataclass(frozen=True)
class CitingText:
    slug: str
    title: str
    title_en: str


@dataclass(frozen=True)
class Choices:
    """Words by key."""

    topics: dict[str, str]
    tools: dict[str, str]
    courses: dict[str, str]
    units: dict[str, str]


def revisions_of(slug: str) -> Sequence[ArticleRevision]:
    """Of the text with this address, the latest first."""
    query = (
        select(ArticleRevision)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(Article.slug == slug)
        .order_by(ArticleRevision.number.desc())
    )
    return db.session.scalars(query).all()


def revisions_numbered(slug: str, numbers: Iterable[int]) -> dict[int, ArticleRevision]:
    """Those of the text with this address that there are, by number."""
    query = (
        select(ArticleRevision)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(Article.slug == slug, ArticleRevision.number.in_(list(numbers)))
    )
    return {one.number: one for one in db.session.scalars(query)}


def topic_and_tool_names() -> dict[str, dict[str, tuple[str, str]]]:
    """In Vietnamese and English, by key; under ``topics`` and ``tools``."""
    return {
        name: {
            row.key: (row.name, row.name_en)
            for row in db.session.execute(
                select(model.key, model.name, model.name_en).order_by(model.position)
            )
        }
        for name, model in (("topics", Topic), ("tools", Tool))
    }


def slug_is_taken(slug: str, *, by_other_than: int | None) -> bool:
    """Whether another text has this address, or had it before. ``by_other_than``: the text that
    may have it.
    """
    own = by_other_than or 0
    owners = (
        select(Article.id)
        .where(Article.slug == slug)
        .union_all(select(ArticleAddress.article_id).where(ArticleAddress.slug == slug))
    )
    return any(owner != own for owner in db.session.scalars(owners))


def hands_on(draft_id: int) -> set[int]:
    """The accounts of everybody who wrote on the draft."""
    query = select(DraftHand.account_id).where(DraftHand.draft_id == draft_id)
    return set(db.session.scalars(query))


def others_writing(draft_id: int, *, but: int, since: datetime) -> list[DraftHand]:
    """Who else saved the draft since then, the latest first."""
    query = (
        select(DraftHand)
        .where(
            DraftHand.draft_id == draft_id,
            DraftHand.account_id != but,
            DraftHand.saved_at >= since,
        )
        .order_by(DraftHand.saved_at.desc())
    )
    return list(db.session.scalars(query))


def draft_by_public_id(public_id: UUID) -> Draft | None:
    return db.session.scalars(select(Draft).where(Draft.public_id == public_id)).one_or_none()


def article_of(draft: Draft) -> Article | None:
    return db.session.get(Article, draft.article_id) if draft.article_id else None


def open_drafts(*, author: int, and_others: bool) -> Sequence[Draft]:
    """What is being written, what waits longest first: by this account, what members have handed
    in, and what others write, if wanted.
    """
    query = select(Draft).where(Draft.state.in_(OPEN)).order_by(Draft.modified_at, Draft.id)
    seen = [Draft.author_id == author, and_(*IS_HANDED_IN)]
    if and_others:
        seen.append(Draft.proposer_id.is_(None))
    return db.session.scalars(query.where(or_(*seen))).all()


def proposers_of(drafts: Iterable[Draft]) -> dict[int, str]:
    """The names of the members whose proposals some of these are, by the draft's id."""
    query = (
        select(Draft.id, Person.full_name)
        .join(Person, Person.id == Draft.proposer_id)
        .where(Draft.id.in_([one.id for one in drafts]))
    )
    return {row.id: row.full_name for row in db.session.execute(query)}


def account_of_proposer(draft: Draft) -> int | None:
    """The account under which the member who proposed it signs in."""
    query = select(Account.id).where(Account.person_id == draft.proposer_id)
    return db.session.scalar(query) if draft.proposer_id else None


def writers_on(draft: Draft) -> set[int]:
    """The accounts of those who wrote on it, and of the member whose proposal it is."""
    proposer = account_of_proposer(draft)
    return {*hands_on(draft.id), *([proposer] if proposer else ())}


def writers_of(revisions: Iterable[ArticleRevision]) -> dict[int, list[str]]:
    """The names of those who wrote each revision, by its id, whoever wrote most lately last. A
    member who proposed it is among them only if the member wishes to be named.
    """
    stays_unnamed = and_(Draft.proposer_id == Person.id, ~Draft.names_proposer)
    query = (
        select(ArticleRevision.id, Person.full_name)
        .join(Draft, Draft.id == ArticleRevision.draft_id)
        .join(DraftHand, DraftHand.draft_id == Draft.id)
        .join(Account, Account.id == DraftHand.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(ArticleRevision.id.in_([one.id for one in revisions]))
        .where(or_(Draft.proposer_id.is_(None), ~stays_unnamed), Person.full_name != ERASED_NAME)
        .order_by(DraftHand.saved_at, DraftHand.account_id)
    )
    found: dict[int, list[str]] = {}
    for number, name in db.session.execute(query):
        found.setdefault(number, []).append(name)
    return found


def open_drafts_of(article_id: int) -> Sequence[Draft]:
    query = select(Draft).where(Draft.article_id == article_id, Draft.state.in_(OPEN))
    return db.session.scalars(query.order_by(Draft.id)).all()


def steps_of(draft_id: int) -> Sequence[DraftStep]:
    query = select(DraftStep).where(DraftStep.draft_id == draft_id).order_by(DraftStep.id)
    return db.session.scalars(query).all()


def comments_on(draft_id: int) -> Sequence[DraftComment]:
    query = select(DraftComment).where(DraftComment.draft_id == draft_id)
    return db.session.scalars(query.order_by(DraftComment.id)).all()


def copies_of(draft_id: int) -> Sequence[DraftCopy]:
    """What others had saved before it was saved over, the latest first."""
    query = select(DraftCopy).where(DraftCopy.draft_id == draft_id)
    return db.session.scalars(query.order_by(DraftCopy.version.desc())).all()


def present_facts(article: Article) -> Document:
    """What a text says to its readers, as its last revision keeps it."""
    query = select(ArticleRevision.facts).where(
        ArticleRevision.article_id == article.id, ArticleRevision.number == article.revision
    )
    facts: Document = db.session.scalars(query).one()
    return facts


def texts_due(*, on: date) -> Sequence[Article]:
    """What should be checked again by that day, the longest overdue first."""
    query = (
        select(Article)
        .where(Article.retired_at.is_(None), Article.review_by <= on)
        .order_by(Article.review_by, Article.slug)
    )
    return db.session.scalars(query).all()


def texts_citing(slug: str) -> list[CitingText]:
    """Published texts that lead to this one."""
    address = f"/knowledge/{slug}"
    query = (
        select(Article.slug, Article.title, Article.title_en, Article.body, Article.body_en)
        .where(Article.retired_at.is_(None), Article.slug != slug)
        .where(or_(Article.body.contains(address), Article.body_en.contains(address)))
        .order_by(Article.title)
    )
    whole = re.compile(rf"{re.escape(address)}(?![a-z0-9-])")
    return [
        CitingText(row.slug, row.title, row.title_en)
        for row in db.session.execute(query)
        if whole.search(f"{row.body} {row.body_en or ''}")
    ]


def courses_in_catalogue() -> dict[str, str]:
    """Titles by code. Courses are a room above: the index knows them."""
    query = (
        select(SearchDocument.ref, SearchDocument.title)
        .where(SearchDocument.kind == FoundKind.COURSE, SearchDocument.language == "vi")
        .order_by(SearchDocument.title)
    )
    return {ref.removeprefix("course:"): title for ref, title in db.session.execute(query)}


def choices(*, english: bool) -> Choices:
    """What a text may name, with the words for it in the reader's language."""
    names = topic_and_tool_names()
    return Choices(
        topics={key: words[english] for key, words in names["topics"].items()},
        tools={key: words[english] for key, words in names["tools"].items()},
        courses=courses_in_catalogue(),
        units={
            unit.key: (english and unit.name_en) or unit.name
            for unit in all_units()
            if unit.kind.is_area
        },
    )


def texts_called(words: str, *, limit: int = 20) -> list[Article]:
    """Texts of any state that have these words in their title or address."""
    query = select(Article).order_by(Article.title, Article.id)
    wanted = folded(words)
    found = (
        one
        for one in db.session.scalars(query)
        if wanted in folded(f"{one.title} {one.title_en} {one.slug}")
    )
    return list(islice(found, limit))
