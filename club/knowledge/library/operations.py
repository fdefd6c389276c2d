from datetime import datetime

from sqlalchemy import select

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.knowledge.library.models import Document


def check_document(slug: str, *, by: int, now: datetime) -> None:
    """Compared with its sources, and nothing to change."""
    with transaction() as session:
        query = select(Document).where(Document.slug == slug).with_for_update()
        document = session.scalars(query).one()
        document.note_check(clock.local_day(now), review_by=None, by=by)
        record(
            "knowledge.check_document",
            subject_kind="document",
            subject_id=document.slug,
            by=by,
            now=now,
            detail={"title": document.name},
        )
