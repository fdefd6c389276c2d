"""Taking a file in: first its bytes into the store, then its row, in this order.

What was stored and got no row, because the request failed in between, is swept a day later.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from club.db import db, transaction
from club.files import accepting
from club.files.accepting import FileRefusal, FileType
from club.files.models import StoredFile
from club.files.names import download_name
from club.files.reading import LostFileError, content_of
from club.files.storage import PIECE, MissingFileError, is_key, new_key, storage
from club.refusal import RefusedError

#: Longer than any upload, and than a restore, which brings files before rows.
_GRACE = timedelta(days=2)


@dataclass(frozen=True)
class ReceivedFile:
    """A file that is in the store and has no row yet."""

    key: str
    name: str
    media_type: str
    size: int
    sha256: str


def receive(
    content: IO[bytes],
    *,
    name: str | None,
    largest: int = accepting.LARGEST,
    type_of: Callable[..., FileType] = accepting.type_of,
) -> ReceivedFile:
    """Look at a file and put it into the store. Takes as long as the store does, so it is called
    before the transaction that ``add_file`` joins.

    Raises ``RefusedError`` with a ``FileRefusal`` (field ``file``), and ``StorageError``.
    """
    size = content.seek(0, 2)
    if size > largest:
        raise RefusedError(FileRefusal.TOO_LARGE, field="file")
    kind = type_of(content, name=name or "")
    named = download_name(name or "", endings=kind.endings)
    return keep(content, name=named, media_type=kind.media_type)


def keep(content: IO[bytes], *, name: str, media_type: str) -> ReceivedFile:
    """Put into the store what was looked at, or made by the site itself: no other file.

    Raises ``StorageError``.
    """
    size, digest, key = content.seek(0, 2), _digest(content), new_key()
    content.seek(0)
    storage().put(key, content)
    return ReceivedFile(key, name, media_type, size, digest)


def add_file(received: ReceivedFile, *, by: int | None, now: datetime) -> StoredFile:
    """The row of a received file. Joins the caller's transaction."""
    with transaction() as session:
        file = StoredFile(**vars(received), uploaded_at=now, uploaded_by_id=by)
        session.add(file)
        session.flush()
        return file


def id_of_file(received: ReceivedFile, *, by: int | None, now: datetime) -> int:
    """The id of its row, which is there already where it was sent twice with the same form. Joins
    the caller's transaction.
    """
    with transaction() as session:
        known = session.scalars(select(StoredFile.id).where(StoredFile.key == received.key)).first()
        return known or add_file(received, by=by, now=now).id


def let_go(file: StoredFile) -> None:
    """Delete a file's row, in the caller's transaction, unless some other row points to it still.

    Nobody gets the file from then on; its bytes go with a later sweep, as it has no row.
    """
    with transaction() as session:
        try:
            with session.begin_nested():
                session.delete(file)
        except IntegrityError:
            return


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    seen = hashlib.sha256()
    while piece := content.read(PIECE):
        seen.update(piece)
    return seen.hexdigest()


def sweep_orphans(*, now: datetime) -> int:
    """Delete what lies in the store for two days without a row; returns how many files.

    Only what has a key of our making: the store may hold more than this site's files.
    """
    left = [
        found.key
        for found in storage().objects()
        if is_key(found.key) and found.modified_at < now - _GRACE
    ]
    known = set(db.session.scalars(select(StoredFile.key)))
    db.session.rollback()
    orphans = [key for key in left if key not in known]
    for key in orphans:
        try:
            storage().delete(key)
        except MissingFileError:
            continue
    return len(orphans)


def missing_files() -> list[StoredFile]:
    """Rows whose bytes are not in the store, or not all of them: for ``doctor``."""
    sizes = {found.key: found.size for found in storage().objects()}
    rows = db.session.scalars(select(StoredFile).order_by(StoredFile.id))
    return [file for file in rows if sizes.get(file.key) != file.size]


def damaged_files(*, at_most: int) -> list[StoredFile]:
    """Of so many files, chosen by chance, those whose bytes are whole in number and not the ones
    that were stored: for ``doctor``. Raises ``StorageError``.
    """
    chosen = select(StoredFile).order_by(func.random()).limit(at_most)
    return [file for file in db.session.scalars(chosen) if _is_damaged(file)]


def _is_damaged(file: StoredFile) -> bool:
    try:
        content_of(file)
    except LostFileError as error:
        return error.__cause__ is None
    return False
