"""The pictures that lie ready for a draft. Each function is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club.db import transaction
from club.knowledge.editing.models import Draft
from club.knowledge.editing.rules import WRITABLE
from club.knowledge.pictures.keeping import StoredPicture, add_picture
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.queries import pictures_of
from club.knowledge.pictures.rules import MOST_OF_A_DRAFT, ListRefusal, refusal_to_add
from club.refusal import RefusedError


@dataclass(frozen=True)
class PictureWords:
    alt: str | None
    caption: str | None = None
    credit: str | None = None


def lay_ready(
    draft_id: int,
    stored: Sequence[StoredPicture],
    *,
    by: int,
    now: datetime,
    most: int = MOST_OF_A_DRAFT,
) -> None:
    """Pictures can be put into the draft from now on. ``most``: how many may lie ready."""
    with transaction() as session:
        draft = _held(session, draft_id)
        ready = {one.picture_id for one in pictures_of(draft_id)}
        pictures = {add_picture(session, one, by=by, now=now) for one in stored}
        new = [one for one in pictures if one.id not in ready]
        refusal = refusal_to_add(
            already=len(ready), more=len(stored), is_written=draft.state in WRITABLE, most=most
        )
        if refusal:
            raise RefusedError(refusal, field="file")
        session.add_all(
            DraftPicture(draft_id=draft_id, picture_id=one.id, added_at=now)
            for one in sorted(new, key=lambda picture: picture.id)
        )


def describe(draft_id: int, picture_id: int, words: PictureWords) -> None:
    """Say what is to be seen, and what stands below it."""
    with transaction() as session:
        _written(session, draft_id)
        if not words.alt:
            raise RefusedError(ListRefusal.NO_ALT, field="alt")
        ready = session.get_one(DraftPicture, (draft_id, picture_id))
        ready.alt, ready.caption, ready.credit = words.alt, words.caption, words.credit


def put_away(draft_id: int, picture_id: int) -> None:
    """The draft does not need the picture. Where its text names it, it stays there."""
    with transaction() as session:
        _written(session, draft_id)
        session.delete(session.get_one(DraftPicture, (draft_id, picture_id)))


def _held(session: Session, draft_id: int) -> Draft:
    return session.get_one(Draft, draft_id, with_for_update=True)


def _written(session: Session, draft_id: int) -> None:
    if _held(session, draft_id).state not in WRITABLE:
        raise RefusedError(ListRefusal.NOT_NOW)
