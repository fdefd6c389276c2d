"""Asking people after a class, and taking down what they answer: each function one transaction."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from club.accounts.readers import readers_of
from club.audit.operations import record
from club.clock import local_day
from club.courses.models import Run
from club.db import db, transaction
from club.knowledge.editing.models import Draft, TextState
from club.knowledge.editing.operations import drafting
from club.outbox.telling import letter_to, tell_all
from club.people.queries import employer_on
from club.records.inquiries import queries, rules
from club.records.inquiries.case_draft import case_draft
from club.records.inquiries.links import page_for
from club.records.inquiries.models import FeedbackAnswer, FollowUp, Inquiry, InquiryKind
from club.records.inquiries.rules import Refusal
from club.refusal import RefusedError

_LETTERS = {
    InquiryKind.FEEDBACK: "records.feedback_asked",
    InquiryKind.AFTER_30_DAYS: "records.follow_up_asked",
    InquiryKind.AFTER_90_DAYS: "records.follow_up_asked",
}


@dataclass(frozen=True)
class Opinion:
    """Agreement from 1 to 5 with what the club asks, and what should be better."""

    useful: int
    clear: int
    practical: int
    recommended: int
    better: str | None = None


@dataclass(frozen=True)
class Application:
    """What came of a class."""

    applied: str
    changed: str | None = None
    quantity: str | None = None
    unit: str | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    measured_how: str | None = None
    may_become_case: bool = False


def ask_who_took_part(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> None:
    """The worker's round: everybody who is due is asked once, a run at a time. Nobody is asked how
    a class was whose answers have been shown: they would tell the new one by difference.
    """
    for kind in InquiryKind:
        for run_id, people in queries.to_be_asked(kind, now=now).items():
            if stopped():
                return
            is_told = kind.is_anonymous and queries.asked_about(run_id).may_be_shown(now=now)
            if not is_told:
                _ask(kind, run_id, people, now=now)


def _ask(kind: InquiryKind, run_id: int, people: list[int], *, now: datetime) -> None:
    with transaction() as session:
        run = db.session.get_one(Run, run_id)
        asked = [
            Inquiry(run_id=run_id, person_id=person_id, kind=kind, asked_at=now)
            for person_id in people
        ]
        session.add_all(asked)
        session.flush()
        readers = readers_of(people)
        words = {"course": run.course, "run": run, "kind": kind}
        letters = [
            letter_to(
                reader,
                _LETTERS[kind],
                event=inquiry.public_id,
                words=words | {"path": page_for(reader, inquiry)},
            )
            for inquiry in asked
            if (reader := readers[inquiry.person_id])
        ]
        tell_all(letters, now=now)


def answer_feedback(inquiry_id: int, opinion: Opinion, *, now: datetime) -> None:
    """Keep the opinion, and beside it that this person gave one: nothing joins the two."""
    with transaction() as session:
        inquiry = _taken(inquiry_id, now=now)
        session.add(FeedbackAnswer(run_id=inquiry.run_id, **asdict(opinion)))


def answer_follow_up(inquiry_id: int, application: Application, *, now: datetime) -> FollowUp:
    with transaction() as session:
        wrong = rules.refusal_of_measure(
            application.quantity, application.before, application.after
        )
        if wrong:
            raise RefusedError(wrong[0], field=wrong[1])
        inquiry = _taken(inquiry_id, now=now)
        found = FollowUp(inquiry_id=inquiry.id, answered_at=now, **asdict(application))
        session.add(found)
        return found


def _taken(inquiry_id: int, *, now: datetime) -> Inquiry:
    """The inquiry, answered from now on; locked, so that two answers at once are one."""
    inquiry = db.session.get_one(Inquiry, inquiry_id, with_for_update=True, populate_existing=True)
    refusal = rules.refusal_to_answer(inquiry, now=now)
    if refusal:
        raise RefusedError(refusal)
    inquiry.answered = True
    return inquiry


def make_case_candidate(follow_up_id: int, *, by: int | None, now: datetime) -> None:
    """Put it on the list of case studies to be written."""
    with transaction():
        follow_up = _locked_follow_up(follow_up_id)
        refusal = rules.refusal_to_make_candidate(follow_up)
        if refusal:
            raise RefusedError(refusal)
        follow_up.case_candidate_since, follow_up.case_candidate_by_id = now, by
        _write_down("records.make_case_candidate", follow_up, by=by, now=now)


def drop_case_candidate(follow_up_id: int, *, by: int | None, now: datetime) -> None:
    with transaction():
        follow_up = _locked_follow_up(follow_up_id)
        if follow_up.case_candidate_since is None:
            raise RefusedError(Refusal.NO_CANDIDATE)
        follow_up.case_candidate_since = follow_up.case_candidate_by_id = None
        _write_down("records.drop_case_candidate", follow_up, by=by, now=now)


def open_case_draft(follow_up_id: int, *, by: int, now: datetime) -> Draft:
    """The draft of the case study: the one that was begun already, else a new one, which keeps who
    answered.
    """
    with transaction():
        follow_up = _locked_follow_up(follow_up_id)
        if follow_up.case_candidate_since is None:
            raise RefusedError(Refusal.NO_CANDIDATE)
        begun = follow_up.case_draft
        if begun and begun.state is not TextState.DISCARDED:
            return begun
        inquiry, today = follow_up.inquiry, local_day(now)
        day = local_day(inquiry.run.ends_at or follow_up.answered_at)
        employer = employer_on(inquiry.person_id, day)
        told = drafting.Told(inquiry.person_id, employer.id if employer else None, since=now)
        document = case_draft(follow_up, employer=employer, today=today)
        follow_up.case_draft = drafting.begin_told(document, told, by=by, now=now)
        return follow_up.case_draft


def _locked_follow_up(follow_up_id: int) -> FollowUp:
    return db.session.get_one(FollowUp, follow_up_id, with_for_update=True, populate_existing=True)


def _write_down(action: str, follow_up: FollowUp, *, by: int | None, now: datetime) -> None:
    run = follow_up.inquiry.run
    record(action, subject_kind="run", subject_id=run.code, by=by, now=now)
