"""On the way: handing in, trying again, giving up."""

from datetime import datetime

from club import clock
from club.accounts.models import Account
from club.certification.candidacy import queries, rules
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.snapshots import snapshot_of
from club.certification.candidacy.standing import (
    is_only_counted,
    progress_of,
    still_missing,
)
from club.certification.candidacy.tie_queries import tie_with
from club.db import transaction
from club.refusal import RefusedError


def try_again(candidate_id: int, *, by: int, now: datetime) -> Candidate:
    """After “not yet”, the candidate collects what was missing."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        if candidate.state is not CandidateState.NOT_YET:
            raise RefusedError(CandidacyRefusal.NOT_TRYING_AGAIN)
        take(candidate, Step(CandidateState.COLLECTING, StepReason.TRIES_AGAIN, by, now))
        return candidate


def withdraw(
    candidate_id: int, *, remark: str | None, by: int, now: datetime, seen: str | None = None
) -> Candidate:
    """The candidate gives up: the way to the level, or the recognition itself. Evidence stays the
    person's, for another attempt. ``seen``: the state in which the person wanted to; nobody gives
    up a recognition by a page on which there was none yet.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        if seen and seen != candidate.state:
            raise RefusedError(CandidacyRefusal.DECIDED)
        why = StepReason.WITHDRAWN_BY_PERSON
        if refusal := rules.refusal_to_withdraw(candidate.state, why):
            raise RefusedError(refusal)
        event = Event.GIVEN_UP if candidate.state.is_recognised else Event.WITHDRAWN
        told = tell(candidate, Told(event, "by_person"), now=now)
        take(candidate, Step(CandidateState.WITHDRAWN, why, by, now, remark=remark, told=told))
        return candidate


def withdraw_on_behalf(
    candidate_id: int, *, remark: str | None, by: int, now: datetime
) -> Candidate:
    """A coordinator ends it, with a reason that the person reads. Who was decided to reach the
    level loses that, before any recognition: not by whom there is a tie.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        why, account = StepReason.WITHDRAWN_BY_CLUB, session.get_one(Account, by)
        if candidate.person_id == account.person_id:
            raise RefusedError(CandidacyRefusal.OWN_CANDIDACY)
        tie = tie_with(candidate, account, on=clock.local_day(now))
        if tie and candidate.state is CandidateState.CERTIFIED:
            raise RefusedError(tie)
        if refusal := rules.refusal_to_withdraw(candidate.state, why):
            raise RefusedError(refusal)
        if not remark:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        told = tell(candidate, Told(Event.WITHDRAWN, "by_club", remark=remark), now=now)
        take(candidate, Step(CandidateState.WITHDRAWN, why, by, now, remark=remark, told=told))
        note("certification.end_candidacy", candidate, by=by, now=now, reason=remark)
        return candidate


def hand_in(candidate_id: int, *, by: int, now: datetime) -> Candidate:
    """The candidate says that it can be judged. How everything stood is kept with the step."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        uses = queries.uses_in(candidate_id)
        progress = progress_of(candidate, uses, on=clock.local_day(now))
        missing = still_missing(progress, candidate.level.requirements)
        refusal = rules.refusal_to_hand_in(
            candidate.state,
            is_something_missing=bool(missing),
            is_only_counted=is_only_counted(candidate),
        )
        if refusal:
            raise RefusedError(refusal)
        refuse_if_begun_anew(candidate)
        after = rules.after(candidate.state, StepReason.HANDED_IN)
        assert after
        told = tell(candidate, Told(Event.HANDED_IN, len(candidate.steps)), now=now)
        why, kept = StepReason.HANDED_IN, snapshot_of(progress)
        take(candidate, Step(after, why, by, now, told=told, progress=kept))
        return candidate


def refuse_if_begun_anew(candidate: Candidate) -> None:
    """Where a recognition has run out, the person may have begun the same way once more."""
    known = queries.open_candidacy(candidate.person_id, candidate.level)
    if known is not None and known is not candidate:
        raise RefusedError(CandidacyRefusal.CANDIDATE_ALREADY)


def send_back(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    """Whoever judges asks for something to be added, which ends the round: nobody with a tie."""
    with transaction() as session:
        candidate, account = held(session, candidate_id), session.get_one(Account, by)
        if candidate.person_id == account.person_id:
            raise RefusedError(CandidacyRefusal.OWN_CANDIDACY)
        if not candidate.state.is_being_assessed:
            raise RefusedError(CandidacyRefusal.DECIDED)
        if tie := tie_with(candidate, account, on=clock.local_day(now)):
            raise RefusedError(tie)
        if not remark:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        again = Told(Event.SENT_BACK, len(candidate.steps), remark=remark)
        told = tell(candidate, again, now=now)
        why = StepReason.SENT_BACK
        after = rules.after(candidate.state, why)
        assert after
        take(candidate, Step(after, why, by, now, remark=remark, told=told))
        note("certification.send_back", candidate, by=by, now=now, reason=remark)
        return candidate
