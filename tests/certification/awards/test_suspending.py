import re
from datetime import date

import pytest

from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.suspending import resume, suspend
from club.certification.awards.operations.withdrawing import (
    agree_to_withdrawal,
    drop_withdrawal,
    propose_withdrawal,
)
from club.certification.awards.rules import AwardRefusal, Pause
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations.going_on import withdraw
from club.certification.candidacy.rules import Conflict
from club.certification.progress.validity import AwardStanding
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator
from tests.certification.awards.kit import certified, holder, morning
from tests.certification.candidacy.test_race import at_once
from tests.support.factories import NOW, an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

PAUSE = Pause(
    reason="Báo cáo dự án không đúng số liệu.",
    public_words="Đang xem xét lại",
    until_on=date(2026, 4, 30),
    to_do="Nộp số liệu gốc.",
)


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def paused(candidate, *, now=NOW, by=None, **differs):
    pause = Pause(**vars(PAUSE) | differs)
    return suspend(candidate.id, pause, by=(by or a_coordinator()).id, now=now)


def standing(candidate, day):
    return facts_of_candidates([candidate.id])[candidate.id].on(day)


def test_a_recognition_is_suspended_and_the_person_reads_why():
    candidate = holder()
    paused(candidate)
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.remark) == (CandidateState.SUSPENDED, PAUSE.reason)
    (letter,) = letters_to(candidate.person_id, "certification.suspended")
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"
    for words in (PAUSE.reason, PAUSE.public_words, PAUSE.to_do, "30/04/2026"):
        assert words in letter.body_text
    assert standing(candidate, date(2026, 3, 3)) is AwardStanding.SUSPENDED
    assert standing(candidate, date(2026, 5, 1)) is AwardStanding.VALID


@pytest.mark.parametrize(
    ("differs", "refusal"),
    [
        ({"reason": None}, AwardRefusal.REASON_MISSING),
        ({"public_words": None}, AwardRefusal.PUBLIC_WORDS_MISSING),
        ({"until_on": None, "to_do": None}, AwardRefusal.UNTIL_WHEN),
        ({"until_on": date(2026, 3, 2)}, AwardRefusal.ENDS_TOO_EARLY),
    ],
)
def test_a_suspension_says_why_and_until_when(differs, refusal):
    candidate = holder()
    with refused(refusal):
        paused(candidate, **differs)
    assert reload(candidate).state is CandidateState.VALID


def test_only_what_stands_is_suspended_and_nobody_suspends_themselves():
    with refused(AwardRefusal.NOT_STANDING):
        paused(certified())
    own = a_coordinator()
    with refused(Conflict.IS_THE_CANDIDATE):
        paused(holder(account=own), by=own)


@pytest.mark.parametrize(
    ("day", "state", "reason"),
    [
        (date(2026, 5, 20), CandidateState.VALID, StepReason.RESUMED),
        (date(2027, 12, 1), CandidateState.RENEWAL_DUE, StepReason.RESUMED),
        (date(2028, 9, 4), CandidateState.LAPSED, StepReason.NOT_RENEWED),
    ],
)
def test_lifted_it_stands_as_it_would_have_stood(day, state, reason):
    candidate = holder()
    paused(candidate, until_on=None)
    resume(candidate.id, remark="Đã nộp đủ.", by=a_coordinator().id, now=morning(day))
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.reason) == (state, reason)
    assert "Đã nộp đủ." in step.told
    assert standing(candidate, day) is not AwardStanding.SUSPENDED
    with refused(AwardRefusal.NOT_SUSPENDED):
        resume(candidate.id, remark=None, by=a_coordinator().id, now=morning(day))


def test_a_suspension_with_a_last_day_is_over_by_itself():
    candidate = holder()
    paused(candidate)
    assert follow_days(now=morning(date(2026, 4, 30))) == 0
    assert follow_days(now=morning(date(2026, 5, 1))) == 1
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.reason, step.by_id) == (
        CandidateState.VALID,
        StepReason.RESUMED,
        None,
    )
    assert len(letters_to(candidate.person_id, "certification.resumed")) == 1


