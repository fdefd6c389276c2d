from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from club.db import db
from club.knowledge.editing.models import OPEN, Draft, TextState
from club.knowledge.models import Article
from club.people.models import Employment, Organisation
from club.people.queries import employment_holds_on


@dataclass(frozen=True)
class Proposal:
    """A member's draft and the text that it became, if it did."""

    draft: Draft
    article: Article | None

    @property
    def state(self) -> TextState:
        """As the member is told it."""
        if self.article and self.article.retired_at:
            return TextState.RETIRED
        return self.draft.state


def proposals_of(person_id: int) -> list[Proposal]:
    """The latest first."""
    query = (
        select(Draft, Article)
        .outerjoin(Article, Article.id == Draft.article_id)
        .where(Draft.proposer_id == person_id)
        .order_by(Draft.created_at.desc(), Draft.id.desc())
    )
    return [Proposal(*row) for row in db.session.execute(query)]


def open_proposals_of(person_id: int, *, written_by: int) -> Sequence[Draft]:
    """Those that the account itself began, and nothing has become of yet."""
    query = select(Draft).where(
        Draft.proposer_id == person_id, Draft.author_id == written_by, Draft.state.in_(OPEN)
    )
    return db.session.scalars(query.order_by(Draft.id)).all()


def employers_of(person_id: int, *, on: date) -> list[Organisation]:
    """Where the person works on a day, the latest begun first."""
    query = (
        select(Organisation)
        .join(Organisation.employments)
        .where(Employment.person_id == person_id, employment_holds_on(on))
        .group_by(Organisation.id)
        .order_by(func.max(Employment.from_day).desc(), Organisation.id)
    )
    return list(db.session.scalars(query))
