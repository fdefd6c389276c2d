from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload, selectinload

from club.accounts.models import Account, Role, RoleName, account_role
from club.certification.assessment.models import (
    AssessorTask,
    Choice,
    Finding,
    PanelVote,
    TaskState,
)
from club.certification.candidacy.models import (
    ASSESSED_STATES,
    Candidate,
    CandidateStep,
    StepReason,
)
from club.certification.candidacy.tie_queries import without_tie_to
from club.certification.schemes.models import Deciding, Requirement, SchemeLevel, SchemeVersion
from club.db import db

_CANDIDATE = joinedload(AssessorTask.candidate)
_NAMED = (
    _CANDIDATE.joinedload(Candidate.person),
    _CANDIDATE.joinedload(Candidate.level)
    .joinedload(SchemeLevel.version)
    .joinedload(SchemeVersion.scheme),
)


def round_of(candidate_id: int) -> CandidateStep | None:
    """The step with which the candidacy last came to be assessed."""
    query = select(CandidateStep).where(CandidateStep.id == _last_round(candidate_id))
    return db.session.scalars(query).one_or_none()


def _last_round(candidate_id: int | InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """Its id: of one candidacy, or within a query about many."""
    step = aliased(CandidateStep)
    return (
        select(func.max(step.id))
        .where(step.candidate_id == candidate_id, step.to_state.in_(ASSESSED_STATES))
        .scalar_subquery()
    )


def judged_before_appeal(candidate: Candidate) -> set[int]:
    """Accounts that assessed or decided before the round in hand, where a granted appeal began it;
    else nobody.
    """
    if not candidate.state.is_being_assessed:
        return set()
    round_ = round_of(candidate.id)
    if round_ is None or round_.reason is not StepReason.APPEAL_GRANTED:
        return set()
    query: CompoundSelect[tuple[int | None]] = union(
        select(AssessorTask.assessor_id).where(
            AssessorTask.candidate_id == candidate.id, AssessorTask.round_id != round_.id
        ),
        select(CandidateStep.by_id).where(
            CandidateStep.candidate_id == candidate.id,
            CandidateStep.reason == StepReason.DECIDED,
            CandidateStep.by_id.is_not(None),
        ),
    )
    return set(db.session.scalars(query))


def tasks_of(candidate_id: int) -> Sequence[AssessorTask]:
    """All that were ever given, round by round, with what was found."""
    query = (
        select(AssessorTask)
        .where(AssessorTask.candidate_id == candidate_id)
        .order_by(AssessorTask.round_id, AssessorTask.id)
        .options(selectinload(AssessorTask.findings), joinedload(AssessorTask.assessor))
    )
    return db.session.scalars(query).all()


def task_by_public_id(public_id: UUID) -> AssessorTask | None:
    query = select(AssessorTask).where(AssessorTask.public_id == public_id)
    options = (
        *_NAMED,
        _CANDIDATE.joinedload(Candidate.level).selectinload(SchemeLevel.requirements),
        selectinload(AssessorTask.findings).joinedload(Finding.requirement),
    )
    return db.session.scalars(query.options(*options)).one_or_none()


def task_about(candidate_id: int, account_id: int) -> AssessorTask | None:
    """The one that an assessor has of the candidate, the latest first; none that was given back."""
    query = (
        select(AssessorTask)
        .where(
            AssessorTask.candidate_id == candidate_id,
            AssessorTask.assessor_id == account_id,
            AssessorTask.state.in_([state for state in TaskState if state.stands]),
        )
        .order_by(AssessorTask.id.desc())
    )
    return db.session.scalars(query).first()


def queue_of(account_id: int) -> Sequence[AssessorTask]:
    """What an assessor is asked to judge, the first due first."""
    query = (
        select(AssessorTask)
        .join(AssessorTask.candidate)
        .where(
            AssessorTask.assessor_id == account_id,
            AssessorTask.state == TaskState.ASKED,
            AssessorTask.round_id == _last_round(AssessorTask.candidate_id),
            Candidate.state.in_(ASSESSED_STATES),
        )
    )
    ordered = query.order_by(AssessorTask.due_on, AssessorTask.id).options(*_NAMED)
    return db.session.scalars(ordered).all()


def done_by(account_id: int, *, limit: int) -> Sequence[AssessorTask]:
    """What an assessor judged, gave back or lost, the latest first."""
    query = select(AssessorTask).where(
        AssessorTask.assessor_id == account_id, AssessorTask.state != TaskState.ASKED
    )
    ordered = query.order_by(AssessorTask.ended_at.desc(), AssessorTask.id.desc())
    return db.session.scalars(ordered.limit(limit).options(*_NAMED)).all()


def assessors() -> Sequence[Account]:
    """Accounts that can be asked, by given name."""
    query = (
        select(Account)
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == RoleName.ASSESSOR.value, Account.active)
        .options(joinedload(Account.person))
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.person.sort_key, one.id))


