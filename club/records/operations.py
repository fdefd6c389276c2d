"""Closing runs and opening them again: each function one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from club import clock
from club.audit.operations import record
from club.courses import closing as courses
from club.courses.models import Run
from club.db import transaction
from club.records import queries, rules
from club.records.attendance import queries as attendance
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.operations import settle_certificates
from club.records.freezing import record_of
from club.records.locking import locked_run
from club.records.models import TrainingRecord
from club.records.outcomes import Outcome, outcomes
from club.records.results import queries as results
from club.refusal import RefusedError


@dataclass(frozen=True)
class Closing:
    records: list[TrainingRecord]
    #: Newly issued; certificates that still hold true are not issued again.
    certificates: list[CompletionCertificate]


def outcomes_of(run: Run) -> list[Outcome]:
    """Who would complete the run if it were closed now."""
    return outcomes(
        run,
        attendance.entries_of(run.id),
        attendance.presences_of(run.id),
        results.results_of(run.id),
        results.current_scale(run.id),
    )


def close_run(
    run_id: int, *, by: int | None, now: datetime, accepting_unmarked: Collection[int] = ()
) -> Closing:
    """Make attendance final: a record for everybody on the list, a certificate for everybody
    who completed, and a letter with each certificate.

    ``accepting_unmarked`` are the ids of sessions of which somebody confirmed that nobody
    was there; a session without any mark that is not among them is refused.
    """
    with transaction() as database:
        run = locked_run(run_id)
        unmarked = [session.id for session in attendance.unmarked_sessions(run_id)]
        refusal = rules.refusal_to_close(run, now=now) or rules.refusal_of_unmarked(
            unmarked, accepting_unmarked
        )
        if refusal:
            raise RefusedError(refusal)
        records = _records_of(run, now=now)
        database.add_all(records)
        courses.close_run(run, by=by, now=now)
        database.flush()
        certificates = settle_certificates(run, records, by=by, now=now)
        record(
            "records.close_run",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={
                "records": len(records),
                "counting": sum(r.counts for r in records),
                "completed": sum(r.completed for r in records),
                "certificates": [c.number for c in certificates],
            },
        )
        return Closing(records, certificates)


def _records_of(run: Run, *, now: datetime) -> list[TrainingRecord]:
    day = clock.local_day(max(session.ends_at for session in run.held_sessions))
    before = queries.last_records_of(run.id)
    return [
        record_of(run, outcome, before=before.get(outcome.entry.person.id), day=day, now=now)
        for outcome in outcomes_of(run)
    ]


def reopen_run(run_id: int, *, reason: str | None, by: int | None, now: datetime) -> Run:
    """Let attendance be corrected. The records stay, superseded; certificates stand until the
    run is closed again, which replaces or revokes those that are no longer true.
    """
    with transaction() as database:
        run = locked_run(run_id)
        refusal = rules.refusal_to_reopen(run, reason)
        if refusal:
            raise RefusedError(refusal, field=rules.field_of(refusal))
        assert reason
        database.execute(
            update(TrainingRecord)
            .where(TrainingRecord.run_id == run_id, TrainingRecord.superseded_at.is_(None))
            .values(superseded_at=now)
        )
        courses.reopen_run(run, reason=reason, by=by, now=now)
        record(
            "records.reopen_run",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"reason": reason},
        )
        return run
