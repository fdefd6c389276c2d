"""Marks that a phone made, perhaps without network, and sends when it can."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from club.courses.models import Session
from club.db import db, transaction
from club.records.attendance import queries, rules
from club.records.attendance.marking import Taken, first_mark, locked_session, mark_anew
from club.records.attendance.models import AttendanceMark, Mark, MarkSource, SentMark
from club.records.attendance.rules import Refusal

#: By which what was made later is later where clocks do not tell.
_A_MOMENT = timedelta(microseconds=1)
#: Long after the last phone has forgotten them.
_IDS_KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class MadeMark:
    """One tap as the phone remembers it, with its time put right by the club's clock."""

    #: Given by the phone: sent twice it counts once.
    id: uuid.UUID
    person: uuid.UUID
    mark: Mark
    made_at: datetime
    #: What the phone had shown before the tap.
    seen: Mark | None
    #: ``AttendanceMark.version`` of that; empty where it was a tap that still waited there.
    seen_version: str = ""
    #: One tap marked all who had no mark: it leaves every mark that is there.
    is_of_the_rest: bool = False


@dataclass(frozen=True)
class Contradiction:
    """The same person was marked otherwise, which the phone had not seen, or which holds instead
    of what it sent. Both marks are kept; the one that was made later holds.
    """

    mark: Mark
    at: datetime
    by: int | None


@dataclass(frozen=True)
class Received:
    """What became of a mark that a phone sent."""

    id: uuid.UUID
    refusal: Refusal | None = None
    #: The person's mark as it is now.
    held: Mark | None = None
    #: ``AttendanceMark.version`` of that.
    held_version: str | None = None
    contradiction: Contradiction | None = None


def take_in(session_id: int, made: Sequence[MadeMark], *, by: int, now: datetime) -> list[Received]:
    """Put marks to the others of the session in the order in which they were made. Each is
    answered by itself: one that is refused hinders none.
    """
    with transaction():
        meeting = locked_session(session_id)
        refusal = rules.refusal_to_mark(meeting.run, meeting, now=now)
        if refusal:
            return [Received(mark.id, refusal) for mark in made]
        intake = _Intake(meeting, made, by=by, now=now)
        for mark in sorted(made, key=lambda mark: mark.made_at):
            intake.take(mark)
        return [intake.answer(mark) for mark in made]


class _Intake:
    """The list of one session while marks are put to it."""

    def __init__(
        self, meeting: Session, made: Sequence[MadeMark], *, by: int, now: datetime
    ) -> None:
        self._meeting, self._by, self._now = meeting, by, now
        self._people = {e.person.public_id: e.person.id for e in queries.entries_of(meeting.run_id)}
        self._held = queries.marks_of_session(meeting.id)
        self._sent_before = _ids_received([mark.id for mark in made])
        self._known = set(self._sent_before)
        #: Whose mark that holds is one of these.
        self._marked_here: set[int] = set()
        self._contradictions: dict[uuid.UUID, Contradiction] = {}

    def take(self, made: MadeMark) -> None:
        """Nothing for somebody who is not on the list, for what was sent before, or for who is
        one of the rest no more.
        """
        person_id = self._people.get(made.person)
        if person_id is None or made.id in self._known:
            return
        if made.is_of_the_rest and person_id in self._held:
            return
        before = self._held.get(person_id)
        has_seen = before is not None and self._has_seen(before, made)
        unseen = None if before is None or has_seen else _contradiction(before)
        held = self._held[person_id] = self._put(person_id, made, is_next=has_seen)
        if held.mark is not made.mark:
            self._contradictions[made.id] = _contradiction(held)
            self._marked_here.discard(person_id)
        else:
            self._marked_here.add(person_id)
            if unseen and unseen.mark not in {made.mark, made.seen}:
                self._contradictions[made.id] = unseen
        self._known.add(made.id)
        db.session.add(SentMark(public_id=made.id, attendance_mark=held, received_at=self._now))

    def answer(self, made: MadeMark) -> Received:
        person_id = self._people.get(made.person)
        if person_id is None:
            return Received(made.id, Refusal.NOT_ON_THE_LIST)
        held = self._held.get(person_id)
        if held is None:
            return Received(made.id)
        told = self._told(made, held)
        return Received(made.id, None, held.mark, held.version, told)

    def _told(self, made: MadeMark, held: AttendanceMark) -> Contradiction | None:
        """Also again, to a phone that did not hear the answer."""
        if made.id in self._sent_before and held.marked_by_id != self._by:
            return _contradiction(held) if held.mark is not made.mark else None
        return self._contradictions.get(made.id)

    def _has_seen(self, held: AttendanceMark, made: MadeMark) -> bool:
        return held.person_id in self._marked_here or (
            held.mark is made.seen and held.version == made.seen_version
        )

    def _put(self, person_id: int, made: MadeMark, *, is_next: bool) -> AttendanceMark:
        """``is_next``: it was made after the one that holds, whatever the phone's clock says."""
        at = rules.moment_of_sent_mark(self._meeting, made_at=made.made_at, now=self._now)
        if is_next:
            at = max(at, self._held[person_id].last_said_at + _A_MOMENT)
        came_late = self._now - at > rules.AT_ONCE
        received_at = self._now if came_late else None
        taken = Taken(MarkSource.TRAINER_TAP, at, self._by, received_at=received_at)
        held = self._held.get(person_id)
        if held is None:
            return first_mark(self._meeting.id, person_id, made.mark, None, taken)
        if held.id is None:
            db.session.flush()  # its history leads to it
        # A tap says nothing about minutes: those of the same mark stay.
        minutes = held.minutes if held.mark is made.mark else None
        mark_anew(held, made.mark, minutes, taken)
        return held


def _contradiction(held: AttendanceMark) -> Contradiction:
    return Contradiction(held.mark, held.marked_at, held.marked_by_id)


def _ids_received(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    query = select(SentMark.public_id).where(SentMark.public_id.in_(ids))
    return set(db.session.scalars(query))


def forget_sent_ids(*, now: datetime) -> int:
    """Of marks that nobody will send again; returns how many. The marks stay."""
    old = delete(SentMark).where(SentMark.received_at < now - _IDS_KEPT_FOR)
    with transaction() as database:
        return len(database.scalars(old.returning(SentMark.id)).all())
