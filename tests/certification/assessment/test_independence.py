"""Who stands too close to a candidate, or accepted what the decision rests on, does not decide."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import and_, select

from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.candidacy.rules import Conflict
from club.certification.candidacy.tie_queries import without_tie_to
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.clock import local_day
from club.courses.operations import add_trainer, remove_trainer
from club.db import db
from club.refusal import RefusedError
from tests.certification.assessment.kit import (
    a_coordinator,
    an_assessor,
    judged,
    under_assessment,
)
from tests.certification.candidacy.kit import admitted
from tests.certification.kit import a_record
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.pilots.kit import a_project, ended, taking_part
from tests.records.outside_kit import decided, training_elsewhere
from tests.support.factories import NOW, a_run, an_account, reload

pytestmark = pytest.mark.usefixtures("context")

TODAY = local_day(NOW)


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


@pytest.mark.parametrize(("days", "is_tied"), [(9, False), (11, True)])
def test_whoever_was_taken_off_the_class_after_teaching_stays_its_trainer(days, is_tied):
    assessor, candidate = an_assessor(), under_assessment()
    run = a_run(starts_at=NOW + timedelta(days=10))
    add_trainer(run, assessor.person, by=None, now=NOW)
    a_record(candidate.person, run)
    left = NOW + timedelta(days=days)
    remove_trainer(reload(run), assessor.person_id, by=None, now=left)
    tie = Conflict.TRAINED_THE_CANDIDATE if is_tied else None
    assert conflict_with(candidate, assessor, on=TODAY) is tie
    tied = ~and_(*without_tie_to(assessor, on=TODAY))
    found = db.session.scalars(select(Candidate.id).where(tied)).all()
    assert (candidate.id in found) is is_tied


def a_level_by(*asked):
    """A judged level that asks for this as well."""
    version = a_version(scheme=a_scheme("rests"), number=1)
    a_requirement(
        version,
        "interview",
        kind=RequirementKind.INTERVIEW,
        unit=Unit.DONE,
        minimum=Decimal(1),
        judged_by=Judge.ASSESSOR,
    )
    for key, facts in asked:
        a_requirement(version, key, position=2, **facts)
    return published(version, on=date(2026, 1, 1)).levels[0]


def outside_training_of(account, by):
    return decided(training_elsewhere(account), by=by)


def part_of(account, by):
    return taking_part(ended(a_project()), account.person, by=by)


HOURS = ("training", {"minimum": Decimal(8)})
PROJECT = (
    "project",
    {"kind": RequirementKind.PROJECT, "unit": Unit.PROJECTS, "minimum": Decimal(1)},
)


@pytest.mark.parametrize(
    ("asked_for", "accepted"), [(HOURS, outside_training_of), (PROJECT, part_of)]
)
def test_whoever_accepted_what_the_level_rests_on_does_not_decide(asked_for, accepted):
    account, accepter = an_account(), a_coordinator()
    accepted(account, accepter)
    candidate = admitted(a_level_by(asked_for), account)
    hand_in(candidate.id, by=account.id, now=NOW)
    judged(candidate)
    yes = Ruling(CandidateState.CERTIFIED)
    with refused(AssessmentRefusal.ACCEPTED_IT):
        decide(candidate.id, yes, by=accepter.id, now=NOW)
    assert decide(candidate.id, yes, by=a_coordinator().id, now=NOW).state is yes.outcome


def test_whoever_accepted_training_that_nothing_rests_on_may_decide():
    account, accepter = an_account(), a_coordinator()
    outside_training_of(account, accepter)
    candidate = admitted(a_level_by(), account)
    hand_in(candidate.id, by=account.id, now=NOW)
    judged(candidate)
    ruling = Ruling(CandidateState.CERTIFIED)
    assert decide(candidate.id, ruling, by=accepter.id, now=NOW).state is ruling.outcome
