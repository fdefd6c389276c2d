"""The side of whoever complains, and of whom it is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club import clock
from club.certification.objections import queries, rules
from club.certification.objections.days import usual_days_to_acknowledge, usual_days_to_answer
from club.certification.objections.letters import (
    ComplaintEvent,
    tell_desk_of_complaint,
    tell_heard,
    tell_sender,
)
from club.certification.objections.models import (
    Complaint,
    ComplaintAbout,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintState,
    ComplaintStep,
    ComplaintStepKind,
)
from club.certification.objections.rules import ComplaintRefusal
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.people.models import Person
from club.refusal import RefusedError


@dataclass(frozen=True)
class Sender:
    """Who complains: somebody with an account, or a visitor with an address."""

    language: str
    person_id: int | None = None
    account_id: int | None = None
    full_name: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Grievance:
    about: ComplaintAbout
    #: Whom or what it is about, as the sender calls it.
    named: str
    words: str
    wish: str | None = None
    keeps_name_back: bool = False


def complain(sender: Sender, grievance: Grievance, *, now: datetime) -> Complaint:
    """The sender gets a receipt with a number; a visitor confirms the address first. The same
    sent twice is there once.
    """
    with transaction() as session:
        print_ = rules.fingerprint(
            sender.person_id or sender.email, grievance.about, grievance.named, grievance.words
        )
        if known := queries.waiting_complaint(print_):
            return known
        _refuse_too_many(session, sender)
        complaint = Complaint(
            person_id=sender.person_id,
            full_name=sender.full_name,
            email=sender.email,
            language=sender.language,
            fingerprint=print_,
            state=ComplaintState.UNCONFIRMED,
            **vars(grievance),
        )
        _count_days(complaint, now=now)
        try:
            with session.begin_nested():
                session.add(complaint)
        except IntegrityError:
            # Sent twice in this very moment: the other one is in the way.
            known = queries.waiting_complaint(print_)
            assert known
            return known
        if sender.person_id is None:
            told = tell_sender(complaint, ComplaintEvent.TO_CONFIRM, now=now)
            write_down(complaint, ComplaintStepKind.SENT, by=None, told=told, now=now)
        else:
            _receive(complaint, ComplaintStepKind.SENT, by=sender.account_id, now=now)
        return complaint


def confirm(complaint_id: int, *, now: datetime) -> Complaint:
    """A visitor who got the letter. The days count from now on."""
    with transaction() as session:
        complaint = held_complaint(session, complaint_id)
        if complaint.state is not ComplaintState.UNCONFIRMED:
            raise RefusedError(ComplaintRefusal.CONFIRMED_ALREADY)
        _count_days(complaint, now=now)
        _receive(complaint, ComplaintStepKind.CONFIRMED, by=None, now=now)
        return complaint


def take_back(complaint_id: int, *, reason: str | None, by: int | None, now: datetime) -> Complaint:
    with transaction() as session:
        complaint = held_complaint(session, complaint_id)
        if not complaint.state.is_open:
            raise RefusedError(ComplaintRefusal.NOT_OPEN)
        complaint.state, complaint.closed_at = ComplaintState.WITHDRAWN, now
        write_down(complaint, ComplaintStepKind.WITHDRAWN, by=by, reason=reason, now=now)
        for hearing in complaint.hearings:
            tell_heard(hearing, ComplaintEvent.HEARD_OUTCOME, now=now)
        return complaint


def add_paper(
    complaint_id: int, file: ReceivedFile, *, by: int | None, now: datetime
) -> ComplaintPaper:
    """Whoever looks after it reads it. ``by``: ``None`` for a visitor."""
    with transaction() as session:
        complaint = held_complaint(session, complaint_id)
        if not complaint.state.is_open:
            raise RefusedError(ComplaintRefusal.NOT_OPEN)
        if len(complaint.papers) >= rules.MOST_PAPERS:
            raise RefusedError(ComplaintRefusal.TOO_MANY_PAPERS, field="file")
        paper = ComplaintPaper(
            complaint=complaint, file_id=id_of_file(file, by=by, now=now), at=now
        )
        session.add(paper)
        session.flush()
        return paper


def answer(hearing_id: int, words: str | None, *, by: int, now: datetime) -> ComplaintHearing:
    """Of whom it is about, as long as nothing is found; also after the day that was named."""
    with transaction() as session:
        hearing = session.get_one(ComplaintHearing, hearing_id)
        complaint = held_complaint(session, hearing.complaint_id)
        session.refresh(hearing)
        if not complaint.state.is_open:
            raise RefusedError(ComplaintRefusal.NOT_OPEN)
        if hearing.answered_at is not None:
            raise RefusedError(ComplaintRefusal.ANSWERED_ALREADY)
        if not words:
            raise RefusedError(ComplaintRefusal.ANSWER_MISSING, field="words")
        hearing.answer, hearing.answered_at = words, now
        write_down(complaint, ComplaintStepKind.ANSWERED, by=by, now=now)
        return hearing


def held_complaint(session: Session, complaint_id: int) -> Complaint:
    return session.get_one(Complaint, complaint_id, with_for_update=True, populate_existing=True)


def write_down(
    complaint: Complaint,
    kind: ComplaintStepKind,
    *,
    by: int | None,
    reason: str | None = None,
    told: str | None = None,
    now: datetime,
) -> None:
    with transaction() as session:
        session.add(
            ComplaintStep(
                complaint=complaint, kind=kind, at=now, by_id=by, reason=reason, told=told
            )
        )
        session.flush()


def _receive(
    complaint: Complaint, kind: ComplaintStepKind, *, by: int | None, now: datetime
) -> None:
    complaint.state = ComplaintState.RECEIVED
    told = tell_sender(complaint, ComplaintEvent.RECEIVED, now=now)
    write_down(complaint, kind, by=by, told=told, now=now)
    tell_desk_of_complaint(complaint, now=now)


def _count_days(complaint: Complaint, *, now: datetime) -> None:
    today = clock.local_day(now)
    complaint.received_at = now
    complaint.acknowledge_by = rules.last_day(today, usual_days_to_acknowledge())
    complaint.due_on = rules.last_day(today, usual_days_to_answer())


def _refuse_too_many(session: Session, sender: Sender) -> None:
    if sender.person_id:
        # The lock under which nobody sends two at once.
        session.get_one(Person, sender.person_id, with_for_update=True)
        whose = Complaint.person_id == sender.person_id
    else:
        whose = Complaint.email == sender.email
    waiting = select(func.count()).where(whose, Complaint.closed_at.is_(None))
    if (session.scalar(waiting) or 0) >= rules.MOST_OPEN:
        raise RefusedError(ComplaintRefusal.TOO_MANY)
