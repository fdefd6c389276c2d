"""Reminding a run's people, a few at a time so that nobody waits long for the run's lock."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from club.accounts.readers import readers_of
from club.audit.operations import record
from club.courses.models import Run, RunState
from club.db import db, transaction
from club.outbox.kinds import kind_called
from club.outbox.operations import LetterParts
from club.outbox.quiet_hours import goes_out_at
from club.outbox.telling import Reader, letter_to, tell_all
from club.refusal import RefusedError
from club.registration.held import locked
from club.registration.links import page_for
from club.registration.queries import terms_of_run
from club.registration.questions.queries import lacking_answers
from club.registration.questions.rules import answers_due
from club.registration.reminders import queries, rules
from club.registration.reminders.models import Reminder, ReminderPlan
from club.registration.reminders.queries import ComingRun

log = logging.getLogger("club.registration")

_AT_A_TIME = 50
_KIND = kind_called("registration.reminder")


def plan_reminders(run: Run, hours: Sequence[int], *, by: int, now: datetime) -> None:
    """Say how long before its start the run's people are reminded; not at all if empty."""
    with transaction() as session:
        run = locked(session, run.id)
        if refusal := rules.refusal_to_remind_of(run):
            raise RefusedError(refusal)
        if refusal := rules.refusal_to_plan(hours):
            raise RefusedError(refusal, field="hours")
        before = queries.planned_hours([run.id])[run.id]
        if list(hours) == before:
            return
        session.add(ReminderPlan(run_id=run.id, hours=list(hours), at=now, by_id=by))
        record(
            "registration.plan_reminders",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"before": {"hours": before}, "after": {"hours": list(hours)}},
        )


def remind(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write the reminders that are due; returns how many people were reminded."""
    reminded = 0
    for run, hours in _due(now=now):
        if stopped():
            break
        reminded += _remind_of(run, hours, now=now)
    return reminded


def _due(*, now: datetime) -> list[tuple[ComingRun, list[int]]]:
    """Runs with the reminders whose time has come, the nearest to the start first."""
    runs = queries.coming_runs(now=now)
    ids = [run.id for run in runs]
    if not ids:
        return []
    planned = queries.planned_hours(ids)
    done = {(r.run_id, r.starts_at, r.hours) for r in queries.reminders_of(ids)}
    db.session.rollback()
    found = []
    for run in runs:
        hours = sorted(
            number
            for number in planned[run.id]
            if (run.id, run.starts_at, number) not in done and _is_due(run, number, now=now)
        )
        if hours:
            found.append((run, hours))
    return found


def _is_due(run: ComingRun, hours: int, *, now: datetime) -> bool:
    """At night nothing is written that would only wait: until the morning a place may be given
    back, or the class cancelled.
    """
    is_night = goes_out_at(_KIND, about=run.starts_at, now=now) > now
    first = first_moment(run.starts_at, hours)
    return not is_night and rules.is_due(first, starts_at=run.starts_at, at=now)


def first_moment(starts_at: datetime, hours: int) -> datetime:
    """When a reminder goes out: so long before the start, or the morning after."""
    return goes_out_at(_KIND, about=starts_at, now=rules.moment_of(starts_at, hours))


def _remind_of(run: ComingRun, hours: list[int], *, now: datetime) -> int:
    """Of several that are due at once only the one nearest to the start is sent."""
    sent, passed_over = hours[0], hours[1:]
    people = sum(_remind_some(run, sent, some, now=now) for some in _batches(run, sent))
    people += _remind_trainers(run, sent, now=now)
    with transaction() as session:
        for number, reached in ((sent, people), *((number, 0) for number in passed_over)):
            session.add(
                Reminder(
                    run_id=run.id, starts_at=run.starts_at, hours=number, at=now, people=reached
                )
            )
    log.info("reminded %s people of run %s, %s hours before it", people, run.id, sent)
    return people


def _batches(run: ComingRun, hours: int) -> Iterator[Sequence[int]]:
    moment = rules.moment_of(run.starts_at, hours)
    found = queries.to_remind(run.id, registered_by=moment)
    db.session.rollback()
    yield from (found[n : n + _AT_A_TIME] for n in range(0, len(found), _AT_A_TIME))


def _remind_some(run: ComingRun, hours: int, some: Sequence[int], *, now: datetime) -> int:
    """Who has given the place back since is left out; so is everybody once the run has moved."""
    with transaction() as session:
        locked_run = locked(session, run.id)
        if not _is_as_it_was(locked_run, run):
            return 0
        confirmed = queries.still_confirmed(some)
        readers = readers_of({registration.person_id for registration in confirmed})
        unanswered, due = lacking_answers(run.id), _answers_due(locked_run, now=now)
        letters = [
            _reminder(
                "reminder",
                reader := readers[registration.person_id],
                locked_run,
                event=f"{registration.public_id}:{_occasion(run, hours)}",
                path=page_for(reader, registration.public_id, locked_run),
                answer_by=due if registration.id in unanswered else None,
            )
            for registration in confirmed
        ]
        tell_all(letters, now=now)
        return len(letters)


def _answers_due(run: Run, *, now: datetime) -> datetime | None:
    """The cut-off, while it is ahead: afterwards who has begun to answer changes nothing."""
    due = answers_due(run.starts_at, terms_of_run(run), at=now) if run.starts_at else None
    return None if due == run.starts_at else due


def _remind_trainers(run: ComingRun, hours: int, *, now: datetime) -> int:
    with transaction() as session:
        locked_run = locked(session, run.id)
        if not _is_as_it_was(locked_run, run):
            return 0
        letters = [
            _reminder(
                "teaching_reminder",
                reader,
                locked_run,
                event=f"{locked_run.code}:{reader.person_id}:{_occasion(run, hours)}",
                path=f"/runs/{locked_run.code}",
            )
            for reader in queries.trainers_to_tell(run.id)
        ]
        tell_all(letters, now=now)
        return len(letters)


def _is_as_it_was(run: Run, then: ComingRun) -> bool:
    return run.state is RunState.PUBLISHED and run.starts_at == then.starts_at


def _occasion(run: ComingRun, hours: int) -> str:
    return f"{hours}h:{run.starts_at:%Y%m%dT%H%M}"


def _reminder(
    name: str,
    reader: Reader,
    run: Run,
    *,
    event: str,
    path: str,
    answer_by: datetime | None = None,
) -> LetterParts:
    return letter_to(
        reader,
        f"registration.{name}",
        event=event,
        words={
            "run": run,
            "course": run.course,
            "path": path,
            "answer_by": answer_by,
            "has_link": not reader.signs_in,
        },
        about=run.starts_at,
    )
