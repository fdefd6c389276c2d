"""The club's side of a complaint: never by whom it is about, nor by who sent it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.audit.operations import record
from club.certification.objections import rules
from club.certification.objections.days import usual_days_to_answer
from club.certification.objections.letters import ComplaintEvent, tell_heard, tell_sender
from club.certification.objections.models import (
    Complaint,
    ComplaintHearing,
    ComplaintState,
    ComplaintStepKind,
)
from club.certification.objections.operations.complaining import held_complaint, write_down
from club.certification.objections.rules import ComplaintRefusal
from club.db import transaction
from club.people.queries import stay_while_written_about
from club.refusal import RefusedError


@dataclass(frozen=True)
class Question:
    """What somebody is to answer whom a complaint is about."""

    person_id: int
    #: What the person reads; of the complaint itself nothing else, where a name is kept back.
    put: str | None
    answer_by: date


def acknowledge(complaint_id: int, *, by: int, now: datetime) -> Complaint:
    """Somebody looks after it; the sender is told."""
    with transaction() as session:
        complaint = _in_hands_of(session, complaint_id, by=by)
        if complaint.state is not ComplaintState.RECEIVED:
            raise RefusedError(ComplaintRefusal.ACKNOWLEDGED_ALREADY)
        complaint.state = ComplaintState.ACKNOWLEDGED
        told = tell_sender(complaint, ComplaintEvent.ACKNOWLEDGED, now=now)
        write_down(complaint, ComplaintStepKind.ACKNOWLEDGED, by=by, told=told, now=now)
        return complaint


def hear(complaint_id: int, question: Question, *, by: int, now: datetime) -> ComplaintHearing:
    """Whom it is about is asked to answer, by letter."""
    with transaction() as session:
        complaint = _in_hands_of(session, complaint_id, by=by)
        _refuse_question(session, complaint, question, by=by, now=now)
        hearing = ComplaintHearing(
            complaint=complaint, asked_at=now, asked_by_id=by, **vars(question)
        )
        session.add(hearing)
        session.flush()
        tell_heard(hearing, ComplaintEvent.HEARD, now=now)
        write_down(complaint, ComplaintStepKind.HEARD, by=by, now=now)
        _note("hear_complaint", complaint, by=by, now=now)
        return hearing


def extend(complaint_id: int, *, reason: str | None, by: int, now: datetime) -> Complaint:
    """Once, by as many days as there were, and before they are over. The sender reads why."""
    with transaction() as session:
        complaint = _in_hands_of(session, complaint_id, by=by)
        if refusal := rules.refusal_to_extend_complaint(complaint, today=clock.local_day(now)):
            raise RefusedError(refusal)
        if not reason:
            raise RefusedError(ComplaintRefusal.REASON_MISSING, field="reason")
        complaint.due_on = rules.last_day(complaint.due_on, usual_days_to_answer())
        told = tell_sender(complaint, ComplaintEvent.EXTENDED, reason=reason, now=now)
        write_down(complaint, ComplaintStepKind.EXTENDED, by=by, reason=reason, told=told, now=now)
        _note("extend_complaint", complaint, by=by, now=now)
        return complaint


def close(
    complaint_id: int,
    outcome: ComplaintState,
    *,
    reason: str | None,
    by: int,
    now: datetime,
) -> Complaint:
    """Upheld, in part, or not. The sender is told why; whom it is about, what came of it. What
    follows for a recognition is decided at the candidacy, by somebody.
    """
    with transaction() as session:
        complaint = _in_hands_of(session, complaint_id, by=by)
        refusal = rules.refusal_to_close_complaint(
            outcome, complaint.about, complaint.hearings, today=clock.local_day(now)
        )
        if refusal:
            raise RefusedError(refusal, field="outcome")
        if not reason:
            raise RefusedError(ComplaintRefusal.REASON_MISSING, field="reason")
        complaint.state, complaint.closed_at = outcome, now
        told = tell_sender(complaint, ComplaintEvent.CLOSED, reason=reason, now=now)
        kind = ComplaintStepKind(outcome.value)
        write_down(complaint, kind, by=by, reason=reason, told=told, now=now)
        for hearing in complaint.hearings:
            tell_heard(hearing, ComplaintEvent.HEARD_OUTCOME, now=now)
        _note("close_complaint", complaint, by=by, now=now)
        return complaint


def _in_hands_of(session: Session, complaint_id: int, *, by: int) -> Complaint:
    """An open complaint under its lock, for an account that may look after it."""
    complaint = held_complaint(session, complaint_id)
    account = session.get_one(Account, by)
    if refusal := why_not_look_after(complaint, account):
        raise RefusedError(refusal)
    if not complaint.state.is_open:
        raise RefusedError(ComplaintRefusal.NOT_OPEN)
    return complaint


def why_not_look_after(complaint: Complaint, account: Account) -> ComplaintRefusal | None:
    return rules.refusal_to_look_after(
        person_id=account.person_id,
        sender_id=complaint.person_id,
        is_named=complaint.names(account.person.full_name),
        heard={one.person_id for one in complaint.hearings},
    )


def _refuse_question(
    session: Session, complaint: Complaint, question: Question, *, by: int, now: datetime
) -> None:
    if question.person_id == complaint.person_id:
        raise RefusedError(ComplaintRefusal.SENDER, field="person")
    if question.person_id == session.get_one(Account, by).person_id:
        raise RefusedError(ComplaintRefusal.ABOUT_YOU, field="person")
    if any(one.person_id == question.person_id for one in complaint.hearings):
        raise RefusedError(ComplaintRefusal.ASKED_ALREADY, field="person")
    if not stay_while_written_about([question.person_id]):
        raise RefusedError(ComplaintRefusal.PERSON_CHANGED, field="person")
    if not question.put:
        raise RefusedError(ComplaintRefusal.PUT_MISSING, field="put")
    if question.answer_by <= clock.local_day(now):
        raise RefusedError(ComplaintRefusal.DAY_PAST, field="answer_by")


def _note(action: str, complaint: Complaint, *, by: int, now: datetime) -> None:
    record(
        f"certification.{action}",
        subject_kind="complaint",
        subject_id=complaint.public_id,
        by=by,
        now=now,
    )
