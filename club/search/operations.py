from datetime import datetime

from sqlalchemy import delete, select

from club.db import transaction
from club.search.models import FoundKind, SearchDocument
from club.search.words import folded_words
from club.vietnamese import tidy_line

#: PostgreSQL refuses vectors above 1 MB; nobody finds anything in the tail of such a text.
_LONGEST_BODY = 200_000


def index_document(  # noqa: PLR0913  one thing has so many sides
    *,
    kind: FoundKind,
    ref: str,
    language: str,
    title: str,
    body: str,
    url: str,
    now: datetime,
    boost: float = 1.0,
) -> None:
    """Make a thing findable in one language, or bring what is known of it up to date.

    Joins the caller's transaction. ``ref`` names the thing for good, such as
    ``course:LEAN``; ``body`` is plain text; among equal matches ``boost`` decides.
    """
    title, body = tidy_line(title), tidy_line(body[:_LONGEST_BODY])
    known = {
        "kind": kind,
        "scope": f"lang{language} kind{kind.value}",
        "url": url,
        "boost": boost,
        "title": title,
        "body": body,
        "folded_title": folded_words(title),
        "folded_body": folded_words(body),
    }
    with transaction() as session:
        document = session.scalars(
            select(SearchDocument).where(
                SearchDocument.ref == ref, SearchDocument.language == language
            )
        ).one_or_none()
        if document is None:
            session.add(SearchDocument(ref=ref, language=language, updated_at=now, **known))
        elif any(getattr(document, name) != value for name, value in known.items()):
            for name, value in known.items():
                setattr(document, name, value)
            document.updated_at = now


def forget(ref: str) -> None:
    """Make a thing unfindable in every language. Joins the caller's transaction."""
    with transaction() as session:
        session.execute(delete(SearchDocument).where(SearchDocument.ref == ref))
