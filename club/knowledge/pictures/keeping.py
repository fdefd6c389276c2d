"""Taking pictures in, noting where they stand, and letting go of those that nobody uses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO

from sqlalchemy import delete
from sqlalchemy.orm import Session

from club.db import db, transaction
from club.files.pictures import MEDIA_TYPE, read_picture
from club.files.receiving import ReceivedFile, add_file, keep, let_go
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.facts import ArticleFacts
from club.knowledge.pictures.addresses import PictureAddress, codes_in
from club.knowledge.pictures.models import (
    DraftPicture,
    Picture,
    PictureVersion,
    RevisionPicture,
)
from club.knowledge.pictures.queries import pictures_coded, unused_since

#: How long a picture is kept that no text and no draft wants.
_REST = timedelta(days=30)


@dataclass(frozen=True)
class StoredPicture:
    """A picture that is in the store and has no row yet."""

    address: PictureAddress
    #: By width.
    files: dict[int, ReceivedFile]


def store_picture(content: IO[bytes]) -> StoredPicture:
    """Take a picture in. Takes as long as the store does, so it is called before a transaction.

    Raises ``RefusedError`` for what is no picture (see ``club.files.pictures``), ``StorageError``.
    """
    read = read_picture(content)
    widest = read.versions[-1]
    address = PictureAddress(read.code, widest.width, widest.height)
    files = {
        one.width: keep(
            BytesIO(one.content), name=f"{read.code[:12]}-{one.width}.webp", media_type=MEDIA_TYPE
        )
        for one in read.versions
    }
    return StoredPicture(address, files)


def add_picture(
    session: Session, stored: StoredPicture, *, by: int | None, now: datetime
) -> Picture:
    """Its row, in the caller's transaction; the one that is there where somebody sent it before."""
    known = pictures_coded({stored.address.code}).get(stored.address.code)
    if known:
        return known
    picture = Picture(
        code=stored.address.code,
        width=stored.address.width,
        height=stored.address.height,
        added_at=now,
        versions=[
            PictureVersion(width=width, file=add_file(file, by=by, now=now))
            for width, file in stored.files.items()
        ],
    )
    session.add(picture)
    session.flush()
    return picture


def note_pictures(session: Session, revision: ArticleRevision, facts: ArticleFacts) -> None:
    """The pictures of a text stand in this revision, in the caller's transaction."""
    found = pictures_coded(codes_in(facts.body, facts.english))
    if found:
        session.flush()
    session.add_all(
        RevisionPicture(revision_id=revision.id, picture_id=one.id) for one in found.values()
    )


def forget_unused(*, now: datetime, stopped: Callable[[], bool]) -> int:
    """Delete what no revision holds, and no draft has wanted for a month; returns how many.

    The bytes go with a later sweep of the store.
    """
    ids = [one.id for one in unused_since(now - _REST)]
    db.session.rollback()
    gone = 0
    for picture_id in ids:
        if stopped():
            break
        gone += _forget(picture_id, now=now)
    return gone


def _forget(picture_id: int, *, now: datetime) -> bool:
    """Looked at once more: somebody may have used it since."""
    with transaction() as session:
        picture = session.get(Picture, picture_id, with_for_update=True)
        if picture is None or picture not in unused_since(now - _REST):
            return False
        files = [one.file for one in picture.versions]
        session.execute(delete(DraftPicture).where(DraftPicture.picture_id == picture_id))
        session.delete(picture)
        session.flush()
        for file in files:
            let_go(file)
        return True
