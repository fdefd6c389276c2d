"""An appeal against a renewal that was not granted, and what the page shows while it waits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.assessment.operations.asking import ask_assessor
from club.certification.assessment.operations.deciding import Ruling as Decision
from club.certification.assessment.operations.judging import finish
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.renewing import decide_renewal
from club.certification.awards.operations.suspending import Pause, suspend
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.candidacy.rules import Conflict
from club.certification.objections.models import Remedy
from club.certification.objections.operations import appealing, deciding
from club.certification.objections.operations.deciding import Ruling
from club.certification.objections.rules import AppealRefusal
from club.certification.register.facts import Shown, Wanted
from club.certification.register.own import holders
from club.db import db
from tests.certification.assessment.kit import a_coordinator, an_assessor, found
from tests.certification.awards.kit import (
    a_renewing_level,
    holder,
    judged_by_assessors,
    morning,
)
from tests.certification.candidacy.kit import handed_in, refused
from tests.certification.objections.kit import appealed
from tests.support.factories import NOW, an_account, reload
from tests.support.letters import letters_to
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

_S, _R = CandidateState, StepReason
#: The recognition ends on 3 March 2028, with half a year of grace.
DUE, LATE = date(2027, 12, 1), date(2028, 8, 25)
OVER = date(2028, 9, 4)


def not_renewed(account=None, *, day=DUE):
    """Handed in for the renewal, found lacking, and decided so; with whom it was judged by."""
    candidate = holder(a_renewing_level(judged_by_assessors()), account=account or an_account())
    follow_days(now=morning(day))
    assessor = judged(candidate, day)
    ruling = Decision(_S.RENEWAL_DUE, "Chưa đo sau cải tiến.")
    decide_renewal(candidate.id, ruling, by=a_coordinator().id, now=morning(day))
    return reload(candidate), assessor


def judged(candidate, day):
    report = {"amount": Decimal(1), "day": day - timedelta(days=30), "to_day": None}
    handed_in(candidate, "project", now=morning(day), **report)
    hand_in(candidate.id, by=an_account().id, now=morning(day))
    assessor, due_on = an_assessor(), day + timedelta(days=14)
    task = asked(candidate, assessor, day, due_on)
    finish(task.id, found(reload(candidate), project=False), now=morning(day))
    return assessor


def asked(candidate, assessor, day, due_on):
    by = a_coordinator().id
    return ask_assessor(candidate.id, assessor.id, due_on=due_on, by=by, now=morning(day))


def answered(appeal, remedy, day=DUE):
    ruling = Ruling(remedy, "Đã xem lại hồ sơ.")
    return deciding.decide(appeal.id, ruling, by=a_coordinator().id, now=morning(day))


def test_the_letter_says_until_when_and_the_page_offers_it(sign_in, time_machine):
    account = an_account()
    candidate, _assessor = not_renewed(account)
    [letter] = [
        one for one in letters_to(account.person_id, "certification.decided")
        if "31/12/2027" in one.body_text
    ]  # fmt: skip
    assert "Chưa đo sau cải tiến." in letter.body_text
    time_machine.move_to(morning(DUE), tick=False)
    here = f"/candidacies/{candidate.public_id}"
    assert f"{here}/appeal" in sign_in(account).get(here).text
    sent = {"words": "Đã đo sau cải tiến.", "wish": "Xin thẩm định lại."}
    assert sign_in(account).post(f"{here}/appeal", data=sent).status_code == 302
    assert reload(candidate).state is _S.APPEALED


def test_granted_it_is_assessed_anew_by_others():
    candidate, assessor = not_renewed()
    answered(appealed(candidate, now=morning(DUE)), Remedy.NEW_ROUND)
    assert reload(candidate).state is _S.RENEWAL_UNDER_ASSESSMENT
    due_on = DUE + timedelta(days=9)
    again = refused(asked, candidate, assessor, DUE, due_on)
    assert again is Conflict.BEFORE_THE_APPEAL
    assert asked(candidate, an_assessor(), DUE, due_on).round_id == reload(candidate).steps[-1].id


def test_granted_it_leads_to_nothing_else():
    candidate, _assessor = not_renewed()
    made = appealed(candidate, now=morning(DUE))
    assert refused(answered, made, Remedy.SET_ASIDE) is AppealRefusal.OTHER_REMEDY


@pytest.mark.parametrize("takes_back", [True, False])
def test_turned_down_or_taken_back_it_is_due_still(takes_back):
    candidate, _assessor = not_renewed()
    made = appealed(candidate, now=morning(DUE))
    if takes_back:
        appealing.withdraw(made.id, reason=None, by=an_account().id, now=morning(DUE))
    else:
        answered(made, None)
    assert reload(candidate).state is _S.RENEWAL_DUE
    assert refused(appealed, candidate, now=morning(DUE)) is AppealRefusal.APPEALED_ALREADY


def test_what_runs_out_within_the_days_can_be_appealed_all_the_same():
    candidate, _assessor = not_renewed(day=LATE)
    follow_days(now=morning(OVER))
    assert reload(candidate).state is _S.LAPSED
    made = appealed(candidate, now=morning(OVER))
    answered(made, None, day=OVER)
    assert reload(candidate).state is _S.LAPSED
    assert reload(candidate).steps[-1].reason is _R.APPEAL_REFUSED


def test_what_has_run_out_is_assessed_anew_once_it_is_granted():
    candidate, _assessor = not_renewed(day=LATE)
    follow_days(now=morning(OVER))
    answered(appealed(candidate, now=morning(OVER)), Remedy.NEW_ROUND, day=OVER)
    assert reload(candidate).state is _S.RENEWAL_UNDER_ASSESSMENT


def test_whoever_hands_in_once_more_has_accepted_it():
    candidate, _assessor = not_renewed()
    judged(candidate, DUE + timedelta(days=2))
    assert refused(appealed, candidate, now=morning(DUE)) is AppealRefusal.NOTHING_TO_APPEAL


def test_the_recognition_stands_in_the_register_while_it_waits():
    candidate, _assessor = not_renewed()
    appealed(candidate, now=morning(DUE))
    found_there = db.session.scalars(holders(Wanted(), {Shown.VALID}, DUE)).all()
    assert found_there == [candidate.person_id]


def test_while_an_appeal_waits_the_page_shows_the_way_to_the_renewal(sign_in, time_machine):
    account = an_account()
    candidate = holder(account=account)
    pause = Pause(reason="Lý do", public_words="Tạm dừng", until_on=date(2026, 6, 1))
    suspend(candidate.id, pause, by=a_coordinator().id, now=NOW)
    appealed(reload(candidate))
    page = sign_in(account).get(f"/candidacies/{candidate.public_id}")
    assert "0 trên 24 giờ" in words(page)
    board = sign_in(an_account(RoleName.COORDINATOR)).get("/office/certification/candidates")
    assert board.status_code == 200
