"""Entering who was in an online meeting, once somebody has looked the list over."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from club.db import transaction
from club.records.attendance import queries, rules
from club.records.attendance.marking import Taken, first_mark, locked_session, mark_anew
from club.records.attendance.models import Mark, MarkSource
from club.records.attendance.rules import Refusal
from club.refusal import RefusedError


def enter_online_list(
    session_id: int,
    minutes_in_meeting: Mapping[uuid.UUID, int],
    *,
    others: Mark | None,
    by: int,
    now: datetime,
) -> int:
    """Mark who was in the meeting, with their minutes, and ``others`` those who were not and
    have no mark; returns how many marks that made. Sent twice it makes none.
    """
    with transaction():
        meeting = locked_session(session_id)
        refusal = rules.refusal_to_mark(meeting.run, meeting, now=now)
        if not refusal and not minutes_in_meeting:
            refusal = Refusal.NOBODY_IN_THE_MEETING
        if refusal:
            raise RefusedError(refusal)
        entries = queries.entries_of(meeting.run_id)
        if minutes_in_meeting.keys() - {entry.person.public_id for entry in entries}:
            raise RefusedError(Refusal.NOT_ON_THE_LIST)
        held, made = queries.marks_of_session(session_id), 0
        taken = Taken(MarkSource.ONLINE_IMPORT, now, by)
        for entry in entries:
            kept = held.get(entry.person.id)
            minutes = minutes_in_meeting.get(entry.person.public_id)
            said = rules.mark_of_meeting(kept, minutes, meeting, others=others)
            if said is None:
                continue
            made += 1
            if kept:
                mark_anew(kept, *said, taken)
            else:
                first_mark(session_id, entry.person.id, *said, taken)
        return made
