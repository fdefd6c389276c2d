import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.assessment import queries as assessments
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.operations.asking import ask_assessor, give_back
from club.certification.assessment.operations.deciding import Ruling as Decision
from club.certification.assessment.operations.deciding import decide as decide_candidacy
from club.certification.awards.operations.withdrawing import (
    agree_to_withdrawal,
    propose_withdrawal,
)
from club.certification.candidacy import queries as candidacies
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import applying
from club.certification.candidacy.operations.admitting import admit
from club.certification.candidacy.operations.going_on import try_again
from club.certification.candidacy.rules import Conflict
from club.certification.objections import queries
from club.certification.objections.contesting import contest_of
from club.certification.objections.models import AppealState, AppealStepKind, Remedy
from club.certification.objections.operations import appealing, deciding
from club.certification.objections.operations.deciding import Ruling
from club.certification.objections.rules import AppealRefusal, Involvement
from club.clock import local_day
from club.files.receiving import receive
from club.refusal import RefusedError
from tests.certification.assessment.kit import (
    DUE,
    a_coordinator,
    a_judged_level,
    an_assessor,
    asked,
    judged,
    under_assessment,
)
from tests.certification.awards.kit import holder
from tests.certification.candidacy.kit import PDF, applied
from tests.certification.objections.kit import (
    account_of,
    appealed,
    decided,
    not_admitted,
    recognised,
    recognition_withdrawn,
    stepped,
    suspended,
)
from tests.support.factories import NOW, an_account, an_employment, an_organisation, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

TODAY = local_day(NOW)
_S, _R = CandidateState, StepReason


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def ruled(appeal, remedy=None, *, reason="Vì đã xem lại.", by=None, now=NOW):
    by = (by or a_coordinator()).id
    return deciding.decide(appeal.id, Ruling(remedy, reason), by=by, now=now)


def test_a_candidate_appeals_and_the_candidacy_rests():
    candidate = decided(level=a_judged_level(answer_days=20))
    appeal = appealed(candidate)
    assert reload(candidate).state is _S.APPEALED
    assert appeal.step.reason is _R.DECIDED
    assert appeal.due_on == TODAY + timedelta(days=20)
    [letter] = letters_to(candidate.person_id, "certification.appeal_made")
    last = candidates_last_step(candidate)
    assert last.told == f"{letter.subject}\n\n{letter.body_text}"
    assert "23/03/2026" in letter.body_text
    assert [(step.kind, step.told) for step in appeal.steps] == [(AppealStepKind.MADE, last.told)]


def candidates_last_step(candidate):
    return candidacies.story_of(candidate)[-1][0]


def test_days_count_from_the_morning_after_a_decision_of_the_night(app):
    """Decided on 3 March at 23:30: the letter goes out on 4 March."""
    candidate = not_admitted()
    night = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
    candidates_last_step(candidate).at = night
    assert contest_of(candidate).facts.last_day == date(2026, 4, 3)
    candidates_last_step(candidate).at = NOW
    assert contest_of(candidate).facts.last_day == date(2026, 4, 2)


def test_the_last_day_ends_at_midnight_where_the_club_is():
    level = a_judged_level(appeal_days=10)
    end = datetime(2026, 3, 13, 17, 0, tzinfo=UTC)
    assert appealed(decided(level=level), now=end - timedelta(seconds=1))
    with refused(AppealRefusal.TOO_LATE):
        appealed(decided(level=level), now=end)


def test_a_decision_is_appealed_once_whatever_became_of_it():
    candidate = decided()
    appeal = appealed(candidate)
    with refused(AppealRefusal.APPEALED_ALREADY):
        appealed(candidate)
    ruled(appeal)
    with refused(AppealRefusal.APPEALED_ALREADY):
        appealed(candidate)


def test_another_decision_can_be_appealed_again():
    candidate = decided()
    ruled(appealed(candidate), Remedy.NEW_ROUND)
    judged(candidate)
    decide_candidacy(
        candidate.id, Decision(_S.REFUSED, "Vẫn chưa."), by=a_coordinator().id, now=NOW
    )
    assert appealed(candidate).step.to_state is _S.REFUSED


def test_who_goes_on_trying_has_accepted_the_decision():
    candidate = decided()
    try_again(candidate.id, by=account_of(candidate).id, now=NOW)
    with refused(AppealRefusal.NOTHING_TO_APPEAL):
        appealed(candidate)


def test_nothing_is_appealed_that_was_not_decided():
    with refused(AppealRefusal.NOTHING_TO_APPEAL):
        appealed(applied())
    with refused(AppealRefusal.NOTHING_TO_APPEAL):
        appealed(decided(_S.CERTIFIED))


def test_who_applied_anew_withdraws_from_that_before_appealing():
    account = an_account()
    candidate = not_admitted(account)
    applied(candidate.level, account)
    with refused(AppealRefusal.ANOTHER_WAY):
        appealed(candidate, by=account)


