"""Moving to another version of the scheme: by a decision, with a look at what changes first."""

from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.certification.candidacy import queries, rules
from club.certification.candidacy.credits import is_counted_alike
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import (
    Candidate,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.operations.signing import goes_along
from club.certification.candidacy.operations.undoing import claimed_again
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.tie_queries import tie_with
from club.certification.schemes.models import Requirement, SchemeLevel, VersionState
from club.db import transaction
from club.refusal import RefusedError


def move_to_version(
    candidate_id: int, *, level_id: int, remark: str | None, by: int, now: datetime
) -> Candidate:
    """The candidate goes on under the same level of another published version. What was handed in
    and judged counts for the requirements of the same key there, and waits to be judged anew where
    these are counted in another way; a statement with other words is to be signed anew, and the
    letter says so.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        level = session.get_one(SchemeLevel, level_id)
        _refuse_unless_movable(session, candidate, level, by=by, now=now)
        to_sign = _take_evidence_along(session, candidate, level, by=by, now=now)
        candidate.level = level
        session.flush()
        also = {"to_sign": to_sign}
        moved = Told(Event.MOVED_TO_VERSION, len(candidate.steps), remark=remark, also=also)
        told = tell(candidate, moved, now=now)
        why = StepReason.MOVED_TO_VERSION
        take(candidate, Step(candidate.state, why, by, now, remark=remark, told=told))
        note("certification.move_version", candidate, by=by, now=now, version=level.version.label)
        return candidate


def _refuse_unless_movable(
    session: Session, candidate: Candidate, level: SchemeLevel, *, by: int, now: datetime
) -> None:
    if tie := tie_with(candidate, session.get_one(Account, by), on=clock.local_day(now)):
        raise RefusedError(tie)
    if refusal := rules.refusal_to_move(candidate.state):
        raise RefusedError(refusal)
    version = level.version
    is_same_level = (version.scheme_id, level.key) == (candidate.scheme_id, candidate.level_key)
    is_other = level.id != candidate.level_id
    if not is_same_level or not is_other or version.state is not VersionState.PUBLISHED:
        raise RefusedError(CandidacyRefusal.NO_SUCH_VERSION, field="version")


def _take_evidence_along(
    session: Session, candidate: Candidate, level: SchemeLevel, *, by: int, now: datetime
) -> list[Requirement]:
    """New rows for the new requirements; the old ones stay, as withdrawn. Returns the requirements
    whose words are to be signed anew.
    """
    there = {one.key: one for one in level.requirements}
    to_sign = []
    for use in queries.uses_in(candidate.id):
        goes_to = there.get(use.requirement.key)
        if use.state is UseState.WITHDRAWN or goes_to is None:
            continue
        if goes_along(use, goes_to):
            session.add(_carried(use, goes_to))
        else:
            to_sign.append(goes_to)
        use.state, use.decided_at, use.decided_by_id = UseState.WITHDRAWN, now, by
    return to_sign


def _carried(use: EvidenceUse, requirement: Requirement) -> EvidenceUse:
    """What is counted in another way there is to be looked at anew."""
    use_there = claimed_again(use, requirement.id)
    if is_counted_alike(use.requirement, requirement):
        use_there.state, use_there.remark = use.state, use.remark
        use_there.decided_at, use_there.decided_by_id = use.decided_at, use.decided_by_id
        use_there.accepted_at, use_there.accepted_by_id = use.accepted_at, use.accepted_by_id
    return use_there
