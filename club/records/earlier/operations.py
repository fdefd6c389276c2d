"""Lists of earlier years: handed in, looked over, confirmed, brought in, undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.courses.earlier import take_class_back
from club.db import db, transaction
from club.files.receiving import ReceivedFile, add_file, let_go
from club.people.many import forget_names
from club.records.earlier import queries, rules
from club.records.earlier.bringing_in import bring_in
from club.records.earlier.checking import checked, findings_of, mistakes_of, sheet_of
from club.records.earlier.matching import NEW
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.earlier.rules import BatchRefusal
from club.records.models import TrainingRecord
from club.refusal import RefusedError


@dataclass(frozen=True)
class HandedIn:
    """``rows`` counts people, without the heads; ``for_all_rows`` are cells by column."""

    file: ReceivedFile
    source: str
    for_all_rows: dict[str, Any]
    rows: int


def hand_in(list_: HandedIn, *, by: int, now: datetime) -> EarlierBatch:
    """The worker looks it over next."""
    with transaction() as session:
        if queries.batch_of_same_file(list_.file.sha256):
            raise RefusedError(BatchRefusal.SAME_FILE, field="file")
        batch = EarlierBatch(
            file=add_file(list_.file, by=by, now=now),
            source=list_.source,
            for_all_rows=list_.for_all_rows,
            rows=list_.rows,
            uploaded_at=now,
            uploaded_by_id=by,
            changed_at=now,
        )
        session.add(batch)
        session.flush()
        return batch


def work_on_lists(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Look over and bring in what waits, the oldest first; returns how many. What was cut short
    is begun again: nothing is written before all of it is.
    """
    done = 0
    while not stopped() and (batch := queries.next_to_work_on()):
        if batch.state is BatchState.CHECKING:
            look_over(batch.id, now=now())
        else:
            bring_in(batch.id, now=now())
        done += 1
    return done


def look_over(batch_id: int, *, now: datetime) -> EarlierBatch:
    """Says everything that is wrong, and what bringing it in would do. Brings in nothing."""
    batch = db.session.get_one(EarlierBatch, batch_id)
    said, sheet = dict(batch.for_all_rows), sheet_of(batch)
    found = checked(sheet, said, today=clock.local_day(now), tell=_telling(batch_id))
    findings, mistakes = findings_of(sheet, found), mistakes_of(sheet, found)
    with transaction() as session:
        batch = _locked(session, batch_id)
        if batch.state is BatchState.CHECKING:
            faulty = found.mistakes or not found.entries
            batch.state = BatchState.FAULTY if faulty else BatchState.READY
            batch.findings, batch.rows_done, batch.changed_at = findings, batch.rows, now
            batch.mistakes = mistakes
            batch.choices = _offered(findings, batch.choices)
        return batch


def _telling(batch_id: int) -> Callable[[int], None]:
    def tell(row: int) -> None:
        with transaction() as session:
            session.execute(
                update(EarlierBatch)
                .where(EarlierBatch.id == batch_id, EarlierBatch.rows >= row)
                .values(rows_done=row)
            )

    return tell


def choose(batch_id: int, choices: Mapping[str, str], *, now: datetime) -> EarlierBatch:
    """Who doubtful rows are about; what is no offered answer is left aside."""
    with transaction() as session:
        batch = _locked(session, batch_id)
        _refuse(rules.refusal_to_choose(batch))
        fitting = _offered(batch.findings or {}, choices)
        batch.choices, batch.changed_at = {**batch.choices, **fitting}, now
        return batch


def _offered(findings: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, str]:
    """Those that are an offered answer."""
    offered = {str(d["row"]): {NEW, *d["candidates"]} for d in findings.get("doubtful", ())}
    return {row: choice for row, choice in choices.items() if choice in offered.get(row, ())}


def confirm(batch_id: int, *, by: int, now: datetime) -> EarlierBatch:
    """The worker brings it in next, whole or not at all."""
    with transaction() as session:
        batch = _locked(session, batch_id)
        _refuse(rules.refusal_to_confirm(batch))
        batch.state, batch.confirmed_by_id, batch.changed_at = BatchState.CONFIRMED, by, now
        return batch


def discard(batch_id: int, *, now: datetime) -> EarlierBatch:
    with transaction() as session:
        batch = _locked(session, batch_id)
        _refuse(rules.refusal_to_discard(batch))
        batch.state, batch.changed_at = BatchState.DISCARDED, now
        return batch


def forget_unused_lists(*, now: datetime) -> int:
    """Lists full of people of which nothing came, with their files; returns how many."""
    with transaction() as session:
        unused = queries.never_brought_in(since=now - rules.UNUSED_KEPT_FOR)
        for batch in unused:
            file = batch.file
            session.delete(batch)
            session.flush()
            let_go(file)
        return len(unused)


def undo(batch_id: int, *, reason: str | None, by: int, now: datetime) -> EarlierBatch:
    """Its records stop counting from now on, its classes are cancelled, and whom nobody knew
    before loses the name. Rows stay: figures ``as of`` the time in between stay true.
    """
    with transaction() as session:
        batch = _locked(session, batch_id)
        leaning = queries.leaning_on(batch_id)
        refusal = rules.refusal_to_undo(batch, leaning=leaning, reason=reason)
        if refusal:
            is_missing = refusal is BatchRefusal.REASON_MISSING
            raise RefusedError(refusal, field="reason" if is_missing else None)
        assert reason
        runs = queries.runs_brought_by(batch_id)
        session.execute(
            update(TrainingRecord)
            .where(
                TrainingRecord.run_id.in_([run.id for run in runs]),
                TrainingRecord.superseded_at.is_(None),
            )
            .values(superseded_at=now)
        )
        for run in runs:
            take_class_back(run, reason=reason, by=by, now=now)
        people = queries.people_brought_by(batch_id)
        forget_names(people)
        batch.state, batch.changed_at = BatchState.UNDONE, now
        batch.undone_by_id, batch.undo_reason = by, reason
        record(
            "records.undo_earlier",
            subject_kind="earlier_batch",
            subject_id=batch.public_id,
            by=by,
            now=now,
            detail={"reason": reason, "people": len(people)},
        )
        return batch


def _locked(session: Session, batch_id: int) -> EarlierBatch:
    return session.get_one(EarlierBatch, batch_id, with_for_update=True, populate_existing=True)


def _refuse(refusal: BatchRefusal | None) -> None:
    if refusal:
        raise RefusedError(refusal)
