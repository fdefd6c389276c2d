"""What the standing of recognitions follows from, for one or for thousands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, dropwhile
from typing import cast

from sqlalchemy import func, inspect, or_, select
from sqlalchemy.orm import QueryableAttribute, joinedload

from club.certification.awards.models import Award, AwardPeriod
from club.certification.awards.standing import AwardFacts, Change, facts_of
from club.certification.awards.terms import terms_of
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    Recognition,
    StepReason,
    states_where,
)
from club.certification.progress.validity import Period, Window, periods_kept, window_of
from club.certification.schemes.models import REMINDER_DAYS, SchemeLevel, SchemeVersion
from club.clock import local_day
from club.db import db

_RECOGNITION = cast(
    "QueryableAttribute[Award]", inspect(Candidate).relationships["recognition"].class_attribute
)
#: What to ask for with a candidacy, so that how its recognition stands costs no more questions.
WITH_RECOGNITION = joinedload(_RECOGNITION).options(
    joinedload(Award.periods), joinedload(Award.suspensions)
)
#: A renewal that is being judged is decided by people, not by time.
_RUNNING = [s for s in states_where(Recognition.STANDS) if not s.is_being_assessed]


def facts_of_candidates(candidate_ids: Collection[int]) -> dict[int, AwardFacts]:
    """By candidacy; who was not recognised is left out."""
    return {award.candidate_id: facts_of_award(award) for award in awards_with_facts(candidate_ids)}


def windows_of(candidates: Collection[Candidate]) -> Mapping[int, Window]:
    """By candidacy, in which days the next renewal of its recognition is earned."""
    unread = [one.id for one in candidates if _RECOGNITION.key not in one.__dict__]
    read = awards_with_facts(unread) if unread else ()
    awards = [*read, *(award for one in candidates if (award := recognition_read(one)))]
    found = {
        award.candidate_id: window_of(periods_of(award)[-1], terms_of(award.level.version))
        for award in awards
    }
    return {candidate_id: window for candidate_id, window in found.items() if window}


def awards_with_facts(candidate_ids: Collection[int]) -> Sequence[Award]:
    """With everything that how they stand follows from, in one question."""
    query = (
        select(Award)
        .where(Award.candidate_id.in_(candidate_ids))
        .options(
            joinedload(Award.level).joinedload(SchemeLevel.version),
            joinedload(Award.periods),
            joinedload(Award.suspensions),
            joinedload(Award.candidate).joinedload(Candidate.steps),
        )
    )
    return db.session.scalars(query).unique().all()


def recognition_read(candidate: Candidate) -> Award | None:
    """The recognition of a candidacy that was asked for with ``WITH_RECOGNITION``."""
    found: Award | None = candidate.__dict__.get(_RECOGNITION.key)
    return found


def facts_of_award(award: Award) -> AwardFacts:
    return facts_of(periods_of(award), terms_of(award.level.version), list(_changes(award)))


def periods_of(award: Award) -> tuple[Period, ...]:
    """As they were decided."""
    kept = [(one.valid_from, one.valid_until, one.earned_on) for one in award.periods]
    return periods_kept(kept, terms_of(award.level.version))


def _changes(award: Award) -> Iterator[Change]:
    """Since it was given, in order."""
    until = {one.step_id: one.until_on for one in award.suspensions}
    given = dropwhile(_is_earlier, award.candidate.steps)
    return (
        Change(
            local_day(step.at),
            step.to_state,
            until.get(step.id),
            by_holder=step.reason is StepReason.WITHDRAWN_BY_PERSON,
        )
        for step in given
    )


def _is_earlier(step: CandidateStep) -> bool:
    return step.reason is not StepReason.RECOGNISED


def candidacies_to_follow(*, today: date) -> list[tuple[int, int, CandidateState]]:
    """Those that time may take on, with their persons and states: what ends within the longest time
    that any version reminds before, what has ended, and what is suspended. In a fixed order.
    """
    planned = db.session.scalars(select(SchemeVersion.reminder_days))
    furthest = max([*REMINDER_DAYS, *chain(*planned)])
    last = (
        select(func.max(AwardPeriod.valid_until))
        .where(AwardPeriod.award_id == Award.id)
        .scalar_subquery()
    )
    ends = Candidate.state.in_(_RUNNING) & (last <= today + timedelta(days=furthest))
    query = (
        select(Candidate.id, Candidate.person_id, Candidate.state)
        .join(Award, Award.candidate_id == Candidate.id)
        .where(or_(Candidate.state == CandidateState.SUSPENDED, ends))
        .order_by(Candidate.id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]
