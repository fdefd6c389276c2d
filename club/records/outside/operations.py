"""Entering training taken elsewhere, correcting it, taking it back, deciding on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.accounts.readers import reader
from club.audit.operations import record
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.knowledge.models import Topic
from club.outbox.telling import tell
from club.people.models import Person
from club.records.outside import queries, rules
from club.records.outside.models import OutsideState, OutsideStep, OutsideTraining
from club.records.outside.rules import OutsideRefusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class OutsideFacts:
    title: str
    provider: str
    from_day: date
    to_day: date
    minutes: int
    topic_id: int | None = None


@dataclass(frozen=True)
class Decision:
    """``seen`` is the version that was looked at."""

    state: OutsideState
    seen: int
    remark: str | None = None


def enter(
    person_id: int, facts: OutsideFacts, evidence: ReceivedFile, *, by: int, now: datetime
) -> OutsideTraining:
    """It waits for a coordinator then."""
    with transaction() as session:
        # The person's row is the lock under which the same training is not entered twice.
        session.get_one(Person, person_id, with_for_update=True)
        _refuse_unless_sound(facts, now=now)
        known = queries.outside_training_of(person_id)
        refusal = rules.refusal_to_add(
            known, title=facts.title, provider=facts.provider, from_day=facts.from_day
        )
        if refusal:
            raise RefusedError(
                refusal, field="title" if refusal is OutsideRefusal.ENTERED_ALREADY else None
            )
        file = id_of_file(evidence, by=by, now=now)
        training = OutsideTraining(
            person_id=person_id, evidence_id=file, changed_at=now, **vars(facts)
        )
        session.add(training)
        session.flush()
        _note(session, training, OutsideState.WAITING, by=by, now=now, facts=facts)
        return training


def correct(
    training_id: int,
    facts: OutsideFacts,
    evidence: ReceivedFile | None,
    *,
    by: int,
    now: datetime,
) -> OutsideTraining:
    """Without other evidence the one before stays. It waits for a coordinator again."""
    with transaction() as session:
        training = _locked(session, training_id)
        _refuse(rules.refusal_to_change(training))
        _refuse_unless_sound(facts, now=now)
        for name, value in vars(facts).items():
            setattr(training, name, value)
        if evidence:
            training.evidence_id = id_of_file(evidence, by=by, now=now)
        training.version += 1
        _note(session, training, OutsideState.WAITING, by=by, now=now, facts=facts)
        return training


def withdraw(training_id: int, *, by: int, now: datetime) -> OutsideTraining:
    with transaction() as session:
        training = _locked(session, training_id)
        _refuse(rules.refusal_to_change(training))
        _note(session, training, OutsideState.WITHDRAWN, by=by, now=now)
        return training


def decide(training_id: int, decision: Decision, *, by: int, now: datetime) -> OutsideTraining:
    """A coordinator has looked at the evidence; the person is told."""
    with transaction() as session:
        training = _locked(session, training_id)
        verdict = rules.refusal_to_decide(
            training,
            decision.state,
            person_id=session.get_one(Account, by).person_id,
            seen=decision.seen,
            remark=decision.remark,
        )
        if verdict:
            raise RefusedError(verdict[0], field=verdict[1])
        _note(session, training, decision.state, by=by, now=now, remark=decision.remark)
        session.flush()
        tell(
            reader(training.person_id),
            "records.outside_training",
            event=f"{training.public_id}:{training.steps[-1].id}",
            words={"training": training, "remark": decision.remark},
            now=now,
        )
        record(
            "records.decide_outside_training",
            subject_kind="outside_training",
            subject_id=training.public_id,
            by=by,
            now=now,
            detail={
                "person": str(training.person.public_id),
                "decision": decision.state.value,
                "reason": decision.remark,
            },
        )
        return training


def _refuse_unless_sound(facts: OutsideFacts, *, now: datetime) -> None:
    for refusal, field in rules.verdicts_on_days(
        facts.from_day, facts.to_day, today=clock.local_day(now)
    ):
        raise RefusedError(refusal, field=field)
    if too_long := rules.refusal_of_length(facts.minutes, facts.from_day, facts.to_day):
        raise RefusedError(too_long, field="hours")


def _refuse(refusal: OutsideRefusal | None) -> None:
    if refusal:
        raise RefusedError(refusal)


def _locked(session: Session, training_id: int) -> OutsideTraining:
    return session.get_one(
        OutsideTraining, training_id, with_for_update=True, populate_existing=True
    )


def _note(  # noqa: PLR0913  what it became, by whom and when, and what was said with it
    session: Session,
    training: OutsideTraining,
    state: OutsideState,
    *,
    by: int,
    now: datetime,
    remark: str | None = None,
    facts: OutsideFacts | None = None,
) -> None:
    training.state, training.changed_at = state, now
    training.steps.append(
        OutsideStep(
            state=state,
            at=now,
            by_id=by,
            remark=remark,
            facts=_written(session, facts) if facts else None,
            evidence_id=training.evidence_id if facts else None,
        )
    )


def _written(session: Session, facts: OutsideFacts) -> dict[str, Any]:
    topic = session.get(Topic, facts.topic_id) if facts.topic_id else None
    return {
        "title": facts.title,
        "provider": facts.provider,
        "from_day": facts.from_day.isoformat(),
        "to_day": facts.to_day.isoformat(),
        "minutes": facts.minutes,
        "topic": topic.key if topic else None,
    }
