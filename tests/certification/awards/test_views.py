import pytest

from club.accounts.models import RoleName
from club.certification.awards import queries
from club.certification.candidacy.models import CandidateState
from tests.certification.assessment.kit import a_judged_level
from tests.certification.awards.kit import certified, recognised
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import an_account, reload
from tests.support.queries import counting_queries


@pytest.fixture
def account(context):
    return an_account()


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


VALID = "từ 03/03/2026 đến 03/03/2029"


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def test_a_coordinator_recognises_and_everybody_concerned_sees_it(own, desk, account):
    candidate = certified(account=account, validity_months=36)
    here = page_of(candidate)
    assert "Anh chị đã đạt cấp độ" in own.get(here).text
    assert f"{here}/recognition" not in own.get(here).text
    assert "Chờ câu lạc bộ công nhận" in desk.get("/office/certification/candidates").text
    assert f'href="{here}/recognition"' in desk.get(here).text
    assert VALID in desk.get(f"{here}/recognition").text
    answer = desk.post(f"{here}/recognition")
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    assert reload(candidate).state is CandidateState.VALID
    for client in (own, desk):
        assert VALID in client.get(here).text
        assert f"{here}/recognition" not in client.get(here).text


def test_the_second_time_is_refused_and_says_why(desk):
    award = recognised()
    answer = desk.post(f"{page_of(award.candidate)}/recognition")
    assert answer.status_code == 409
    assert "Câu lạc bộ đã công nhận trường hợp này rồi" in answer.text


def test_whoever_has_a_tie_reads_why_there_is_no_button(sign_in):
    coordinator = an_account(RoleName.COORDINATOR)
    candidate = certified(account=coordinator)
    own, here = sign_in(coordinator), f"{page_of(candidate)}/recognition"
    page = own.get(here).text
    assert "Không ai tự thẩm định" in page
    assert f'action="{here}"' not in page
    assert own.post(here).status_code == 409
    assert queries.award_of(candidate.id) is None


def test_nothing_is_offered_where_another_body_certifies(desk):
    candidate = certified(a_judged_level(a_scheme("theirs", awarded_by_club=False)))
    page = desk.get(page_of(candidate)).text
    assert f"{page_of(candidate)}/recognition" not in page
    assert "Cấp độ này do tổ chức khác chứng nhận" in page
    assert "Chờ câu lạc bộ công nhận" not in desk.get("/office/certification/candidates").text
    answer = desk.post(f"{page_of(candidate)}/recognition")
    assert answer.status_code == 409
    assert "tổ chức khác chứng nhận" in answer.text


def test_assessors_and_members_recognise_nobody(sign_in, own):
    candidate = certified()
    assessor = sign_in(an_account(RoleName.ASSESSOR))
    for client in (own, assessor):
        assert client.post(f"{page_of(candidate)}/recognition").status_code == 403
    assert reload(candidate).state is CandidateState.CERTIFIED


def test_the_page_asks_no_more_than_twelve_questions(own, account):
    candidate = certified(account=account)
    pages = [page_of(candidate), page_of(recognised(account=account).candidate)]
    for page in pages:
        own.get(page)
        with counting_queries() as questions:
            assert own.get(page).status_code == 200
        assert len(questions) <= 12, page
