"""No page asks more often for much than for little."""

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy.operations.evidence import hand_in_for
from club.certification.candidacy.operations.going_on import hand_in
from tests.certification.assessment.kit import (
    a_coordinator,
    a_judged_level,
    an_assessor,
    asked,
    judged,
    under_assessment,
)
from tests.certification.candidacy.kit import (
    a_claim,
    a_level,
    a_paper,
    admitted,
    applied,
    handed_in,
)
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def cost(count_queries):
    """How many questions a page asks when it is opened for the second time."""

    def of(browser, path):
        assert browser.get(path).status_code == 200
        with count_queries() as seen:
            browser.get(path)
        return len(seen)

    return of


def with_papers(number, level):
    """Under assessment, with so many reports of the project."""
    candidate, by = admitted(level), an_account(person=a_person()).id
    for _ in range(number):
        claim = a_claim(candidate, "project", to_day=None)
        hand_in_for(candidate.id, a_paper(), claim, by=by, now=NOW)
    return hand_in(candidate.id, by=by, now=NOW)


def test_the_page_of_an_assessment(sign_in, cost):
    desk = sign_in(a_coordinator())
    few, many = under_assessment(), under_assessment()
    judged(few)
    asked(few)
    for _ in range(4):
        judged(many)
        asked(many)
    pages = [f"/candidacies/{one.public_id}/assessment" for one in (few, many)]
    assert cost(desk, pages[0]) == cost(desk, pages[1])


def test_the_page_of_a_task(sign_in, cost):
    assessor, level = an_assessor(), a_judged_level()
    browser = sign_in(assessor)
    tasks = [asked(with_papers(number, level), assessor) for number in (1, 6)]
    few, many = (cost(browser, f"/assessment/{task.public_id}") for task in tasks)
    assert few == many


def test_the_pages_of_a_candidate(sign_in, cost):
    account = an_account()
    own = sign_in(account)
    pages = ["/me/certification", "/me/certification/apply", "/me/certification/evidence"]
    handed_in(admitted(a_level(), account), by=account.id)
    few = [cost(own, page) for page in pages]
    for number in range(4):
        candidate = admitted(a_level(a_scheme(f"more-{number}")), account)
        for _ in range(3):
            handed_in(candidate, by=account.id)
    assert [cost(own, page) for page in pages] == few


def test_the_page_of_an_organisation(sign_in, cost):
    firm, speaker = an_organisation(), an_account(RoleName.REPRESENTATIVE)
    an_employment(speaker.person, firm, represents=True)
    browser, page = sign_in(speaker), f"/organisations/{firm.code}/certification"
    a_level()
    few = cost(browser, page)
    for number in range(4):
        an_employment(an_account().person, firm)
        applied(a_level(a_scheme(f"more-{number}")))
    assert cost(browser, page) == few
