"""What tells an article's page from yesterday's, for as little as asking can cost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from club.db import db
from club.knowledge.models import Article


@dataclass(frozen=True)
class Edition:
    id: int
    #: Of the article itself.
    revision: int
    retired_at: datetime | None
    #: Of the whole library: a page also names others, and their titles change.
    articles: int
    modified_at: datetime | None


_any = aliased(Article)
_EDITION = select(
    Article.id,
    Article.revision,
    Article.retired_at,
    select(func.count(_any.id)).scalar_subquery(),
    select(func.max(_any.modified_at)).scalar_subquery(),
).where(Article.slug == bindparam("slug"))


def edition_of(slug: str) -> Edition | None:
    """``None``: there is no such article; retired ones have an edition, too."""
    row = db.session.execute(_EDITION, {"slug": slug}).one_or_none()
    return Edition(*row) if row else None
