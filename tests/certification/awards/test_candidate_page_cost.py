"""The page of a candidate costs at most twelve questions, whoever reads it and however far it is."""

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest

from club.accounts.models import RoleName
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.awards.operations.recognising import recognise
from club.certification.awards.operations.suspending import Pause, suspend
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import admitting, applying
from club.certification.candidacy.operations.going_on import hand_in, try_again, withdraw
from club.certification.schemes.models import Judge, Purpose, RequirementKind, Unit
from tests.certification.assessment.kit import judged
from tests.certification.candidacy.kit import a_level, admitted, applied, handed_in, learned
from tests.certification.objections.kit import appealed, stepped
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, an_account, reload

MOST = 12
ELSEWHERE = {CandidateState.HELD, CandidateState.EXPIRED}
LATER = {
    CandidateState.RENEWAL_DUE,
    CandidateState.RENEWED,
    CandidateState.RENEWAL_UNDER_ASSESSMENT,
    CandidateState.LAPSED,
    CandidateState.APPEALED,
}


def a_level_with_open_training():
    """Its training is never there, and hinders nobody: the work that is handed in is enough."""
    version = a_version(scheme=a_scheme("costs"), number=1, validity_months=24, grace_months=6)
    work = {
        "kind": RequirementKind.WORK_EXPERIENCE,
        "minimum": Decimal(24),
        "unit": Unit.MONTHS,
        "group_key": "either",
    }
    a_requirement(version, "work", judged_by=Judge.ASSESSOR, evidence_wanted="Xác nhận", **work)
    a_requirement(version, "training", position=2, minimum=Decimal(900), group_key="either")
    a_requirement(version, "more", position=3, minimum=Decimal(900), purpose=Purpose.RENEWAL)
    return published(version, on=date(2026, 1, 1)).levels[0]


def decided(candidate, outcome):
    judged(candidate)
    return decide(candidate.id, Ruling(outcome, "Lý do"), by=coordinator().id, now=NOW)


def coordinator():
    return an_account(RoleName.COORDINATOR)


def states_on_the_way(account):
    """The candidacy after each step."""
    candidate = applied(a_level_with_open_training(), account)
    yield candidate
    yield admitting.admit(candidate.id, remark=None, by=coordinator().id, now=NOW)
    handed_in(candidate, by=account.id)
    yield hand_in(candidate.id, by=account.id, now=NOW)
    yield decided(candidate, CandidateState.NOT_YET)
    yield try_again(candidate.id, by=account.id, now=NOW)
    hand_in(candidate.id, by=account.id, now=NOW)
    yield decided(candidate, CandidateState.CERTIFIED)
    yield recognise(candidate.id, by=coordinator().id, now=NOW).candidate
    pause = Pause(reason="Lý do", public_words="Tạm dừng", until_on=date(2026, 6, 1))
    suspend(candidate.id, pause, by=coordinator().id, now=NOW)
    yield reload(candidate)
    yield withdraw(candidate.id, remark=None, by=account.id, now=NOW)


def later(account):
    """The states of a recognition whose days go by, and of an appeal against what was decided."""
    candidate = next(islice(states_on_the_way(account), 6, None))
    for after, reason in (
        (CandidateState.RENEWAL_DUE, StepReason.RENEWAL_OPENED),
        (CandidateState.RENEWED, StepReason.RENEWED),
        (CandidateState.RENEWAL_DUE, StepReason.RENEWAL_OPENED),
        (CandidateState.RENEWAL_UNDER_ASSESSMENT, StepReason.HANDED_IN),
        (CandidateState.RENEWAL_DUE, StepReason.DECIDED),
        (CandidateState.LAPSED, StepReason.NOT_RENEWED),
    ):
        yield stepped(reload(candidate), after, reason)
    yield appealed(reload(candidate), by=account).candidate


def appealed_about_a_suspension(account):
    candidate = next(islice(states_on_the_way(account), 7, None))
    return appealed(reload(candidate), by=account).candidate


def nominated(account):
    nomination = applying.Nomination(account.person_id, a_level_with_open_training().id)
    return applying.nominate(nomination, by=coordinator().id, now=NOW)


def elsewhere(account):
    """Led by the certificate of another body."""
    candidate = admitted(a_level(a_scheme("outside", awarded_by_club=False)), account)
    yield stepped(candidate, CandidateState.HELD, StepReason.CERTIFICATE_CHECKED)
    yield stepped(reload(candidate), CandidateState.EXPIRED, StepReason.CERTIFICATE_ENDED)


def on_the_way(state, account):
    if state is CandidateState.NOMINATED:
        return nominated(account)
    if state in ELSEWHERE:
        return next(one for one in elsewhere(account) if one.state is state)
    if state in LATER:
        return next(one for one in later(account) if one.state is state)
    steps = states_on_the_way(account)
    if state is CandidateState.REFUSED:
        candidate = next(islice(steps, 2, None))
        return decided(candidate, state)
    return next(candidate for candidate in steps if candidate.state is state)


@pytest.fixture(autouse=True)
def _today(time_machine):
    """So that what was decided can still be appealed."""
    time_machine.move_to(NOW, tick=False)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("reader", ["candidate", "coordinator"])
@pytest.mark.parametrize(
    "state",
    list(CandidateState),
)
def test_no_reader_costs_more_than_twelve_questions(sign_in, count_queries, state, reader):
    account = an_account()
    learned(account.person, hours=20)
    candidate = on_the_way(state, account)
    assert reload(candidate).state is state
    browser = sign_in(account if reader == "candidate" else coordinator())
    assert_cheap(browser, candidate, count_queries)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("reader", ["candidate", "coordinator"])
def test_an_appeal_about_a_suspension_costs_no_more(sign_in, count_queries, reader):
    account = an_account()
    learned(account.person, hours=20)
    candidate = appealed_about_a_suspension(account)
    browser = sign_in(account if reader == "candidate" else coordinator())
    assert_cheap(browser, candidate, count_queries)


def assert_cheap(browser, candidate, count_queries):
    page = f"/candidacies/{candidate.public_id}"
    assert browser.get(page).status_code == 200
    with count_queries() as asked:
        assert browser.get(page).status_code == 200
    assert len(asked) <= MOST, "\n\n".join(asked)
