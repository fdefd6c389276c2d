"""What coordinators do with runs and their sessions. Each public function is one transaction.

The run is locked and read anew before anything is decided. Every change that the public may
see raises the run's revision; a session's sequence rises only with its time, place or state.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import orm

from club import clock
from club.audit.operations import record
from club.courses import queries, rules
from club.courses.history import TeachingStep
from club.courses.locking import lock
from club.courses.models import (
    Course,
    Run,
    RunEventKind,
    RunForm,
    RunState,
    RunTrainer,
    Session,
    SessionState,
)
from club.courses.rules import RunFacts, Slot
from club.courses.run_story import decided, note, raise_deadline
from club.courses.versions import touch
from club.db import transaction
from club.people.facts import PersonFacts
from club.people.models import Person
from club.people.operations import add_person
from club.refusal import RefusedError

#: What rooms above do in the transaction that publishes a run; they add it in ``club/rooms.py``.
AFTER_PUBLICATION: list[Callable[[Run, int | None, datetime], object]] = []


def create_run(course: Course, facts: RunFacts, *, by: int | None, now: datetime) -> Run:
    """A draft; its code is the course's, the year and the next number of that year."""
    with transaction() as session:
        lock(session, course)
        _refuse_first(rules.refusal_to_open_run(course), *rules.problems_of_facts(facts))
        code = queries.next_run_code(course, year=clock.local_day(now).year)
        run = Run(code=code, course=course, created_at=now, modified_at=now, **vars(facts))
        session.add(run)
        note(run, RunEventKind.CREATED, by=by, now=now)
        record("courses.create_run", subject_kind="run", subject_id=code, by=by, now=now)
        return run


def change_run(run: Run, facts: RunFacts, *, by: int | None, now: datetime) -> Run:
    """Give the run other facts; saying the same again changes nothing."""
    with transaction() as session:
        lock(session, run)
        _refuse_first(*rules.problems_with_change(run, facts))
        before = rules.facts_of(run)
        changed = [name for name, value in vars(facts).items() if vars(before)[name] != value]
        if not changed:
            return run
        rooms = {meeting: _location(run, meeting) for meeting in run.held_sessions}
        for name in changed:
            setattr(run, name, getattr(facts, name))
        moved = [meeting for meeting, room in rooms.items() if _location(run, meeting) != room]
        _raise_sequences(moved, now=now)
        if "registration_closes_at" in changed:
            raise_deadline(run, now=now)
        touch(run, now=now)
        note(run, RunEventKind.CHANGED, detail=",".join(changed), by=by, now=now)
        return run


def publish_run(run: Run, *, by: int | None, now: datetime) -> Run:
    with transaction() as session:
        lock(session, run)
        _refuse_first(*rules.problems_with_publishing(run))
        run.state, run.published_at = RunState.PUBLISHED, now
        decided(run, RunEventKind.PUBLISHED, by=by, now=now)
        for follow_up in AFTER_PUBLICATION:
            follow_up(run, by, now)
        return run


def cancel_run(run: Run, *, reason: str, by: int | None, now: datetime) -> Run:
    """Cancel the run with all its sessions. Telling the registered is the caller's part."""
    with transaction() as session:
        lock(session, run)
        _refuse_first(rules.refusal_to_cancel(run, reason=reason))
        for held in run.held_sessions:
            held.state = SessionState.CANCELLED
            _raise_sequences([held], now=now)
        run.state, run.cancelled_at = RunState.CANCELLED, now
        run.cancellation_reason = reason.strip()
        decided(run, RunEventKind.CANCELLED, reason=run.cancellation_reason, by=by, now=now)
        return run


def add_sessions(
    run: Run, slots: Sequence[Slot], *, by: int | None, now: datetime
) -> list[Session]:
    """All of them, or none where one cannot be."""
    with transaction() as session:
        lock(session, run)
        _refuse_first(rules.refusal_to_edit(run))
        added = []
        for slot in slots:
            _refuse_first(rules.refusal_of_slot(slot, _slots(run)))
            meeting = Session(state=SessionState.PLANNED, created_at=now, modified_at=now)
            _place(meeting, slot)
            run.sessions.append(meeting)
            added.append(meeting)
            note(run, RunEventKind.SESSION_ADDED, detail=_when(slot), by=by, now=now)
        _settle(session, run, now=now)
        return added


def add_session(run: Run, slot: Slot, *, by: int | None, now: datetime) -> Session:
    return add_sessions(run, [slot], by=by, now=now)[0]


