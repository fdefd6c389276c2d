"""Asking assessors, and taking a task back."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account, RoleName
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.letters import tell_assessor
from club.certification.assessment.models import AssessorTask, TaskState
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy.held import held
from club.certification.candidacy.models import Candidate, CandidateStep
from club.certification.candidacy.operations.applying import note
from club.db import transaction
from club.refusal import RefusedError


def ask_assessor(
    candidate_id: int, assessor_id: int, *, due_on: date, by: int, now: datetime
) -> AssessorTask:
    """The assessor is told by letter. Raises ``RefusedError`` for a conflict of interest, and for
    whoever has been asked in this round already.
    """
    with transaction() as session:
        candidate, round_ = in_assessment(session, candidate_id)
        assessor = session.get_one(Account, assessor_id)
        if not (assessor.active and assessor.holds(RoleName.ASSESSOR)):
            raise RefusedError(AssessmentRefusal.NOT_AN_ASSESSOR, field="assessor")
        today = clock.local_day(now)
        if conflict := conflict_with(candidate, assessor, on=today):
            raise RefusedError(conflict, field="assessor")
        if due_on < today:
            raise RefusedError(AssessmentRefusal.DUE_IN_THE_PAST, field="due_on")
        task = AssessorTask(
            candidate=candidate,
            round=round_,
            assessor=assessor,
            due_on=due_on,
            asked_at=now,
            asked_by_id=by,
        )
        try:
            with session.begin_nested():
                session.add(task)
        except IntegrityError as taken:
            raise RefusedError(AssessmentRefusal.ASKED_ALREADY, field="assessor") from taken
        tell_assessor(task, "asked", now=now)
        note("certification.ask_assessor", candidate, by=by, now=now)
        return task


def take_back(task_id: int, *, reason: str | None, by: int, now: datetime) -> AssessorTask:
    """The club needs the assessor no more; what was found so far counts no longer and stays."""
    with transaction() as session:
        task, candidate = held_task(session, task_id)
        end(task, TaskState.TAKEN_BACK, remark=reason, now=now)
        tell_assessor(task, "taken_back", now=now)
        note("certification.take_task_back", candidate, by=by, now=now, reason=reason)
        return task


def give_back(task_id: int, *, reason: str | None, now: datetime) -> AssessorTask:
    """The assessor cannot do it: ill, away, or too close to the candidate."""
    with transaction() as session:
        task, _candidate = held_task(session, task_id)
        end(task, TaskState.GIVEN_BACK, remark=reason, now=now)
        return task


def in_assessment(session: Session, candidate_id: int) -> tuple[Candidate, CandidateStep]:
    """The candidacy under its lock, and the round that it is in."""
    candidate = held(session, candidate_id)
    round_ = queries.round_of(candidate_id)
    if not candidate.state.is_being_assessed or round_ is None:
        raise RefusedError(AssessmentRefusal.NOT_UNDER_ASSESSMENT)
    return candidate, round_


def held_task(session: Session, task_id: int) -> tuple[AssessorTask, Candidate]:
    """A task of the round in hand that stands, under the candidacy's lock."""
    task = session.get_one(AssessorTask, task_id)
    candidate, round_ = in_assessment(session, task.candidate_id)
    session.refresh(task)
    if not task.state.stands or task.round_id != round_.id:
        raise RefusedError(AssessmentRefusal.OVER)
    return task, candidate


def is_in_hand(task: AssessorTask) -> bool:
    """Whether it stands, and is of the round that is being assessed now."""
    round_ = queries.round_of(task.candidate_id)
    stands = task.state.stands and task.candidate.state.is_being_assessed
    return stands and round_ is not None and round_.id == task.round_id


def end(task: AssessorTask, state: TaskState, *, remark: str | None, now: datetime) -> None:
    """With a reason, which everybody concerned can read."""
    if not remark:
        raise RefusedError(AssessmentRefusal.REASON_MISSING, field="remark")
    task.state, task.ended_at, task.remark = state, now, remark
