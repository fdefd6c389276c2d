"""Writing down what was done in a line of the plan. Nothing is overwritten."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.plan.items import queries, rules
from club.plan.items.models import (
    PlanAssignment,
    PlanItem,
    PlanPart,
    PlanProof,
    PlanStep,
    SaidState,
    Written,
)
from club.plan.items.rules import WritingRefusal
from club.refusal import RefusedError
from club.units.models import Unit


@dataclass(frozen=True)
class StepFacts:
    state: SaidState
    on_day: date
    words: str
    source: str
    #: A part of the line, by its key; ``None``: the whole line.
    part: str | None = None


@dataclass(frozen=True)
class ProofFacts:
    on_day: date
    words: str
    link: str | None
    is_public: bool
    #: As of ``StepFacts``.
    part: str | None = None


def say_state(key: str, facts: StepFacts, *, by: int | None, now: datetime) -> PlanStep:
    """Where a line or a part of it stands from a day on. What was said before stays in its
    history.
    """
    with transaction() as session:
        item = _locked(session, key)
        part = _part(session, item, facts.part, field="part")
        standing = queries.item_standing(key, on=clock.local_day(now))
        assert standing
        state = standing.state_of_part(part) if part else standing.state
        _refuse(rules.refusal_to_say(state), field="part" if standing.parts_to_say else None)
        _refuse_day(item, facts.on_day, now, field="on_day")
        last = queries.last_step(item.id, part.id if part else None)
        if last and _facts(last, facts.part) == facts:
            raise RefusedError(WritingRefusal.SAME_AGAIN, field="words")
        step = PlanStep(
            item_id=item.id,
            part_id=part.id if part else None,
            state=facts.state,
            on_day=facts.on_day,
            words=facts.words,
            source=facts.source,
            entered_at=now,
            entered_by_id=by,
        )
        _write(session, step)
        _note("plan.say_state", item, part, by=by, now=now, stands=facts.state.value)
        return step


def _facts(step: PlanStep, part: str | None) -> StepFacts:
    return StepFacts(step.state, step.on_day, step.words, step.source, part)


def add_proof(
    key: str,
    facts: ProofFacts,
    *,
    file: ReceivedFile | None = None,
    by: int | None,
    now: datetime,
) -> PlanProof:
    with transaction() as session:
        item = _locked(session, key)
        part = _part(session, item, facts.part, field="shown_part")
        _refuse_day(item, facts.on_day, now, field="happened_on")
        _refuse(rules.refusal_of_link(facts.link), field="link")
        proof = PlanProof(
            item_id=item.id,
            part_id=part.id if part else None,
            on_day=facts.on_day,
            words=facts.words,
            link=facts.link,
            is_public=facts.is_public,
            entered_at=now,
            entered_by_id=by,
        )
        proof.file_id = id_of_file(file, by=by, now=now) if file else None
        _write(session, proof)
        _note("plan.add_proof", item, part, by=by, now=now)
        return proof


def give_lead(
    key: str, unit_id: int, *, from_day: date, reason: str, by: int | None, now: datetime
) -> PlanAssignment:
    """Another unit leads the line from a day on."""
    with transaction() as session:
        item = _locked(session, key)
        unit = session.get_one(Unit, unit_id)
        before = queries.assignment_on(item.id, from_day)
        refusal = rules.refusal_to_lead(
            unit,
            before.unit_id if before else None,
            from_day=from_day,
            begins=item.document.dated,
        )
        named = refusal is WritingRefusal.BEFORE_THE_PLAN
        _refuse(refusal, field="from_day" if named else "unit")
        assignment = PlanAssignment(
            item_id=item.id,
            unit_id=unit.id,
            from_day=from_day,
            reason=reason,
            entered_at=now,
            entered_by_id=by,
        )
        _write(session, assignment)
        told = {"unit": unit.key, "since": from_day, "reason": reason}
        _note("plan.give_lead", item, None, by=by, now=now, **told)
        return assignment


def take_out(written: Written, *, reason: str, by: int | None, now: datetime) -> None:
    """What was written by mistake stands no more; its row stays with the reason."""
    with transaction() as session:
        session.refresh(written, with_for_update=True)
        if written.taken_out_at is not None:
            raise RefusedError(WritingRefusal.TAKEN_OUT_ALREADY)
        written.taken_out_at, written.taken_out_by_id = now, by
        written.taken_out_reason = reason
        session.flush()
        item = session.get_one(PlanItem, written.item_id)
        part = written.part if isinstance(written, PlanStep | PlanProof) else None
        _note("plan.take_out", item, part, by=by, now=now, reason=reason)


def _locked(session: Session, key: str) -> PlanItem:
    query = select(PlanItem).where(PlanItem.key == key).with_for_update()
    return session.scalars(query).one()


def _part(session: Session, item: PlanItem, key: str | None, *, field: str) -> PlanPart | None:
    """The part of this line that is told apart now."""
    if key is None:
        return None
    query = select(PlanPart).where(
        PlanPart.key == key, PlanPart.item_id == item.id, PlanPart.retired_at.is_(None)
    )
    part = session.scalars(query.with_for_update()).one_or_none()
    if part is None:
        raise RefusedError(WritingRefusal.PART_NOT_THERE, field=field)
    return part


def _refuse_day(item: PlanItem, day: date, now: datetime, *, field: str) -> None:
    verdict = rules.refusal_of_day(day, begins=item.document.dated, today=clock.local_day(now))
    _refuse(verdict, field=field)


def _refuse(refusal: WritingRefusal | None, *, field: str | None = None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)


def _write(session: Session, written: Written) -> None:
    session.add(written)
    session.flush()


def _note(
    action: str,
    item: PlanItem,
    part: PlanPart | None,
    *,
    by: int | None,
    now: datetime,
    **detail: object,
) -> None:
    shown = {name: str(value) for name, value in detail.items()}
    if part:
        shown["part"] = part.key
    record(action, subject_kind="plan_item", subject_id=item.key, by=by, now=now, detail=shown)