def test_nobody_begins_anew_while_an_appeal_waits():
    account = an_account()
    candidate = not_admitted(account)
    appealed(candidate, by=account)
    with pytest.raises(RefusedError):
        applying.apply(
            account.person_id,
            level_id=candidate.level_id,
            motivation=None,
            by=account.id,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("made", "remedy", "after"),
    [
        (not_admitted, Remedy.ADMITTED, _S.ADMITTED),
        (decided, Remedy.NEW_ROUND, _S.UNDER_ASSESSMENT),
        (decided, Remedy.SET_ASIDE, _S.COLLECTING),
        (lambda: decided(_S.REFUSED), Remedy.NEW_ROUND, _S.UNDER_ASSESSMENT),
        (lambda: decided(_S.REFUSED), Remedy.SET_ASIDE, _S.COLLECTING),
        (suspended, Remedy.RESTORED, _S.VALID),
        (recognition_withdrawn, Remedy.RESTORED, _S.VALID),
        (lambda: recognition_withdrawn(suspended_before=True), Remedy.RESTORED, _S.SUSPENDED),
    ],
)
def test_what_granting_leads_to(made, remedy, after):
    candidate = made()
    appeal = ruled(appealed(candidate), remedy)
    assert reload(candidate).state is after
    assert (appeal.state, appeal.remedy) == (AppealState.GRANTED, remedy)
    last = candidates_last_step(candidate)
    assert (last.reason, last.remark) == (_R.APPEAL_GRANTED, "Vì đã xem lại.")
    [letter] = letters_to(candidate.person_id, "certification.appeal_granted")
    assert letter.body_text in last.told
    assert "Vì đã xem lại." in letter.body_text


@pytest.mark.parametrize("made", [not_admitted, decided, suspended, recognition_withdrawn])
@pytest.mark.parametrize("taken_back", [False, True])
def test_else_it_comes_back_to_where_it_was(made, taken_back):
    candidate = made()
    before, appeal = candidate.state, appealed(candidate)
    if taken_back:
        by = account_of(candidate).id
        appealing.withdraw(appeal.id, reason=None, by=by, now=NOW)
    else:
        ruled(appeal)
    assert reload(candidate).state is before
    expected = _R.APPEAL_WITHDRAWN if taken_back else _R.APPEAL_REFUSED
    last = candidates_last_step(candidate)
    assert (last.reason, last.told is not None) == (expected, True)


def test_a_renewal_that_was_due_is_due_again():
    candidate = recognised()
    stepped(candidate, _S.RENEWAL_DUE, _R.RENEWAL_OPENED)
    stepped(candidate, _S.SUSPENDED, _R.SUSPENDED)
    ruled(appealed(candidate), Remedy.RESTORED)
    assert reload(candidate).state is _S.RENEWAL_DUE


def test_only_what_fits_the_decision_is_granted_and_always_with_a_reason():
    appeal = appealed(not_admitted())
    with refused(AppealRefusal.OTHER_REMEDY):
        ruled(appeal, Remedy.NEW_ROUND)
    for remedy in (None, Remedy.ADMITTED):
        with refused(AppealRefusal.REASON_MISSING):
            ruled(appeal, remedy, reason=None)
    assert reload(appeal).state is AppealState.OPEN


def test_a_new_round_has_other_assessors_and_another_who_decides():
    assessor, coordinator = an_assessor(), a_coordinator()
    candidate = decided(assessor=assessor, by=coordinator)
    before = assessments.round_of(candidate.id).id
    ruled(appealed(candidate), Remedy.NEW_ROUND)
    assert assessments.round_of(candidate.id).id != before
    for account in (assessor, coordinator):
        tie = conflict_with(candidate, account, on=TODAY)
        assert tie is Conflict.BEFORE_THE_APPEAL
    with refused(Conflict.BEFORE_THE_APPEAL):
        ask_assessor(candidate.id, assessor.id, due_on=DUE, by=coordinator.id, now=NOW)
    judged(candidate)
    with refused(Conflict.BEFORE_THE_APPEAL):
        decide_candidacy(candidate.id, Decision(_S.CERTIFIED), by=coordinator.id, now=NOW)


def test_assessors_judge_again_after_something_was_added():
    """The tie is of a round that an appeal began, and of no other."""
    assessor = an_assessor()
    candidate = decided(assessor=assessor)
    ruled(appealed(candidate), Remedy.SET_ASIDE)
    assert conflict_with(candidate, assessor, on=TODAY) is None


def test_who_decided_assessed_judged_or_voted_does_not_decide():
    coordinator = a_coordinator()
    with refused(Involvement.DECIDED_IT):
        ruled(appealed(decided(by=coordinator)), by=coordinator)
    with refused(Involvement.DECIDED_IT):
        ruled(appealed(not_admitted(by=coordinator)), by=coordinator)
    both = an_account(RoleName.ASSESSOR, RoleName.COORDINATOR)
    with refused(Involvement.JUDGED_IT):
        ruled(appealed(decided(assessor=both)), by=both)


