import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.certification.assessment.operations.asking import ask_assessor
from club.certification.assessment.operations.deciding import Ruling
from club.certification.assessment.operations.judging import finish, requirements_to_judge
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.awards import queries
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.renewing import confirm_renewal, decide_renewal
from club.certification.awards.rules import AwardRefusal
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations.applying import apply
from club.certification.candidacy.operations.going_on import hand_in, send_back
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.certification.candidacy.standing import progress_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import RenewedFrom
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator, an_assessor, found
from tests.certification.awards.kit import (
    TODAY,
    a_renewing_level,
    brought,
    holder,
    judged_by_assessors,
    morning,
)
from tests.certification.candidacy.kit import handed_in
from tests.support.factories import an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

END = date(2028, 3, 3)
DUE, IN_GRACE, OVER = date(2027, 12, 1), date(2028, 6, 1), date(2028, 9, 4)


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def periods(candidate):
    found = queries.award_of(candidate.id).periods
    return [(one.valid_from, one.valid_until, one.earned_on) for one in found]


def due(candidate, day=DUE):
    follow_days(now=morning(day))
    return reload(candidate)


def confirmed(candidate, day, by=None):
    return confirm_renewal(
        candidate.id, remark=None, by=(by or a_coordinator()).id, now=morning(day)
    )


def test_what_only_has_to_be_counted_a_coordinator_confirms():
    candidate = holder()
    brought(candidate, day=date(2027, 5, 1))
    coordinator = a_coordinator()
    confirmed(due(candidate), DUE, coordinator)
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.reason, step.by_id) == (
        CandidateState.RENEWED,
        StepReason.RENEWED,
        coordinator.id,
    )
    assert periods(candidate) == [
        (TODAY, END, None),
        (END + timedelta(days=1), date(2030, 3, 3), date(2027, 5, 1)),
    ]
    (letter,) = letters_to(candidate.person_id, "certification.renewed")
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"
    assert "03/03/2030" in letter.body_text
    assert step.progress["needs"]["development"]["amount"] == "24.00"


def test_nobody_renews_what_is_not_due_or_not_earned():
    candidate = holder()
    brought(candidate, 23, day=date(2027, 5, 1))
    with refused(AwardRefusal.NOT_RENEWING):
        confirmed(candidate, DUE)
    due(candidate)
    with refused(AwardRefusal.NOT_EARNED):
        confirmed(candidate, DUE)
    assert len(periods(candidate)) == 1


def test_what_led_to_the_recognition_does_not_renew_it():
    candidate = holder()
    brought(candidate, day=date(2026, 3, 1))
    due(candidate)
    progress = progress_of(candidate, uses_in(candidate.id), on=DUE)
    assert progress.standing_of("development").state is NeedState.MISSING
    with refused(AwardRefusal.NOT_EARNED):
        confirmed(candidate, DUE)


def test_whoever_accepted_the_evidence_does_not_confirm():
    candidate, coordinator = holder(), a_coordinator()
    brought(candidate, day=date(2027, 5, 1), by=coordinator)
    due(candidate)
    with refused(AwardRefusal.ACCEPTED_IT):
        confirmed(candidate, DUE, coordinator)
    assert confirmed(candidate, DUE).position == 1


def test_nobody_confirms_an_own_renewal():
    own = a_coordinator()
    candidate = holder(account=own)
    brought(candidate, day=date(2027, 5, 1))
    due(candidate)
    with refused(Conflict.IS_THE_CANDIDATE):
        confirmed(candidate, DUE, own)


def test_what_comes_in_late_counts_as_of_its_day():
    """From the threshold on: what comes to light lets the renewal begin earlier."""
    candidate = holder(a_renewing_level(renewed_from=RenewedFrom.THRESHOLD))
    brought(candidate, 12, day=date(2027, 3, 1))
    brought(candidate, 12, day=date(2027, 11, 1))
    due(candidate)
    brought(candidate, 12, day=date(2027, 5, 1))
    confirmed(candidate, DUE)
    assert periods(candidate)[1] == (date(2027, 5, 1), date(2029, 5, 1), date(2027, 5, 1))


@pytest.mark.parametrize("day", [IN_GRACE, OVER])
def test_after_the_end_it_is_renewed_late_by_what_is_of_a_day_in_the_grace_time(day):
    candidate = holder()
    due(candidate)
    due(candidate, day)
    expected = CandidateState.RENEWAL_DUE if day is IN_GRACE else CandidateState.LAPSED
    assert reload(candidate).state is expected
    brought(candidate, day=date(2028, 5, 20))
    confirmed(candidate, day)
    step = reload(candidate).steps[-1]
    assert (step.from_state, step.reason) == (expected, StepReason.RENEWED_LATE)
    assert periods(candidate)[1] == (date(2028, 5, 20), date(2030, 3, 3), date(2028, 5, 20))


def test_what_is_of_a_day_after_the_grace_time_renews_nothing():
    candidate = holder()
    due(candidate, OVER)
    brought(candidate, day=OVER)
    with refused(AwardRefusal.NOT_EARNED):
        confirmed(candidate, OVER)
    progress = progress_of(reload(candidate), uses_in(candidate.id), on=OVER)
    assert not progress.is_complete


