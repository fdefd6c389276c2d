"""Copies of what is stored about somebody: asked for on a page, made by the worker, removed."""

import uuid
from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, cast

from sqlalchemy import CursorResult, delete

from club.db import db, transaction
from club.files.models import StoredFile
from club.files.receiving import ReceivedFile, add_file, keep, let_go
from club.outbox.models import Letter, LetterState
from club.people.models import Person
from club.privacy import letters, queries
from club.privacy.models import CopyState, DataCopy
from club.privacy.packing import pack
from club.privacy.rules import COPY_KEPT_FOR, MOST_TRIES, refusal_to_copy
from club.refusal import RefusedError


def ask_for_copy(person_id: int, *, now: datetime) -> DataCopy:
    """Raises ``RefusedError`` while another one is being made."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update=True)
        refusal = refusal_to_copy(queries.latest_copy(person_id))
        if refusal:
            raise RefusedError(refusal)
        copy = DataCopy(person_id=person_id, asked_at=now)
        session.add(copy)
        session.flush()
        return copy


def make_copies(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> bool:
    """Make the next one that is wanted, if any; whether there was one. One at a time, so that
    letters go out between two of them.

    A worker that is killed leaves the wish as it was, and perhaps a file without a row, which is
    swept.
    """
    copy_id = queries.next_to_make()
    db.session.rollback()
    if copy_id is None or stopped():
        return False
    person = _begin(copy_id, now=now())
    if person is None:
        return True
    person_id, language = person
    with TemporaryFile() as packed:
        begun = now()
        whose = queries.whose(person_id)
        pack(whose, into=packed, language=language, now=begun)
        # The store takes its time: no snapshot of the database is kept open for it.
        db.session.rollback()
        name = f"du-lieu-ca-nhan-{begun:%Y-%m-%d}.zip"
        received = keep(packed, name=name, media_type="application/zip")
    _finish(copy_id, received, now=now())
    return True


def _begin(copy_id: int, *, now: datetime) -> tuple[int, str] | None:
    """Note that it was begun: for whom, and in which language. ``None`` where it is not to be
    made: given up after so many tries, or nobody is there any more to fetch it.
    """
    with transaction() as session:
        copy = session.get_one(DataCopy, copy_id, with_for_update=True)
        if copy.state is not CopyState.ASKED:
            return None
        if not queries.can_sign_in(copy.person_id):
            _remove(copy, now=now)
        elif copy.tries >= MOST_TRIES:
            copy.state = CopyState.FAILED
            letters.say_copy_failed(copy, now=now)
        else:
            copy.tries += 1
            return copy.person_id, copy.person.language
        return None


def _finish(copy_id: int, received: ReceivedFile, *, now: datetime) -> None:
    with transaction() as session:
        copy = session.get_one(DataCopy, copy_id, with_for_update=True)
        if copy.state is not CopyState.ASKED:
            return
        for older in queries.ready_copies(copy.person_id):
            _remove(older, now=now)
        copy.file_id = add_file(received, by=None, now=now).id
        copy.state, copy.made_at = CopyState.READY, now
        letters.say_copy_ready(copy, until=now + COPY_KEPT_FOR, now=now)


def remove_own_copy(person_id: int, public_id: uuid.UUID, *, now: datetime) -> None:
    """Removing what is not there any more does nothing."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update=True)
        copy = queries.own_copy(person_id, public_id)
        if copy:
            _remove(copy, now=now)


def remove_copies(person_id: int, *, now: datetime) -> None:
    """All that are there or wanted."""
    with transaction():
        for copy in queries.copies_at_hand(person_id):
            _remove(copy, now=now)


def remove_old_copies(*, now: datetime) -> int:
    """Those whose time is over; returns how many."""
    with transaction():
        copies = queries.made_before(now - COPY_KEPT_FOR)
        for copy in copies:
            _remove(copy, now=now)
        return len(copies)


def forget_last_letters() -> int:
    """Letters to people whose data was erased, once they went out or never will."""
    gone = delete(Letter).where(
        Letter.kind == "privacy.erased", Letter.state.in_([LetterState.SENT, LetterState.FAILED])
    )
    with transaction() as session:
        return cast(CursorResult[Any], session.execute(gone)).rowcount


def _remove(copy: DataCopy, *, now: datetime) -> None:
    with transaction() as session:
        file = session.get(StoredFile, copy.file_id) if copy.file_id else None
        copy.state, copy.file_id, copy.removed_at = CopyState.REMOVED, None, now
        session.flush()
        if file:
            let_go(file)