def test_who_proposed_a_withdrawal_does_not_decide_the_appeal_against_it():
    candidate, proposer = holder(), a_coordinator()
    propose_withdrawal(candidate.id, reason="Vì thế", by=proposer.id, now=NOW)
    agree_to_withdrawal(candidate.id, by=a_coordinator().id, now=NOW)
    with refused(Involvement.DECIDED_IT):
        ruled(appealed(candidate), by=proposer)


def test_letters_name_the_last_day_on_which_one_can_appeal():
    """Written in the day, with 14 days, or with the club's own 30; at night they go out later."""
    fourteen = a_judged_level(appeal_days=14)
    said = "yêu cầu xem xét lại đến hết ngày {:%d/%m/%Y}".format
    turned_down = not_admitted(an_account())
    not_yet, certified = (
        decided(outcome, level=fourteen) for outcome in (_S.NOT_YET, _S.CERTIFIED)
    )
    told = [reload(one).steps[-1].told for one in (turned_down, not_yet, certified)]
    assert said(TODAY + timedelta(days=30)) in told[0]
    assert said(TODAY + timedelta(days=14)) in told[1]
    assert "xem xét lại" not in told[2]


def test_who_admitted_does_not_decide_about_what_came_of_it():
    candidate = applied()
    by = a_coordinator()
    admit(candidate.id, remark=None, by=by.id, now=NOW)
    assert by.id in queries.who_decided_in(candidate.id)


def test_who_gave_the_task_back_unseen_had_no_part():
    assessor = an_assessor()
    task = asked(under_assessment(), assessor)
    assert queries.who_judged_in(task.candidate_id) == {assessor.id}
    give_back(task.id, reason="Bận", now=NOW)
    assert queries.who_judged_in(task.candidate_id) == set()


def test_a_tie_to_the_candidate_excludes_from_deciding():
    coordinator = a_coordinator()
    candidate = decided()
    organisation = an_organisation()
    for person in (candidate.person, coordinator.person):
        an_employment(person=person, organisation=organisation)
    with refused(Conflict.SAME_ORGANISATION):
        ruled(appealed(candidate), by=coordinator)


def test_nobody_decides_an_own_appeal():
    account = an_account(RoleName.COORDINATOR)
    with refused(Conflict.IS_THE_CANDIDATE):
        ruled(appealed(not_admitted(account), by=account), by=account)


def test_time_is_extended_once_with_a_reason_that_is_told():
    candidate = decided(level=a_judged_level(answer_days=20))
    appeal, by = appealed(candidate), a_coordinator().id
    with refused(AppealRefusal.REASON_MISSING):
        deciding.extend(appeal.id, reason=None, by=by, now=NOW)
    deciding.extend(appeal.id, reason="Chờ hồ sơ gốc.", by=by, now=NOW)
    assert appeal.due_on == TODAY + timedelta(days=40)
    [letter] = letters_to(candidate.person_id, "certification.appeal_extended")
    assert "Chờ hồ sơ gốc." in letter.body_text
    with refused(AppealRefusal.EXTENDED_ALREADY):
        deciding.extend(appeal.id, reason="Nữa.", by=by, now=NOW)


def test_what_is_over_is_decided_once_only():
    appeal = appealed(decided())
    ruled(appeal)
    for act in (
        lambda: ruled(appeal, Remedy.NEW_ROUND),
        lambda: appealing.withdraw(appeal.id, reason=None, by=a_coordinator().id, now=NOW),
        lambda: deciding.extend(appeal.id, reason="x", by=a_coordinator().id, now=NOW),
    ):
        with refused(AppealRefusal.NOT_OPEN):
            act()


def a_file(name="Thư.pdf", content=PDF):
    return receive(BytesIO(content), name=name)


def test_papers_come_with_the_appeal_and_later_each_once():
    candidate = decided()
    by, file = account_of(candidate), a_file()
    appeal = appealed(candidate, by=by, paper=file)
    appealing.add_paper(appeal.id, file, by=by.id, now=NOW)
    assert [paper.file.name for paper in reload(appeal).papers] == ["Thư.pdf"]
    for _ in range(4):
        appealing.add_paper(appeal.id, a_file(), by=by.id, now=NOW)
    with refused(AppealRefusal.TOO_MANY_PAPERS):
        appealing.add_paper(appeal.id, a_file(), by=by.id, now=NOW)


def test_the_board_and_the_desk_know_by_when_it_is_due():
    candidate = decided()
    appeal = appealed(candidate)
    assert queries.due_days([candidate.id]) == {candidate.id: appeal.due_on}
    assert queries.open_appeals() == [appeal]
    ruled(appeal)
    assert queries.due_days([candidate.id]) == {}
    assert (queries.open_appeals(), queries.closed_appeals(most=5)) == ([], [appeal])