def test_two_coordinators_suspend_at_the_same_moment(app):
    candidate = holder(account=an_account())
    candidate_id = candidate.id
    accounts = [a_coordinator().id, a_coordinator().id]
    deeds = [lambda by=by: suspend(candidate_id, PAUSE, by=by, now=NOW) for by in accounts]
    assert at_once(app, *deeds).count(None) == 1
    assert [one.reason for one in reload(candidate).steps].count(StepReason.SUSPENDED) == 1


def test_it_takes_two_people_to_withdraw_a_recognition():
    candidate, one, other = holder(), a_coordinator(), a_coordinator()
    with refused(AwardRefusal.REASON_MISSING):
        propose_withdrawal(candidate.id, reason=None, by=one.id, now=NOW)
    propose_withdrawal(candidate.id, reason="Mạo nhận số liệu.", by=one.id, now=NOW)
    assert reload(candidate).state is CandidateState.VALID
    assert letters_to(candidate.person_id, "certification.recognition_withdrawn") == []
    with refused(AwardRefusal.SOMEBODY_ELSE):
        agree_to_withdrawal(candidate.id, by=one.id, now=NOW)
    with refused(AwardRefusal.PROPOSED_ALREADY):
        propose_withdrawal(candidate.id, reason="Cũng thế.", by=other.id, now=NOW)
    agree_to_withdrawal(candidate.id, by=other.id, now=NOW)
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.reason) == (
        CandidateState.WITHDRAWN,
        StepReason.RECOGNITION_WITHDRAWN,
    )
    assert "Mạo nhận số liệu." in step.told
    assert standing(candidate, date(2026, 3, 3)) is AwardStanding.WITHDRAWN
    with refused(AwardRefusal.NOT_WITHDRAWABLE):
        agree_to_withdrawal(candidate.id, by=a_coordinator().id, now=NOW)


def test_a_proposal_that_is_dropped_leaves_the_recognition_and_can_be_made_again():
    candidate, one, other = holder(), a_coordinator(), a_coordinator()
    propose_withdrawal(candidate.id, reason="Vì thế", by=one.id, now=NOW)
    drop_withdrawal(candidate.id, by=other.id, now=NOW)
    with refused(AwardRefusal.ANSWERED):
        agree_to_withdrawal(candidate.id, by=other.id, now=NOW)
    assert reload(candidate).state is CandidateState.VALID
    propose_withdrawal(candidate.id, reason="Lần nữa", by=one.id, now=NOW)


def test_nobody_has_a_say_in_withdrawing_an_own_recognition():
    own = a_coordinator()
    candidate = holder(account=own)
    with refused(Conflict.IS_THE_CANDIDATE):
        propose_withdrawal(candidate.id, reason="Vì thế", by=own.id, now=NOW)
    propose_withdrawal(candidate.id, reason="Vì thế", by=a_coordinator().id, now=NOW)
    with refused(Conflict.IS_THE_CANDIDATE):
        drop_withdrawal(candidate.id, by=own.id, now=NOW)


def test_two_agree_at_the_same_moment(app):
    candidate = holder(account=an_account())
    candidate_id = candidate.id
    propose_withdrawal(candidate_id, reason="Vì thế", by=a_coordinator().id, now=NOW)
    accounts = [a_coordinator().id, a_coordinator().id]
    deeds = [lambda by=by: agree_to_withdrawal(candidate_id, by=by, now=NOW) for by in accounts]
    assert at_once(app, *deeds).count(None) == 1


def test_the_holder_gives_it_up():
    account = an_account()
    candidate = holder(account=account)
    withdraw(candidate.id, remark=None, by=account.id, now=NOW)
    assert standing(candidate, date(2026, 3, 3)) is AwardStanding.GIVEN_BACK
    (letter,) = letters_to(candidate.person_id, "certification.given_up")
    assert reload(candidate).steps[-1].told == f"{letter.subject}\n\n{letter.body_text}"
