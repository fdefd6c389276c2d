"""Where everything findable is read: what a search engine is told to look at."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from club.db import db
from club.search.models import FoundKind, SearchDocument

#: The sitemap protocol allows no more in one file.
MOST_ADDRESSES = 50_000


def findable_addresses() -> Sequence[Row[str, datetime]]:
    """Each address below the site, without its name, and when what is there last changed. People
    can be found here; nobody is asked to look at their pages from elsewhere.
    """
    document = SearchDocument
    return db.session.execute(
        select(document.url, document.updated_at)
        .where(document.language == "vi", document.kind != FoundKind.EXPERT)
        .order_by(document.updated_at.desc(), document.url)
        .limit(MOST_ADDRESSES)
    ).all()
