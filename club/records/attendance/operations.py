"""Taking attendance: each function one transaction."""

from datetime import datetime

from club import clock
from club.courses.models import Session
from club.db import transaction
from club.people import queries as people
from club.people.facts import PersonFacts
from club.people.models import AudienceKind
from club.people.operations import add_person
from club.records.attendance import queries, rules
from club.records.attendance.codes import Scan
from club.records.attendance.marking import Taken, first_mark, locked_session, mark_anew
from club.records.attendance.models import AttendanceMark, Mark, MarkSource, WalkIn
from club.records.attendance.rules import Refusal
from club.records.locking import locked_run
from club.refusal import RefusedError


def mark_attendance(  # noqa: PLR0913  who, where, what, how, by whom and when
    session_id: int,
    person_id: int,
    *,
    mark: Mark,
    minutes: int | None = None,
    source: MarkSource = MarkSource.TRAINER_TAP,
    by: int | None,
    now: datetime,
) -> AttendanceMark:
    """Set one person's mark in one session; what stood there before is kept as history.

    Marking the same again changes nothing, not even who marked first. Raises
    ``RefusedError`` (field ``minutes`` where that is what has to be mended).
    """
    with transaction():
        meeting = _session_to_mark(session_id, now=now)
        refusal = rules.refusal_of_minutes(mark, minutes, meeting)
        if refusal:
            raise RefusedError(refusal, field="minutes")
        if not queries.is_on_list(meeting.run_id, person_id):
            raise RefusedError(Refusal.NOT_ON_THE_LIST)
        taken, kept = Taken(source, now, by), queries.mark_of(session_id, person_id)
        if kept is None:
            return first_mark(session_id, person_id, mark, minutes, taken)
        mark_anew(kept, mark, minutes, taken)
        return kept


def mark_the_rest_present(session_id: int, *, by: int | None, now: datetime) -> int:
    """Mark everybody present who has no mark in the session yet; returns how many."""
    with transaction():
        meeting = _session_to_mark(session_id, now=now)
        marked = queries.marks_of_session(session_id)
        rest = [e for e in queries.entries_of(meeting.run_id) if e.person.id not in marked]
        taken = Taken(MarkSource.TRAINER_TAP, now, by)
        for entry in rest:
            first_mark(session_id, entry.person.id, Mark.PRESENT, None, taken)
        return len(rest)


def check_in(
    session_id: int, person_id: int, *, scan: Scan, by: int, now: datetime
) -> AttendanceMark:
    """Somebody marks themselves by the code that was on the trainer's screen. Whoever is marked
    as there already stays as marked: a second scan makes nobody late.
    """
    with transaction():
        meeting = locked_session(session_id)
        refusal = (
            rules.refusal_of_scan(scan.at, now=now)
            or rules.refusal_to_open_check_in(meeting.run, meeting, now=scan.at)
            or rules.refusal_to_take_attendance(meeting.run)
        )
        kept = queries.mark_of(session_id, person_id)
        on_list = queries.is_on_list(meeting.run_id, person_id)
        refusal = refusal or rules.refusal_to_check_in(kept, on_list=on_list)
        if refusal:
            raise RefusedError(refusal)
        if kept:
            return kept
        mark = rules.mark_of_scan(meeting, scanned_at=scan.at)
        taken = Taken(MarkSource.SELF_CHECK_IN, scan.at, by, confirmed_by=scan.shown_by)
        return first_mark(session_id, person_id, mark, None, taken)


def _session_to_mark(session_id: int, *, now: datetime) -> Session:
    meeting = locked_session(session_id)
    refusal = rules.refusal_to_mark(meeting.run, meeting, now=now)
    if refusal:
        raise RefusedError(refusal)
    return meeting


def add_walk_in(
    run_id: int, person_id: int, *, here_in: int | None = None, by: int | None, now: datetime
) -> WalkIn:
    """Put somebody the club knows on the list, coming from where the person works today, and
    mark the person present in the session ``here_in``.
    """
    with transaction() as database:
        run = locked_run(run_id)
        refusal = rules.refusal_to_take_attendance(run)
        if refusal:
            raise RefusedError(refusal)
        if not people.stay_while_written_about([person_id]):
            raise RefusedError(Refusal.NOT_AN_ENTRY)
        if queries.is_on_list(run_id, person_id):
            raise RefusedError(Refusal.ALREADY_ON_THE_LIST)
        employer = people.employer_on(person_id, clock.local_day(now))
        walk_in = WalkIn(
            run_id=run_id,
            person_id=person_id,
            audience=employer.kind if employer else AudienceKind.INDIVIDUAL,
            organisation_id=employer.id if employer else None,
            added_at=now,
            added_by_id=by,
        )
        database.add(walk_in)
        if here_in is not None:
            mark_attendance(here_in, person_id, mark=Mark.PRESENT, by=by, now=now)
        return walk_in


def add_stranger(
    run_id: int, facts: PersonFacts, *, here_in: int | None = None, by: int | None, now: datetime
) -> WalkIn:
    """The same for somebody whom the club did not know: a new person is made."""
    with transaction():
        refusal = rules.refusal_of_stranger(facts.full_name, phone=facts.phone, email=facts.email)
        if refusal:
            raise RefusedError(refusal[0], field=refusal[1])
        person = add_person(facts, now=now)
        return add_walk_in(run_id, person.id, here_in=here_in, by=by, now=now)
