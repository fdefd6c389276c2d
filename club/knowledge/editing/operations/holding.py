"""What the operations of this package share: rows held against others, steps, and the log."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.knowledge.editing.models import Draft, DraftStep
from club.knowledge.editing.rules import TRANSITIONS, Step, refusal_to_step
from club.knowledge.models import Article
from club.refusal import RefusedError


def held_draft(session: Session, draft_id: int) -> Draft:
    """The draft, while nobody else changes it."""
    return session.get_one(Draft, draft_id, with_for_update=True)


def held_article(session: Session, article_id: int) -> Article:
    """The published text, while nobody else changes it."""
    return session.get_one(Article, article_id, with_for_update=True)


def article_at(session: Session, slug: str) -> Article:
    """The same by its address."""
    return session.scalars(select(Article).where(Article.slug == slug).with_for_update()).one()


def step(
    session: Session,
    draft: Draft,
    taken: Step,
    *,
    by: int | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """The draft comes to its next state; refused where the table has no such step."""
    refuse(refusal_to_step(taken, draft.state))
    draft.state = TRANSITIONS[taken][1]
    add_step(session, draft, by=by, now=now, reason=reason)


def add_step(
    session: Session, draft: Draft, *, by: int | None, now: datetime, reason: str | None = None
) -> None:
    session.add(DraftStep(draft_id=draft.id, to_state=draft.state, at=now, by_id=by, reason=reason))


def refuse(refusal: Any, *, field: str | None = None) -> None:
    """Raise what a rule said, if it said no."""
    if refusal:
        raise RefusedError(refusal, field=field)


def write_down(
    action: str, subject: Draft | Article, *, by: int, now: datetime, **more: Any
) -> None:
    """An entry in the log of decisions, about a draft or a published text."""
    detail = {"title": subject.title, **more}
    if isinstance(subject, Draft):
        key = str(subject.public_id)
        record(action, subject_kind="text_draft", subject_id=key, by=by, now=now, detail=detail)
    else:
        key = subject.slug
        record(action, subject_kind="article", subject_id=key, by=by, now=now, detail=detail)