def decided_findings(candidate_id: int) -> Sequence[Finding]:
    """What held when it was last decided, requirement by requirement in their order."""
    decided = select(func.max(CandidateStep.id)).where(
        CandidateStep.candidate_id == candidate_id, CandidateStep.reason == StepReason.DECIDED
    )
    round_ = select(func.max(CandidateStep.id)).where(
        CandidateStep.candidate_id == candidate_id,
        CandidateStep.to_state.in_(ASSESSED_STATES),
        CandidateStep.id < decided.scalar_subquery(),
    )
    query = (
        select(Finding)
        .join(Finding.task)
        .join(Finding.requirement)
        .where(
            AssessorTask.round_id == round_.scalar_subquery(),
            AssessorTask.state == TaskState.DONE,
            Finding.superseded_at.is_(None),
        )
        .order_by(Requirement.position, Requirement.id, Finding.id)
        .options(contains_eager(Finding.requirement))
    )
    return db.session.scalars(query).all()


def votes_in(round_id: int) -> Sequence[PanelVote]:
    """That hold, in the order in which they were cast."""
    query = select(PanelVote).where(
        PanelVote.round_id == round_id, PanelVote.superseded_at.is_(None)
    )
    return db.session.scalars(query.order_by(PanelVote.id)).all()


def choices_in(round_id: int) -> list[Choice]:
    return [vote.choice for vote in votes_in(round_id)]


def panels_waiting_for(account: Account, *, on: date) -> Sequence[Candidate]:
    """Whom a panel decides about and the account may vote on and has not: neither asked to assess
    nor with a tie.
    """
    account_id = account.id
    voted = select(PanelVote.candidate_id).where(
        PanelVote.voter_id == account_id,
        PanelVote.superseded_at.is_(None),
        PanelVote.round_id == _last_round(PanelVote.candidate_id),
    )
    asked = select(AssessorTask.candidate_id).where(
        AssessorTask.assessor_id == account_id,
        AssessorTask.round_id == _last_round(AssessorTask.candidate_id),
    )
    return [
        one
        for one in under_assessment(
            Candidate.id.not_in(voted), Candidate.id.not_in(asked), *without_tie_to(account, on=on)
        )
        if one.level.version.deciding is Deciding.PANEL
    ]


def under_assessment(*narrowed: ColumnElement[bool]) -> Sequence[Candidate]:
    """Everybody who waits to be assessed or decided about, the longest waiting first."""
    query = (
        select(Candidate)
        .where(Candidate.state.in_(ASSESSED_STATES), *narrowed)
        .order_by(Candidate.state_since, Candidate.id)
        .options(
            joinedload(Candidate.person),
            joinedload(Candidate.level)
            .joinedload(SchemeLevel.version)
            .joinedload(SchemeVersion.scheme),
        )
    )
    return db.session.scalars(query).all()


def standing_tasks(candidate_id: int) -> Sequence[AssessorTask]:
    """Those of the last round that are not given or taken back."""
    query = (
        select(AssessorTask)
        .where(
            AssessorTask.candidate_id == candidate_id,
            AssessorTask.round_id == _last_round(AssessorTask.candidate_id),
            AssessorTask.state.in_([state for state in TaskState if state.stands]),
        )
        .order_by(AssessorTask.id)
        .options(joinedload(AssessorTask.assessor).joinedload(Account.person))
    )
    return db.session.scalars(query).all()


def left_by_assessors(candidate_ids: Collection[int]) -> set[int]:
    """Candidacies that wait for somebody whose account is closed, or no assessor's any more."""
    assessors = (
        select(account_role.c.account_id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name == RoleName.ASSESSOR.value)
    )
    query = (
        select(AssessorTask.candidate_id)
        .join(AssessorTask.assessor)
        .join(AssessorTask.candidate)
        .where(*_waited_for(candidate_ids), or_(~Account.active, Account.id.not_in(assessors)))
    )
    return set(db.session.scalars(query))


def first_due(candidate_ids: Collection[int]) -> dict[int, date]:
    """By candidacy, the day by which the first of its assessors is to judge."""
    query = (
        select(AssessorTask.candidate_id, func.min(AssessorTask.due_on))
        .join(AssessorTask.candidate)
        .where(*_waited_for(candidate_ids))
        .group_by(AssessorTask.candidate_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _waited_for(candidate_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Tasks of the round in hand that are not done. For a SELECT from tasks and candidates."""
    return (
        AssessorTask.candidate_id.in_(candidate_ids),
        AssessorTask.state == TaskState.ASKED,
        AssessorTask.round_id == _last_round(AssessorTask.candidate_id),
        Candidate.state.in_(ASSESSED_STATES),
    )
