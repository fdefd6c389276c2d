"""Entering the list that people signed on paper."""

import uuid
from collections.abc import Collection
from datetime import datetime

from club.courses.models import Session
from club.db import transaction
from club.files.receiving import ReceivedFile, add_file
from club.records.attendance import queries, rules
from club.records.attendance.marking import Taken, first_mark, locked_session, mark_anew
from club.records.attendance.models import Mark, MarkSource, PaperList
from club.refusal import RefusedError


def enter_paper_list(
    session_id: int,
    *,
    signed: Collection[uuid.UUID],
    others: Mark | None,
    scan: ReceivedFile,
    by: int,
    now: datetime,
) -> int:
    """Mark who signed, and ``others`` those who have no mark; returns how many marks that made."""
    with transaction() as database:
        meeting = locked_session(session_id)
        refusal = rules.refusal_to_mark(meeting.run, meeting, now=now)
        if refusal:
            raise RefusedError(refusal)
        made = _mark_by_paper(meeting, signed, others, Taken(MarkSource.PAPER_LIST, now, by))
        if queries.has_paper_list(session_id, sha256=scan.sha256, signed=len(signed)):
            # Sent twice: the list is there, with its scan.
            return made
        database.add(
            PaperList(
                session_id=session_id,
                scan=add_file(scan, by=by, now=now),
                signed=len(signed),
                entered_at=now,
                entered_by_id=by,
            )
        )
        return made


def _mark_by_paper(
    meeting: Session, signed: Collection[uuid.UUID], others: Mark | None, taken: Taken
) -> int:
    held, made = queries.marks_of_session(meeting.id), 0
    for entry in queries.entries_of(meeting.run_id):
        kept = held.get(entry.person.id)
        mark = rules.mark_of_paper(
            kept.mark if kept else None,
            has_signed=entry.person.public_id in signed,
            others=others,
        )
        if mark is None:
            continue
        made += 1
        if kept:
            mark_anew(kept, mark, None, taken)
        else:
            first_mark(meeting.id, entry.person.id, mark, None, taken)
    return made