def test_whoever_has_begun_anew_goes_that_way():
    account = an_account()
    candidate = holder(account=account)
    due(candidate, OVER)
    brought(candidate, day=date(2028, 5, 20))
    level_id = candidate.level_id
    apply(candidate.person_id, level_id=level_id, motivation=None, by=account.id, now=morning(OVER))
    with refused(CandidacyRefusal.CANDIDATE_ALREADY):
        confirmed(candidate, OVER)


def test_a_renewal_without_anything_to_judge_is_not_handed_in():
    candidate = holder()
    brought(candidate, day=date(2027, 5, 1))
    due(candidate)
    with refused(CandidacyRefusal.NOTHING_TO_JUDGE):
        hand_in(candidate.id, by=an_account().id, now=morning(DUE))


@pytest.fixture
def judged_renewal():
    """Handed in, with an assessor who found the project there."""
    candidate = holder(a_renewing_level(judged_by_assessors()))
    due(candidate)
    return judge(candidate, DUE)


def judge(candidate, day, **said):
    by = an_account().id
    report = {"amount": 1, "day": day - timedelta(days=30), "key": "project"}
    brought_for_assessors(candidate, **report)
    hand_in(candidate.id, by=by, now=morning(day))
    assessor = an_assessor()
    due_on = day + timedelta(days=14)
    task = ask_assessor(
        candidate.id, assessor.id, due_on=due_on, by=a_coordinator().id, now=morning(day)
    )
    finish(task.id, found(reload(candidate), **said), now=morning(day))
    return candidate, assessor


def brought_for_assessors(candidate, *, amount, day, key):
    return handed_in(candidate, key, now=morning(day), amount=Decimal(amount), day=day, to_day=None)


def ruled(candidate, outcome, *, by=None, reason=None, day=DUE):
    by = by or a_coordinator()
    return decide_renewal(candidate.id, Ruling(outcome, reason), by=by.id, now=morning(day))


def test_assessors_judge_what_the_renewal_leaves_to_them(judged_renewal):
    candidate, _assessor = judged_renewal
    assert reload(candidate).state is CandidateState.RENEWAL_UNDER_ASSESSMENT
    assert [one.key for one in requirements_to_judge(candidate)] == ["project"]
    ruled(candidate, CandidateState.RENEWED)
    assert reload(candidate).state is CandidateState.RENEWED
    assert periods(candidate)[1][:2] == (date(2028, 3, 4), date(2030, 3, 3))
    assert {one.state.value for one in uses_in(candidate.id)} == {"accepted"}


def test_whoever_assessed_the_renewal_does_not_decide(judged_renewal):
    candidate, assessor = judged_renewal
    with refused(AssessmentRefusal.ASSESSED_IT):
        ruled(candidate, CandidateState.RENEWED, by=assessor)


def test_a_renewal_is_not_granted_yet_with_a_reason(judged_renewal):
    candidate, _assessor = judged_renewal
    with refused(AssessmentRefusal.REASON_MISSING):
        ruled(candidate, CandidateState.RENEWAL_DUE)
    ruled(candidate, CandidateState.RENEWAL_DUE, reason="Chưa đo sau cải tiến.")
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.reason) == (CandidateState.RENEWAL_DUE, StepReason.DECIDED)
    assert "Chưa đo sau cải tiến." in step.told
    assert len(periods(candidate)) == 1


@pytest.mark.parametrize("outcome", [CandidateState.CERTIFIED, CandidateState.REFUSED])
def test_about_a_renewal_nothing_else_is_decided(judged_renewal, outcome):
    candidate, _assessor = judged_renewal
    with refused(AssessmentRefusal.NOT_UNDER_ASSESSMENT):
        ruled(candidate, outcome, reason="Vì thế")


def test_what_assessors_judge_no_coordinator_confirms():
    candidate = holder(a_renewing_level(judged_by_assessors()))
    due(candidate)
    with refused(AwardRefusal.FOR_ASSESSORS):
        confirmed(candidate, DUE)


def test_something_is_to_be_added_to_a_renewal(judged_renewal):
    candidate, _assessor = judged_renewal
    send_back(candidate.id, remark="Thiếu ảnh", by=a_coordinator().id, now=morning(DUE))
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    assert reload(candidate).steps[-1].reason is StepReason.SENT_BACK


def test_what_was_found_for_one_renewal_says_nothing_about_the_next(judged_renewal):
    candidate, _assessor = judged_renewal
    ruled(candidate, CandidateState.RENEWED)
    later = date(2029, 12, 1)
    due(candidate, later)
    brought_for_assessors(candidate, amount=1, day=later - timedelta(days=3), key="project")
    progress = progress_of(reload(candidate), uses_in(candidate.id), on=later)
    assert progress.standing_of("project").state is NeedState.WAITING
    assert progress.standing_of("project").verdict is None


def test_while_a_renewal_is_judged_time_ends_nothing_but_its_validity(judged_renewal):
    candidate, _assessor = judged_renewal
    assert follow_days(now=morning(OVER)) == 0
    ruled(candidate, CandidateState.RENEWED, day=OVER)
    assert reload(candidate).steps[-1].reason is StepReason.RENEWED_LATE
    assert periods(candidate)[1][0] == date(2028, 3, 4)
