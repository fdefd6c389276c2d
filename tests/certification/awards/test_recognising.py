import re
from datetime import UTC, date, datetime, timedelta

import pytest

from club.certification.awards import queries
from club.certification.awards.operations.recognising import recognise
from club.certification.awards.rules import AwardRefusal
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.rules import Conflict
from club.certification.schemes.models import ValidFrom
from club.db import db
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator, a_judged_level, under_assessment
from tests.certification.awards.kit import TODAY, certified, recognised
from tests.certification.candidacy.test_race import at_once
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import NOW, an_account, an_employment, an_organisation, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def test_the_club_recognises_whoever_was_certified_and_says_so():
    candidate, coordinator = certified(validity_months=36), a_coordinator()
    award = recognise(candidate.id, by=coordinator.id, now=NOW)
    step = reload(candidate).steps[-1]
    assert (step.reason, step.to_state, step.by_id) == (
        StepReason.RECOGNISED,
        CandidateState.VALID,
        coordinator.id,
    )
    assert candidate.state is CandidateState.VALID
    (period,) = award.periods
    assert (period.position, period.earned_on) == (0, None)
    assert (period.valid_from, period.valid_until) == (TODAY, date(2029, 3, 3))
    assert (award.person_id, award.level_id) == (candidate.person_id, candidate.level_id)
    (letter,) = letters_to(candidate.person_id, "certification.recognised")
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"
    assert "03/03/2029" in letter.body_text


@pytest.mark.parametrize(
    ("chosen", "first"),
    [
        (ValidFrom.DECIDED, TODAY + timedelta(days=2)),
        (ValidFrom.ISSUED, TODAY + timedelta(days=9)),
        # On that day the last thing was there: the interview.
        (ValidFrom.FULFILLED, TODAY),
    ],
)
def test_it_is_valid_from_the_day_that_the_version_chose(chosen, first):
    decided_at, issued_at = NOW + timedelta(days=2), NOW + timedelta(days=9)
    candidate = certified(now=decided_at, validity_months=12, validity_from=chosen)
    award = recognise(candidate.id, by=a_coordinator().id, now=issued_at)
    days = (award.fulfilled_on, award.decided_on, award.issued_on)
    assert days == (TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=9))
    assert award.periods[0].valid_from == first


def test_what_is_decided_late_on_new_years_eve_is_of_that_day():
    late = datetime(2027, 12, 31, 16, 30, tzinfo=UTC)
    award = recognised(now=late, validity_months=12)
    assert (award.periods[0].valid_from, award.periods[0].valid_until) == (
        date(2027, 12, 31),
        date(2028, 12, 31),
    )


def test_without_months_it_has_no_end():
    assert recognised(without_end=True).periods[0].valid_until is None


def test_nobody_is_recognised_before_the_decision_and_nobody_twice():
    candidate, by = under_assessment(), a_coordinator().id
    with refused(AwardRefusal.NOT_DECIDED):
        recognise(candidate.id, by=by, now=NOW)
    award = recognised()
    with refused(AwardRefusal.RECOGNISED_ALREADY):
        recognise(award.candidate_id, by=by, now=NOW)
    assert len(letters_to(award.person_id, "certification.recognised")) == 1


def test_the_club_recognises_nobody_for_another_body():
    scheme = a_scheme("theirs", awarded_by_club=False)
    candidate = certified(a_judged_level(scheme))
    with refused(AwardRefusal.OF_ANOTHER_BODY):
        recognise(candidate.id, by=a_coordinator().id, now=NOW)
    assert queries.award_of(candidate.id) is None


def test_nobody_recognises_themselves_or_a_colleague():
    own, colleague = a_coordinator(), a_coordinator()
    candidate = certified(account=own)
    with refused(Conflict.IS_THE_CANDIDATE):
        recognise(candidate.id, by=own.id, now=NOW)
    firm = an_organisation()
    for account in (own, colleague):
        an_employment(account.person, firm)
    with refused(Conflict.SAME_ORGANISATION):
        recognise(candidate.id, by=colleague.id, now=NOW)


def test_two_coordinators_recognise_at_the_same_moment(app):
    candidate = certified(account=an_account())
    candidate_id, person_id = candidate.id, candidate.person_id
    one, other = a_coordinator().id, a_coordinator().id
    deeds = [lambda by=by: recognise(candidate_id, by=by, now=NOW) for by in (one, other)]
    assert sorted(map(str, at_once(app, *deeds))) == sorted(
        ["None", AwardRefusal.RECOGNISED_ALREADY.value]
    )
    db.session.rollback()
    assert len(queries.awards_of(person_id)) == 1
