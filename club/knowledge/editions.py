"""What tells an article's page from yesterday's, for as little as asking can cost."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from club.accounts.models import Account
from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.editing.models import ArticleAddress, Draft, TextState
from club.knowledge.models import Article
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.knowledge.reading.models import ArticleMark, MarkKind
from club.people.models import Person
from club.web.personal_data import ERASED_NAME


@dataclass(frozen=True)
class Edition:
    id: int
    slug: str
    #: Of the article itself.
    revision: int
    retired_at: datetime | None
    checked_on: date
    #: The name of who said on the site that it was checked.
    checked_by: str | None
    #: The name of the member who proposed it and wishes to be named.
    proposed_by: str | None
    #: Of a case that rests on the word of a firm: when the firm last gave it.
    agreed_on: date | None
    #: Whether the day has come to compare it with its sources again.
    is_due: bool
    #: How many people said that it helped them.
    helped: int
    #: How many published questions are about it.
    questions: int
    #: Of the whole library: a page also names others, and their titles change.
    articles: int
    modified_at: datetime | None


_any = aliased(Article)
_EDITION = select(
    Article.id,
    Article.slug,
    Article.revision,
    Article.retired_at,
    Article.checked_on,
    select(Person.full_name)
    .join(Account, Account.person_id == Person.id)
    .where(Account.id == Article.checked_by_id, Person.full_name != ERASED_NAME)
    .correlate(Article)
    .scalar_subquery(),
    select(func.max(Person.full_name))
    .join(Draft, Draft.proposer_id == Person.id)
    .where(
        Draft.article_id == Article.id,
        Draft.state == TextState.PUBLISHED,
        Draft.names_proposer,
        Person.full_name != ERASED_NAME,
    )
    .correlate(Article)
    .scalar_subquery(),
    select(func.max(Agreement.given_on))
    .where(Agreement.article_id == Article.id, Agreement.state == AgreementState.GIVEN)
    .correlate(Article)
    .scalar_subquery(),
    Article.review_by <= bindparam("today"),
    select(func.count())
    .where(ArticleMark.article_id == Article.id, ArticleMark.kind == MarkKind.HELPED)
    .correlate(Article)
    .scalar_subquery(),
    select(func.count())
    .where(MemberQuestion.article_id == Article.id, MemberQuestion.state == QuestionState.PUBLISHED)
    .correlate(Article)
    .scalar_subquery(),
    select(func.count(_any.id)).scalar_subquery(),
    select(func.max(_any.modified_at)).scalar_subquery(),
).where(Article.slug == bindparam("slug"))
_PRESENT_ADDRESS = (
    select(Article.slug, ArticleAddress.closed_at)
    .join(ArticleAddress, ArticleAddress.article_id == Article.id)
    .where(ArticleAddress.slug == bindparam("slug"))
)


def edition_of(slug: str, *, today: date) -> Edition | None:
    """``None``: there is no such article; retired ones have an edition, too."""
    row = db.session.execute(_EDITION, {"slug": slug, "today": today}).one_or_none()
    return Edition(*row) if row else None


@dataclass(frozen=True)
class PresentAddress:
    """The address today of an article that once had another one."""

    slug: str
    #: Since when the other one leads there no more.
    closed_at: datetime | None


def present_address(slug: str) -> PresentAddress | None:
    """``None``: no article ever had it."""
    row = db.session.execute(_PRESENT_ADDRESS, {"slug": slug}).one_or_none()
    return PresentAddress(*row) if row else None
