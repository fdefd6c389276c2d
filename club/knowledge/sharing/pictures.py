"""Drawing the picture of each published text: by the worker, soon after its publication."""

import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from club import clock
from club.db import db, transaction
from club.documents.pdf import PdfError, png
from club.files.receiving import add_file, keep, let_go
from club.identity.queries import club_profile_on
from club.knowledge.models import Article, Strength
from club.knowledge.sharing.models import ArticlePicture
from club.knowledge.sharing.queries import undrawn

#: What a line of the picture holds.
_LONGEST_FIGURE = 28

log = logging.getLogger("club.knowledge")


def draw_pictures(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """One by one, each in a transaction of its own; returns how many were drawn.

    Raises ``StorageError`` where the store does not take them: they are tried again.
    """
    drawn = 0
    for article_id in undrawn():
        if stopped():
            break
        drawn += _draw(article_id, now=now())
    return drawn


def _draw(article_id: int, *, now: datetime) -> bool:
    article = db.session.get_one(Article, article_id)
    revision, slug = article.revision, article.slug
    try:
        content = png("knowledge/sharing/picture.typ", _data(article, now))
    except PdfError:
        log.exception("no picture of %s", slug)
        received = None
    else:
        received = keep(BytesIO(content), name=f"{slug}.png", media_type="image/png")
    db.session.rollback()
    with transaction() as session:
        picture = session.scalars(
            select(ArticlePicture).where(ArticlePicture.article_id == article_id).with_for_update()
        ).one_or_none() or ArticlePicture(article_id=article_id)
        before = picture.file
        picture.revision = revision
        picture.file = add_file(received, by=None, now=now) if received else None
        session.add(picture)
        session.flush()
        if before:
            let_go(before)
    return received is not None


def _data(article: Article, now: datetime) -> dict[str, object]:
    profile = club_profile_on(clock.local_day(now))
    return {
        "kind": article.kind.value,
        "title": article.title,
        "figure": (figure := _figure(article)),
        "metric": article.measures[0].metric if figure else None,
        "club": profile.name if profile else "",
    }


def _figure(article: Article) -> str | None:
    """The headline figure where somebody measured it and it fits."""
    if article.case is None or article.case.strength is Strength.C:
        return None
    headline = article.measures[0]
    if headline.before_text and headline.after_text:
        unit = f" {headline.unit}" if headline.unit else ""
        found = f"{headline.before_text} → {headline.after_text}{unit}"
    else:
        found = headline.change or ""
    return found if 0 < len(found) <= _LONGEST_FIGURE else None
