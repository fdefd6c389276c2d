"""What was accepted stays; whoever accepts can take it back while nothing was decided on it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy import queries
from club.certification.candidacy.models import CandidateState, UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.operations.moving import move_to_version
from club.certification.candidacy.operations.signing import sign_statement
from club.certification.candidacy.operations.undoing import undo_acceptance
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.certification.candidacy.standing import progress_of
from club.certification.objections.queries import who_judged_in
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import EthicsTerms, ExaminationTerms
from club.db import db
from tests.certification.assessment.kit import an_assessor, judged
from tests.certification.candidacy.kit import (
    a_level,
    admitted,
    being_assessed,
    coordinator,
    handed_in,
    letters,
    refused,
)
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

LATER = NOW + timedelta(days=1)
WHY = "Giấy của người khác"


def accepted(use, *, by=None):
    by = by or coordinator().id
    return papers.judge_use(use.id, papers.Judgement(UseState.ACCEPTED), by=by, now=NOW)


def undone(use, *, by=None, reason=WHY):
    return undo_acceptance(use.id, reason=reason, by=by or coordinator().id, now=LATER)


@pytest.fixture
def account():
    return an_account()


@pytest.fixture
def candidate(account):
    return admitted(a_level(), account)


def state_of(candidate, key="work"):
    uses = queries.uses_in(candidate.id)
    return progress_of(candidate, uses, on=date(2026, 3, 3)).standing_of(key).state


def test_the_candidate_takes_back_nothing_that_was_accepted(sign_in, candidate, account):
    use, keeper = handed_in(candidate, by=account.id), coordinator()
    accepted(use, by=keeper.id)
    here, own = f"/evidence-uses/{use.public_id}/withdrawal", sign_in(account)
    assert here not in own.get(f"/candidacies/{candidate.public_id}").text
    answer = own.post(here)
    assert answer.status_code == 409
    assert "đã được chấp nhận cho điều kiện này nên giữ nguyên" in answer.text
    kept = reload(use)
    assert (kept.state, kept.decided_by_id, kept.accepted_by_id) == (
        UseState.ACCEPTED, keeper.id, keeper.id,
    )  # fmt: skip


def test_a_paper_that_is_taken_back_altogether_keeps_who_accepted_it(candidate, account):
    use, keeper = handed_in(candidate, by=account.id), coordinator()
    accepted(use, by=keeper.id)
    papers.withdraw_evidence(use.evidence_id, reason=None, by=account.id, now=LATER)
    kept = reload(use)
    assert (kept.decided_by_id, kept.accepted_by_id, kept.accepted_at) == (
        account.id, keeper.id, NOW,
    )  # fmt: skip
    assert keeper.id in who_judged_in(candidate.id)


def test_what_was_accepted_by_mistake_waits_anew_and_keeps_its_story(candidate, account):
    use, keeper, other = handed_in(candidate, by=account.id), coordinator(), coordinator()
    accepted(use, by=keeper.id)
    assert state_of(candidate) is NeedState.MET
    anew = undone(use, by=other.id)
    old = reload(use)
    assert (old.state, old.accepted_at, old.accepted_by_id) == (
        UseState.WITHDRAWN, NOW, keeper.id,
    )  # fmt: skip
    assert (old.decided_at, old.decided_by_id, old.undone_because) == (LATER, other.id, WHY)
    assert (anew.state, anew.amount, anew.day, anew.to_day, anew.claimed_at) == (
        UseState.WAITING, use.amount, use.day, use.to_day, use.claimed_at,
    )  # fmt: skip
    assert (anew.accepted_at, anew.accepted_by_id, anew.remark) == (None, None, WHY)
    assert state_of(candidate) is NeedState.WAITING
    accepted(anew)
    assert state_of(candidate) is NeedState.MET


def test_the_candidate_reads_that_and_why_it_is_looked_at_anew(candidate, account):
    undone(accepted(handed_in(candidate, by=account.id)))
    [letter] = letters("acceptance_undone")
    assert WHY in letter.body_text
    assert "“Xác nhận công tác” đã được chấp nhận nhầm cho điều kiện “Kinh nghiệm" in (
        " ".join(letter.body_text.split())
    )
    assert "thôi dùng giấy tờ này" in " ".join(letter.body_text.split())


def test_taking_an_acceptance_back_needs_a_reason_and_no_tie(account):
    candidate = admitted(a_level(), keeper := coordinator())
    use = handed_in(candidate, by=account.id)
    assert refused(undone, use) is CandidacyRefusal.DECIDED
    accepted(use)
    assert refused(undone, use, reason=None) is CandidacyRefusal.REASON_MISSING
    assert refused(undone, use, by=keeper.id) is Conflict.IS_THE_CANDIDATE
    undone(use)
    assert refused(undone, use) is CandidacyRefusal.DECIDED
    assert len(letters("acceptance_undone")) == 1


def test_nothing_is_taken_back_that_a_decision_was_taken_on(account):
    candidate = being_assessed(account)
    [use] = queries.uses_in(candidate.id)
    judged(candidate, an_assessor())
    decide(candidate.id, Ruling(CandidateState.NOT_YET, "Thiếu"), by=coordinator().id, now=LATER)
    assert refused(undone, use) is CandidacyRefusal.RESTS_ON_IT
    going_on.try_again(candidate.id, by=account.id, now=LATER)
    assert refused(undone, use) is CandidacyRefusal.RESTS_ON_IT


def test_while_it_is_assessed_what_is_taken_back_is_lacking_again(account):
    candidate = being_assessed(account)
    [use] = queries.uses_in(candidate.id)
    judged(candidate, an_assessor())
    undone(use)
    assert state_of(candidate) is NeedState.WAITING
    assert "thôi dùng" not in letters("acceptance_undone")[-1].body_text
    yes = Ruling(CandidateState.CERTIFIED)
    early = refused(decide, candidate.id, yes, by=coordinator().id, now=LATER)
    assert early is AssessmentRefusal.NOT_FULFILLED


def test_when_the_way_is_over_nothing_is_undone(candidate, account):
    use = accepted(handed_in(candidate, by=account.id))
    going_on.withdraw(candidate.id, remark=None, by=account.id, now=NOW)
    assert refused(undone, use) is CandidacyRefusal.NOT_OPEN_NOW


def test_nobody_undoes_what_the_candidate_signed(account):
    ethics = {
        "kind": RequirementKind.ETHICS,
        "minimum": Decimal(1),
        "unit": Unit.DONE,
        "judged_by": Judge.RECORDS,
        "position": 3,
        "terms": EthicsTerms(text="Tôi cam kết.", version="1"),
    }
    candidate = admitted(a_level(more=[("ethics", ethics)]), account)
    use = sign_statement(candidate.id, "ethics", by=account.id, now=NOW)
    assert refused(undone, use) is CandidacyRefusal.SIGNED_IT


def test_an_attempt_that_was_accepted_by_mistake_was_none(account):
    exam = {
        "kind": RequirementKind.EXAMINATION,
        "minimum": Decimal(70),
        "unit": Unit.PERCENT,
        "judged_by": Judge.COORDINATOR,
        "position": 3,
        "terms": ExaminationTerms(attempts=1),
    }
    candidate = admitted(a_level(more=[("exam", exam)]), account)

    def sat(score, day):
        return accepted(handed_in(candidate, "exam", amount=Decimal(score), day=day, to_day=None))

    wrong = sat(50, date(2026, 1, 10))
    sat(80, date(2026, 2, 10))
    assert state_of(candidate, "exam") is NeedState.MISSING
    anew = undone(wrong)
    no = papers.Judgement(UseState.REFUSED, WHY)
    papers.judge_use(anew.id, no, by=coordinator().id, now=LATER)
    assert state_of(candidate, "exam") is NeedState.MET


def test_who_accepted_goes_along_to_another_version(account):
    scheme = a_scheme()
    candidate, keeper = admitted(a_level(scheme), account), coordinator()
    accepted(handed_in(candidate, by=account.id), by=keeper.id)
    there = a_level(scheme, number=2)
    move_to_version(candidate.id, level_id=there.id, remark=None, by=coordinator().id, now=NOW)
    [old, new] = queries.uses_in(candidate.id)
    assert (old.accepted_by_id, new.accepted_by_id) == (keeper.id, keeper.id)


def test_the_page_of_the_paper_undoes_it_and_tells_the_story(sign_in, candidate, account):
    keeper = an_account(RoleName.COORDINATOR)
    use, client = handed_in(candidate, by=account.id), sign_in(keeper)
    accepted(use, by=keeper.id)
    here = f"/evidence-uses/{use.public_id}"
    page = client.get(here)
    assert f"{here}/undoing" in page.text
    assert keeper.person.full_name in words(page)
    again = client.post(f"{here}/undoing", data={"undoing-remark": ""})
    assert (again.status_code, f"{here}/undoing" in again.text) == (422, True)
    done = client.post(f"{here}/undoing", data={"undoing-remark": WHY})
    assert done.location == f"/candidacies/{candidate.public_id}#work"
    anew = queries.uses_in(candidate.id)[-1]
    told = words(client.get(f"/evidence-uses/{anew.public_id}"))
    assert "Lần chấp nhận đã hủy" in told
    assert f"({keeper.person.full_name}): {WHY}" in told
    db.session.expire_all()
    assert WHY in words(sign_in(account).get(f"/candidacies/{candidate.public_id}"))
