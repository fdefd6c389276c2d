"""What is published never changes, is read by everybody, copied and closed; drafts are thrown away."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.certification.schemes.facts import SchemeFacts, facts_of_level
from club.certification.schemes.models import (
    Deciding,
    Requirement,
    RequirementKind,
    VersionState,
)
from club.certification.schemes.operations import add_scheme
from club.certification.schemes.settings import (
    EthicsTerms,
    TrainingTerms,
)
from club.db import db, transaction
from tests.certification.scheme_kit import (
    DESK,
    DRAFT,
    LEVEL,
    STARTS,
    TRAINING,
    a_requirement,
    a_scheme,
    a_version,
    draft,
    published,
    the_requirement,
)
from tests.support.factories import NOW, an_account
from tests.support.pages import words


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def test_a_published_version_is_read_only_and_says_why(office):
    version = a_version()
    a_requirement(version)
    published(version)
    address = f"{LEVEL}/requirements/training"
    assert office.get(address).location == DRAFT
    assert office.get(f"{DRAFT}/rules").location == DRAFT
    answer = office.post(address, data=TRAINING | {"minimum": "1", "seen": "1"})
    assert answer.status_code == 409
    assert "Phiên bản đã công bố không bao giờ thay đổi" in answer.text
    for path in (f"{address}/removal", f"{address}/up", f"{LEVEL}/removal", f"{LEVEL}/up"):
        assert office.post(path).status_code == 409
    assert office.post(f"{DRAFT}/levels", data={"name": "Thêm"}).status_code == 409
    assert office.post(f"{DRAFT}/publication").status_code == 409
    assert the_requirement().minimum == 120
    assert "Thêm yêu cầu" not in office.get(DRAFT).text


def test_a_copy_is_a_draft_that_says_the_same(office):
    version = a_version(label="2026", validity_months=36)
    a_requirement(version, terms=TrainingTerms(topics=("lean",)), group_key="a", together_key="b")
    a_requirement(version, "ethics", kind=RequirementKind.ETHICS, terms=EthicsTerms("1", "Lời"))
    published(version)
    assert office.post(f"{DRAFT}/copy").location == f"{DESK}/city_expert/2"
    copy = draft(2)
    assert (copy.state, copy.label, copy.validity_months) == (VersionState.DRAFT, "2026-2", 36)
    assert (copy.copied_from_id, copy.valid_from) == (version.id, None)
    assert [*map(facts_of_level, copy.levels)] == [*map(facts_of_level, draft(1).levels)]
    again = office.post(f"{DRAFT}/copy").location
    assert (again, draft(3).label) == (f"{DESK}/city_expert/3", "2026-3")


def test_a_closed_version_takes_nobody_and_stays(office, client):
    a_requirement(version := a_version())
    published(version)
    assert client.get("/experts/schemes/city_expert").status_code == 200
    assert office.post(f"{DRAFT}/closing").location == DRAFT
    assert draft().state is VersionState.CLOSED
    assert client.get("/experts/schemes/city_expert").status_code == 404
    assert office.post(f"{DRAFT}/closing").status_code == 409
    assert "Ít nhất 120 giờ" in office.get(DRAFT).text


def test_what_cannot_be_published_is_not(office):
    a_version()
    page = office.get(f"{DRAFT}/publication").text
    assert "Hãy cho biết từ ngày nào" in page
    assert "Công bố phiên bản" not in page
    answer = office.post(f"{DRAFT}/publication")
    assert answer.status_code == 409
    assert draft().state is VersionState.DRAFT


def test_under_a_scheme_of_another_body_nobody_of_the_club_decides(office):
    scheme = a_scheme(awarded_by_club=False)
    a_requirement(version := a_version(scheme=scheme, valid_from=STARTS))
    page = office.get(f"{DRAFT}/publication").text
    assert "Một tổ chức khác chứng nhận theo chương trình này" in page
    answer = office.post(f"{DRAFT}/publication")
    assert (answer.status_code, draft().state) == (409, VersionState.DRAFT)
    with transaction() as session:
        session.merge(version).deciding = Deciding.BODY
    assert office.post(f"{DRAFT}/publication").status_code == 302
    assert draft().state is VersionState.PUBLISHED


def test_under_the_clubs_own_scheme_no_outside_body_decides(office):
    a_requirement(a_version(valid_from=STARTS, deciding=Deciding.BODY))
    assert (
        "Chính câu lạc bộ công nhận theo chương trình này"
        in office.get(f"{DRAFT}/publication").text
    )
    assert office.post(f"{DRAFT}/publication").status_code == 409


def test_the_first_draft_says_that_whoever_certifies_decides():
    by = an_account(RoleName.COORDINATOR).id
    own, outside = (
        add_scheme(SchemeFacts(name, name, awarded_by_club=own), by=by, now=NOW)
        for name, own in (("Của câu lạc bộ", True), ("Của tổ chức khác", False))
    )
    assert (own.deciding, outside.deciding) == (Deciding.ONE, Deciding.BODY)


def test_candidates_read_what_counts_on_the_day(client):
    scheme = a_scheme()
    numbers = {1: STARTS, 2: clock.today(), 3: clock.today() + timedelta(days=1)}
    for number, day in numbers.items():
        published(a_version(scheme=scheme, number=number, label=f"bản {number}"), on=day)
    assert "Phiên bản bản 2" in client.get("/experts/schemes/city_expert").text
    assert "Chuyên gia cải tiến" in client.get("/experts/schemes").text


def test_a_version_for_a_later_day_is_read_before_it(client):
    day = clock.today() + timedelta(days=40)
    published(a_version(label="bản sau"), on=day)
    page = client.get("/experts/schemes/city_expert").text
    assert "Phiên bản bản sau" in page
    assert f"{day:%d/%m/%Y}" in page


def test_candidates_read_the_text_that_they_will_sign(client):
    version = a_version()
    terms = EthicsTerms("1", "Tôi cam kết trung thực.", "I promise honesty.")
    a_requirement(version, "ethics", kind=RequirementKind.ETHICS, terms=terms)
    published(version)
    address = "/experts/schemes/city_expert"
    assert "Tôi cam kết trung thực." in client.get(address).text
    assert "I promise honesty." in client.get(f"{address}?lang=en").text


def test_a_source_that_is_no_link_is_words(office):
    a_requirement(a_version(), source="javascript:alert(1)")
    page = office.get(DRAFT).text
    assert "Nguồn: javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_drafts_are_for_nobody_else(client, office):
    a_version()
    assert client.get("/experts/schemes/city_expert").status_code == 404
    assert "Chuyên gia cải tiến" not in client.get("/experts/schemes").text


def test_a_draft_is_thrown_away_with_all_that_it_asks_for(office, sign_in):
    scheme = a_scheme()
    a_version(scheme=scheme)
    a_requirement(a_version(scheme=scheme, number=2))
    assert "Bỏ bản nháp này" in office.get(f"{DESK}/city_expert/2").text
    assert office.post(f"{DESK}/city_expert/2/removal").location == DESK
    assert draft(2) is None
    assert db.session.scalars(select(Requirement)).all() == []
    assert office.post(f"{DESK}/city_expert/2/removal").status_code == 404
    log = sign_in(an_account(RoleName.ADMINISTRATOR)).get("/office/audit").text
    assert "Đã bỏ bản nháp của một chương trình" in log


def test_copies_of_a_draft_outlive_it(office):
    a_requirement(a_version(valid_from=STARTS))
    for _ in range(2):
        office.post(f"{DRAFT}/copy")
    assert office.post(f"{DRAFT}/removal").status_code == 302
    assert draft(2).copied_from_id is None


def test_some_drafts_stay(office):
    a_requirement(only := a_version(valid_from=STARTS))
    for said in ("chỉ có phiên bản này", "được sao từ bản nháp này"):
        answer = office.post(f"{DRAFT}/removal")
        assert answer.status_code == 409
        assert said in answer.text
        if draft(2) is None:
            office.post(f"{DRAFT}/copy")
            published(draft(2))
    published(only)
    answer = office.post(f"{DRAFT}/removal")
    assert "không bao giờ thay đổi" in answer.text
    assert [draft(number).number for number in (1, 2)] == [1, 2]


BEGINNINGS = ("Hiệu lực tính từ", "Hiệu lực sau gia hạn tính từ", "Việc gia hạn tính từ")


@pytest.mark.parametrize(
    ("terms", "are_set"),
    [
        ({"deciding": Deciding.BODY}, False),
        ({"deciding": Deciding.BODY, "validity_months": 36}, True),
        ({"deciding": Deciding.ONE}, True),
    ],
)
def test_what_nobody_set_is_no_rule_of_another_body(client, terms, are_set):
    a_requirement(version := a_version(**terms))
    published(version)
    page = words(client.get("/experts/schemes/city_expert"))
    assert [f"{one} Chưa đặt" in page for one in BEGINNINGS] == [not are_set] * 3


@pytest.mark.parametrize(
    ("terms", "asks"),
    [({}, False), ({"validity_months": 36}, True), ({"without_end": True}, False)],
)
def test_what_a_renewal_needs_is_asked_once_there_is_an_end(office, terms, asks):
    a_requirement(a_version(valid_from=STARTS, **terms))
    page = office.get(f"{DRAFT}/publication").text
    assert ("chưa nói gia hạn cần gì" in page) is asks
