import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import defer

from club.db import db
from club.outbox.kinds import CONFIDENTIAL, Matter
from club.outbox.models import Letter, LetterChoice, LetterState
from club.web.pages import Page

PAGE_SIZE = 50
NOTICES_A_PAGE = 20
_LATEST_CHOICE = (
    select(LetterChoice.wants)
    .where(
        LetterChoice.person_id == bindparam("person"), LetterChoice.matter == bindparam("matter")
    )
    .order_by(LetterChoice.id.desc())
    .limit(1)
)


def letter_by_public_id(public_id: uuid.UUID) -> Letter | None:
    return db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one_or_none()


def letter_counts() -> dict[LetterState, int]:
    """How many letters there are in each state."""
    query = select(Letter.state, func.count()).group_by(Letter.state)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: counts.get(state, 0) for state in LetterState}


def letters_in(state: LetterState, *, recipient: str = "", page: int = 1) -> Page[Letter]:
    """Letters of a state to addresses with these characters, the latest first; without bodies.
    To whom confidential ones go cannot be looked for.
    """
    query = select(Letter).where(Letter.state == state)
    if recipient:
        query = query.where(
            Letter.recipient.icontains(recipient, autoescape=True), Letter.kind.not_in(CONFIDENTIAL)
        )
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


def wants_letters(person_id: int, matter: Matter) -> bool:
    """What the person chose last; who never chose gets them."""
    found = db.session.scalar(_LATEST_CHOICE, {"person": person_id, "matter": matter.value})
    return True if found is None else found


def letters_turned_off(person_ids: Collection[int]) -> set[tuple[int, str]]:
    """Of which matters these people want no letters, in one statement however many they are:
    pairs of a person and a value of ``Matter``.
    """
    latest = (
        select(func.max(LetterChoice.id))
        .where(LetterChoice.person_id.in_(person_ids))
        .group_by(LetterChoice.person_id, LetterChoice.matter)
    )
    query = select(LetterChoice.person_id, LetterChoice.matter).where(
        LetterChoice.id.in_(latest), LetterChoice.wants.is_(False)
    )
    return {(person_id, matter) for person_id, matter in db.session.execute(query)}


def choices_of(person_id: int) -> dict[Matter, bool]:
    """Of each matter that is a choice, whether the person wants letters about it."""
    latest = (
        select(func.max(LetterChoice.id))
        .where(LetterChoice.person_id == person_id)
        .group_by(LetterChoice.matter)
    )
    query = select(LetterChoice.matter, LetterChoice.wants).where(LetterChoice.id.in_(latest))
    made = dict(db.session.execute(query).all())
    return {matter: made.get(matter.value, True) for matter in Matter if matter.is_optional}


def events_told(event_keys: Collection[str]) -> set[str]:
    """About which of these events a letter was written."""
    return set(db.session.scalars(select(Letter.event_key).where(Letter.event_key.in_(event_keys))))


def notices_of(person_id: int, *, page: int = 1) -> Page[Letter]:
    """What the person was told on the site, the latest first; without bodies."""
    query = select(Letter).where(Letter.person_id == person_id, Letter.in_site)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.options(defer(Letter.body_text), defer(Letter.body_html), defer(Letter.calendar))
        .order_by(Letter.id.desc())
        .limit(NOTICES_A_PAGE)
        .offset((page - 1) * NOTICES_A_PAGE)
    )
    return Page(list(rows), page, NOTICES_A_PAGE, total)


def notice_of(person_id: int, public_id: uuid.UUID) -> Letter | None:
    """One of the person's own."""
    return db.session.scalars(
        select(Letter).where(
            Letter.public_id == public_id, Letter.person_id == person_id, Letter.in_site
        )
    ).one_or_none()
