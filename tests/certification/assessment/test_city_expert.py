"""The level of the shipped scheme that asks for most, by pages: from the application to the decision."""

from io import BytesIO

import pytest

from club import clock
from club.accounts.models import RoleName
from club.certification.assessment.models import AssessorTask
from club.certification.assessment.operations.judging import requirements_to_judge
from club.certification.assessment.scores import asks_score
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.queries import candidacies_of, uses_in
from club.certification.schemes.importing import sync_versions
from club.content import CONTENT
from club.db import db
from tests.certification.assessment.kit import DUE, a_coordinator, an_assessor
from tests.certification.candidacy.kit import PDF, learned
from tests.certification.kit import with_schemes
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

ADDRESS = "/me/certification/apply/chuyen_gia_cai_tien/1/city_expert"
#: What the candidate brings beside training and the statement; assessors judge the projects.
PAPERS = {
    "work_without_degree": {"day": "2019-01-01", "to_day": "2025-12-31"},
    "references": {"day": "2026-02-01", "amount": "2"},
}
#: Each of the two projects is a paper of its own.
PROJECT = {
    "day": "2025-11-30", "phase": "sustain", "name": "Thời gian chờ", "unit": "phút",
    "before": "42", "before_on": "2025-08-01", "after": "17", "after_on": "2025-11-20",
}  # fmt: skip


def sent(browser, path, data=None):
    answer = browser.post(path, data=data or {})
    assert answer.status_code == 302, words(answer)


@pytest.fixture
def account(context):
    with_schemes()
    sync_versions(CONTENT, now=NOW)
    account = an_account()
    learned(account.person)
    return account


@pytest.fixture
def handed_in(account, sign_in):
    """Who has brought everything that candidates bring, and nothing else."""
    own, desk = sign_in(account), sign_in(a_coordinator())
    sent(own, ADDRESS)
    [candidate] = candidacies_of(account.person_id)
    here = f"/candidacies/{candidate.public_id}"
    sent(desk, f"{here}/admission", {"admission-decision": "admit", "admission-remark": ""})
    for key, claim in [*PAPERS.items(), ("projects", PROJECT), ("projects", PROJECT)]:
        paper = {"evidence": "", "kind": "other", "title": key, "file": (BytesIO(PDF), "a.pdf")}
        sent(own, f"{here}/requirements/{key}/evidence", paper | claim)
    sent(own, f"{here}/requirements/ethics/signature")
    for use in uses_in(candidate.id):
        if use.requirement.key in {"work_without_degree", "references"}:
            sent(desk, f"/evidence-uses/{use.public_id}/judgement", {"state": "accepted"})
    assert "Người đánh giá tổ chức phần này" in words(own.get(here))
    assert f"{here}/requirements/interview/evidence" not in own.get(here).text
    sent(own, f"{here}/assessment")
    return reload(candidate)


def judged(candidate, sign_in, **lacking):
    """By an assessor whom a coordinator asks; ``lacking``: notes, by the key of a requirement."""
    assessor, here = an_assessor(), f"/candidacies/{candidate.public_id}"
    typed = {"ask-assessor": assessor.id, "ask-due_on": DUE.isoformat()}
    sent(sign_in(a_coordinator()), f"{here}/assessors", typed)
    task = db.session.query(AssessorTask).filter_by(assessor_id=assessor.id).one()
    found = {"finish": "yes"}
    for one in requirements_to_judge(candidate):
        found[f"finding_{one.id}"] = "no" if one.key in lacking else "yes"
        if asks_score(one):
            score = "52" if one.key in lacking else "82"
            found |= {f"score_{one.id}": score, f"attempt_{one.id}": "1"}
            found[f"sat_on_{one.id}"] = clock.today().isoformat()
        found[f"note_{one.id}"] = lacking.get(one.key, "Đạt, xem biên bản")
    sent(sign_in(assessor), f"/assessment/{task.public_id}/findings", found)


def voted(candidate, sign_in, choice):
    here = f"/candidacies/{candidate.public_id}"
    for _ in range(3):
        sent(
            sign_in(an_account(RoleName.COORDINATOR)),
            f"{here}/vote",
            {"vote-choice": choice, "vote-remark": "Như người đánh giá"},
        )


def decided(candidate, sign_in, outcome):
    here, typed = f"/candidacies/{candidate.public_id}", {"decision-outcome": outcome}
    browser = sign_in(a_coordinator())
    return browser.post(f"{here}/decision", data=typed | {"decision-remark": "Theo biên bản"})


def test_interview_and_examination_come_after_handing_in(handed_in, sign_in):
    assert handed_in.state is CandidateState.UNDER_ASSESSMENT
    judged(handed_in, sign_in)
    voted(handed_in, sign_in, "yes")
    assert decided(handed_in, sign_in, "certified").status_code == 302
    assert reload(handed_in).state is CandidateState.CERTIFIED


def test_who_failed_the_examination_is_not_certified(handed_in, sign_in):
    judged(handed_in, sign_in, examination="52 trên 100")
    voted(handed_in, sign_in, "yes")
    refused = decided(handed_in, sign_in, "certified")
    assert refused.status_code == 422
    assert "Còn điều kiện chưa đạt" in words(refused)
    assert reload(handed_in).state is CandidateState.UNDER_ASSESSMENT
