"""The page of a candidate costs at most twelve questions, whoever reads it and however far it is."""

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest

from club.accounts.models import RoleName
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.awards.operations.recognising import recognise
from club.certification.awards.operations.suspending import Pause, suspend
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations import admitting
from club.certification.candidacy.operations.going_on import hand_in, try_again, withdraw
from club.certification.schemes.models import Judge, Purpose, RequirementKind, Unit
from tests.certification.assessment.kit import judged
from tests.certification.candidacy.kit import applied, handed_in, learned
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, an_account, reload

MOST = 12


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


def on_the_way(state, account):
    steps = states_on_the_way(account)
    if state is CandidateState.REFUSED:
        candidate = next(islice(steps, 2, None))
        return decided(candidate, state)
    return next(candidate for candidate in steps if candidate.state is state)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("reader", ["candidate", "coordinator"])
@pytest.mark.parametrize(
    "state",
    [
        CandidateState.APPLIED,
        CandidateState.ADMITTED,
        CandidateState.UNDER_ASSESSMENT,
        CandidateState.NOT_YET,
        CandidateState.COLLECTING,
        CandidateState.REFUSED,
        CandidateState.CERTIFIED,
        CandidateState.VALID,
        CandidateState.SUSPENDED,
        CandidateState.WITHDRAWN,
    ],
)
def test_no_reader_costs_more_than_twelve_questions(sign_in, count_queries, state, reader):
    account = an_account()
    learned(account.person, hours=20)
    candidate = on_the_way(state, account)
    assert reload(candidate).state is state
    browser = sign_in(account if reader == "candidate" else coordinator())
    page = f"/candidacies/{candidate.public_id}"
    assert browser.get(page).status_code == 200
    with count_queries() as asked:
        assert browser.get(page).status_code == 200
    assert len(asked) <= MOST, "\n\n".join(asked)
