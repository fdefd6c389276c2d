from datetime import datetime

from sqlalchemy import select

from club.db import transaction
from club.knowledge.models import Article
from club.knowledge.reading.models import ArticleMark, MarkKind
from club.people.models import Person


def set_mark(person_id: int, slug: str, kind: MarkKind, *, wanted: bool, now: datetime) -> bool:
    """Make or take back somebody's mark; harmless to repeat.

    ``False`` where there is no such text, or it is no longer published and would get a new mark.
    """
    with transaction() as session:
        article = session.scalars(select(Article).where(Article.slug == slug)).one_or_none()
        if article is None or (wanted and article.retired_at):
            return False
        # Two clicks at once would both make what neither saw.
        session.get_one(Person, person_id, with_for_update=True)
        mark = session.scalars(
            select(ArticleMark).where(
                ArticleMark.person_id == person_id,
                ArticleMark.article_id == article.id,
                ArticleMark.kind == kind,
            )
        ).one_or_none()
        if wanted and mark is None:
            session.add(
                ArticleMark(person_id=person_id, article_id=article.id, kind=kind, made_at=now)
            )
        elif mark and not wanted:
            session.delete(mark)
        return True