def move_session(meeting: Session, slot: Slot, *, by: int | None, now: datetime) -> Session:
    """Another time, place or title. Only the first two are news to subscribed calendars."""
    with transaction() as session:
        run = meeting.run
        lock(session, run)
        gone = meeting.state is SessionState.CANCELLED
        _refuse_first(rules.refusal_to_edit(run), rules.SessionRefusal.CANCELLED if gone else None)
        _refuse_first(rules.refusal_of_slot(slot, _slots(run, but=meeting)))
        before = _slot(meeting)
        if slot == before:
            return meeting
        _place(meeting, slot)
        moved = replace(before, title=None) != replace(slot, title=None)
        meeting.modified_at = now
        if moved:
            _raise_sequences([meeting], now=now)
        kind = RunEventKind.SESSION_MOVED if moved else RunEventKind.SESSION_RETITLED
        note(run, kind, detail=f"{_when(before)} → {_when(slot)}", by=by, now=now)
        _settle(session, run, now=now)
        return meeting


def cancel_session(meeting: Session, *, by: int | None, now: datetime) -> Session:
    """It stays on record: subscribed calendars show it as cancelled."""
    with transaction() as session:
        run = meeting.run
        lock(session, run)
        _refuse_first(rules.refusal_to_cancel_session(run, meeting.state))
        meeting.state = SessionState.CANCELLED
        _raise_sequences([meeting], now=now)
        note(run, RunEventKind.SESSION_CANCELLED, detail=_when(_slot(meeting)), by=by, now=now)
        _settle(session, run, now=now)
        return meeting


def add_trainer(run: Run, person: Person, *, by: int | None, now: datetime) -> None:
    with transaction() as session:
        lock(session, run)
        there = any(trainer.person_id == person.id for trainer in run.trainers)
        _refuse_first(
            rules.refusal_to_edit(run), rules.TrainerRefusal.ALREADY_THERE if there else None
        )
        run.trainers.append(RunTrainer(person=person))
        session.add(TeachingStep(run=run, person=person, teaches=True, at=now, by_id=by))
        touch(run, now=now)
        note(run, RunEventKind.TRAINER_ADDED, detail=person.full_name, by=by, now=now)


def add_trainer_called(
    run: Run, full_name: str, *, email: str | None, by: int | None, now: datetime
) -> None:
    """Somebody by name, and by e-mail where several have it. Nobody known: a new person."""
    with transaction():
        found = queries.people_called(full_name, email=email)
        if len(found) > 1:
            raise RefusedError(rules.TrainerRefusal.SEVERAL, field="email")
        person = found[0] if found else add_person(PersonFacts(full_name, email=email), now=now)
        add_trainer(run, person, by=by, now=now)


def remove_trainer(run: Run, person_id: int, *, by: int | None, now: datetime) -> None:
    with transaction() as session:
        lock(session, run)
        trainer = next((t for t in run.trainers if t.person_id == person_id), None)
        _refuse_first(
            rules.refusal_to_edit(run), None if trainer else rules.TrainerRefusal.NOT_THERE
        )
        assert trainer
        gone = trainer.person
        note(run, RunEventKind.TRAINER_REMOVED, detail=gone.full_name, by=by, now=now)
        run.trainers.remove(trainer)
        session.add(TeachingStep(run=run, person=gone, teaches=False, at=now, by_id=by))
        touch(run, now=now)


def _refuse_first(*verdicts: StrEnum | None) -> None:
    for refusal in verdicts:
        if refusal is not None:
            raise RefusedError(refusal, field=rules.FIELDS.get(refusal))


def _settle(session: orm.Session, run: Run, *, now: datetime) -> None:
    """First start and last end follow the sessions; a published run must stay presentable."""
    session.flush()
    session.expire(run, ["sessions"])
    held = run.held_sessions
    run.starts_at = min((s.starts_at for s in held), default=None)
    run.ends_at = max((s.ends_at for s in held), default=None)
    if run.state is RunState.PUBLISHED:
        facts = rules.facts_of(run)
        _refuse_first(*rules.problems_of_dates(facts, starts_at=run.starts_at))
    touch(run, now=now)


def _place(meeting: Session, slot: Slot) -> None:
    for name, value in vars(slot).items():
        setattr(meeting, name, value)


def _location(run: Run, meeting: Session) -> tuple[str | None, int | None] | None:
    """Where subscribed calendars say a session is; nowhere for those online."""
    return None if run.form is RunForm.ONLINE else (meeting.place or run.place, run.ward_id)


def _raise_sequences(meetings: Sequence[Session], *, now: datetime) -> None:
    for meeting in meetings:
        meeting.sequence += 1
        meeting.modified_at = now


def _slot(meeting: Session) -> Slot:
    return Slot(meeting.starts_at, meeting.ends_at, meeting.title, meeting.place)


def _slots(run: Run, but: Session | None = None) -> list[Slot]:
    return [_slot(meeting) for meeting in run.held_sessions if meeting is not but]


def _when(slot: Slot) -> str:
    begin, end = clock.local(slot.starts_at), clock.local(slot.ends_at)
    where = f", {slot.place}" if slot.place else ""
    return f"{begin:%d/%m/%Y %H:%M} – {end:%H:%M}{where}"
