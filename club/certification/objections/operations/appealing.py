"""The candidate's side of an appeal: making it, adding papers, taking it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club import clock
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.rules import stood_when_appealed
from club.certification.objections import rules
from club.certification.objections.contesting import contest_of, refusal_to_appeal
from club.certification.objections.days import days_to_answer
from club.certification.objections.letters import AppealEvent, tell_appellant, tell_desk_of_appeal
from club.certification.objections.models import (
    Appeal,
    AppealPaper,
    AppealState,
    AppealStep,
    AppealStepKind,
)
from club.certification.objections.rules import AppealRefusal
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.refusal import RefusedError


@dataclass(frozen=True)
class Objection:
    """Why a decision is not accepted, and what is asked for."""

    words: str
    wish: str


def appeal(
    candidate_id: int,
    objection: Objection,
    *,
    paper: ReceivedFile | None = None,
    by: int,
    now: datetime,
) -> Appeal:
    """Against the last decision that can be appealed. Until it is decided the candidacy rests.
    Raises ``RefusedError`` where there is none, or its time is over.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        today, contest = clock.local_day(now), contest_of(candidate)
        refusal = refusal_to_appeal(candidate, contest, today=today)
        if refusal or contest is None:
            raise RefusedError(refusal or AppealRefusal.NOTHING_TO_APPEAL)
        made = Appeal(
            candidate=candidate,
            step=contest.step,
            words=objection.words,
            wish=objection.wish,
            made_at=now,
            due_on=rules.last_day(today, days_to_answer(candidate.level.version)),
        )
        session.add(made)
        session.flush()
        if paper:
            _keep_paper(session, made, paper, by=by, now=now)
        told = tell_appellant(made, AppealEvent.MADE, now=now)
        step = Step(CandidateState.APPEALED, StepReason.APPEAL_MADE, by, now, told=told)
        try:
            with session.begin_nested():
                take(candidate, step)
        except IntegrityError as taken:
            # Somebody begins the same way anew in this very moment.
            raise RefusedError(AppealRefusal.ANOTHER_WAY) from taken
        write_down(made, AppealStepKind.MADE, by=by, told=told, now=now)
        tell_desk_of_appeal(made, now=now)
        return made


def add_paper(appeal_id: int, file: ReceivedFile, *, by: int, now: datetime) -> AppealPaper:
    """Whoever decides reads it. The same file sent twice with one form is there once."""
    with transaction() as session:
        appeal, _candidate = held_open(session, appeal_id)
        return _keep_paper(session, appeal, file, by=by, now=now)


def withdraw(appeal_id: int, *, reason: str | None, by: int, now: datetime) -> Appeal:
    """The decision stands, and cannot be appealed again."""
    with transaction() as session:
        appeal, candidate = held_open(session, appeal_id)
        told = tell_appellant(appeal, AppealEvent.WITHDRAWN, now=now)
        stood = stood_when_appealed(candidate.steps)
        take(candidate, Step(stood, StepReason.APPEAL_WITHDRAWN, by, now, remark=reason, told=told))
        appeal.state, appeal.closed_at = AppealState.WITHDRAWN, now
        write_down(appeal, AppealStepKind.WITHDRAWN, by=by, reason=reason, told=told, now=now)
        return appeal


def held_open(session: Session, appeal_id: int) -> tuple[Appeal, Candidate]:
    """An appeal that waits to be decided, and its candidacy, under their locks."""
    candidate_id = session.get_one(Appeal, appeal_id).candidate_id
    candidate = held(session, candidate_id)
    appeal = session.get_one(Appeal, appeal_id, with_for_update=True, populate_existing=True)
    if refusal := rules.refusal_to_close(appeal.state, candidate.state):
        raise RefusedError(refusal)
    return appeal, candidate


def write_down(
    appeal: Appeal,
    kind: AppealStepKind,
    *,
    by: int,
    reason: str | None = None,
    told: str | None = None,
    now: datetime,
) -> None:
    with transaction() as session:
        session.add(
            AppealStep(appeal=appeal, kind=kind, at=now, by_id=by, reason=reason, told=told)
        )
        session.flush()


def _keep_paper(
    session: Session, appeal: Appeal, file: ReceivedFile, *, by: int, now: datetime
) -> AppealPaper:
    file_id = id_of_file(file, by=by, now=now)
    for known in appeal.papers:
        if known.file_id == file_id:
            return known
    if len(appeal.papers) >= rules.MOST_PAPERS:
        raise RefusedError(AppealRefusal.TOO_MANY_PAPERS, field="file")
    paper = AppealPaper(appeal=appeal, file_id=file_id, at=now)
    session.add(paper)
    session.flush()
    return paper
