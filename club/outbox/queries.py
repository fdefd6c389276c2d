import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from club.db import db
from club.outbox.models import Letter, LetterState
from club.web.pages import Page

PAGE_SIZE = 50


def letter_by_public_id(public_id: uuid.UUID) -> Letter | None:
    return db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one_or_none()


def letter_counts() -> dict[LetterState, int]:
    """How many letters there are in each state."""
    query = select(Letter.state, func.count()).group_by(Letter.state)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: counts.get(state, 0) for state in LetterState}


def letters_in(state: LetterState, *, recipient: str = "", page: int = 1) -> Page[Letter]:
    """Letters of a state to addresses with these characters, the latest first; without bodies."""
    query = select(Letter).where(Letter.state == state)
    if recipient:
        query = query.where(Letter.recipient.icontains(recipient, autoescape=True))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.options(defer(Letter.body_text), defer(Letter.body_html), defer(Letter.calendar))
        .order_by(Letter.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page(list(rows), page, PAGE_SIZE, total)


def due_before(moment: datetime) -> int:
    """How many letters ought to have been sent before ``moment``."""
    query = select(func.count()).where(
        Letter.state == LetterState.WAITING, Letter.next_attempt_at < moment
    )
    return db.session.scalar(query) or 0
