import re
from datetime import timedelta

import pytest

from club import clock
from club.accounts import queries as accounts
from club.accounts.models import ConsentPurpose, RoleName
from club.certification import operations, queries
from club.certification.models import ExpertCertificateState
from tests.certification.kit import agrees, checked, recorded, with_schemes
from tests.support.factories import a_person, an_account, reload
from tests.support.inspector import complaints

REGISTER = ConsentPurpose.PUBLIC_EXPERT_REGISTER


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def holder(sign_in, account):
    return sign_in(account)


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def typed(**given):
    return {
        "scheme": "apo_ps",
        "body": "ViProCB",
        "number": "PS-2025-007",
        "issued_on": "2025-06-01",
        "evidence": "Bản gốc xem ngày 02/6/2025",
        "no_file_reason": "Chỉ cho xem bản gốc",
    } | given


def own(account):
    return queries.certificates_of(account.person_id)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.ASSESSOR, 403),
        (RoleName.OFFICIAL, 200),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_the_desk_is_for_coordinators_and_officials(sign_in, role, status):
    assert sign_in(an_account(role)).get("/office/certification").status_code == status


@pytest.mark.parametrize(
    ("role", "leads"), [(RoleName.COORDINATOR, True), (RoleName.OFFICIAL, False)]
)
def test_the_desk_leads_to_all_that_its_reader_may_open(sign_in, role, leads):
    page = sign_in(an_account(role)).get("/office/certification").text
    for path in ("candidates", "objections", "help-requests"):
        assert (f'href="/office/certification/{path}"' in page) is leads


def test_own_pages_need_signing_in(client):
    answer = client.get("/me/certification")
    assert (answer.status_code, "/login" in answer.headers["Location"]) == (302, True)


def test_a_holder_enters_a_certificate_and_a_coordinator_checks_it(holder, account, coordinator):
    assert holder.post("/me/certification/new", data=typed()).status_code == 302
    (certificate,) = own(account)
    assert certificate.state is ExpertCertificateState.RECORDED
    assert "Chưa kiểm tra" in holder.get("/me/certification").text
    here = f"/office/certification/{certificate.public_id}"
    coordinator.post(f"{here}/check")
    assert reload(certificate).state is ExpertCertificateState.CHECKED
    assert "Đã kiểm tra, còn hiệu lực" in holder.get("/me/certification").text
    assert "Hôm nay có 1 chuyên gia" in coordinator.get("/office/certification").text


def test_a_holder_cannot_say_that_the_plan_paid(holder, account):
    holder.post("/me/certification/new", data=typed(funded_by_plan="y"))
    assert own(account)[0].funded_by_plan is False


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scheme": "x"}, "scheme"),
        ({"scheme": ""}, "Chọn một chương trình trong danh sách."),
        ({"body": ""}, "Ghi nơi cấp."),
        ({"number": "  "}, "Ghi số đúng như trên chứng nhận."),
        ({"number": "x" * 5000}, "Viết gọn còn 80 ký tự; hiện có 5.000."),
        ({"issued_on": "2025-13-01"}, "issued_on"),
        ({"issued_on": "1950-01-01"}, "Xem lại ngày cấp"),
        ({"expires_on": "2025-05-31"}, "Ngày hết hiệu lực đứng trước ngày cấp."),
        ({"scheme": "other"}, "Ghi rõ đó là chương trình nào."),
        ({"evidence": ""}, "Ghi nơi có thể xem chứng nhận."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(holder, account, given, words):
    answer = holder.post("/me/certification/new", data=typed(scope="Dệt may", **given))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Dệt may" in answer.text
    assert own(account) == []


def test_a_day_of_issue_in_the_future_is_refused(holder):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = holder.post("/me/certification/new", data=typed(issued_on=tomorrow))
    assert (answer.status_code, "Ngày cấp nằm ở tương lai" in answer.text) == (422, True)


def test_a_look_alike_is_asked_back_and_taken_after_an_answer(holder, account, coordinator):
    given = typed(level="Certified Productivity Specialist")
    asked = holder.post("/me/certification/new", data=given)
    assert asked.status_code == 422
    assert "Những chữ này thuộc chương trình khác: Danh hiệu của APS (Mỹ)." in asked.text
    assert own(account) == []
    assert holder.post("/me/certification/new", data=given | {"sure": "y"}).status_code == 302
    assert "Dễ nhầm?" in coordinator.get("/office/certification").text
    page = coordinator.get(f"/office/certification/{own(account)[0].public_id}")
    assert "Trên giấy có chữ của chương trình khác" in page.text


def test_the_same_number_is_refused_in_the_form(holder):
    recorded(number="PS-2025-007")
    answer = holder.post("/me/certification/new", data=typed(number="ps 2025 007"))
    assert (answer.status_code, "Số này đã được ghi nhận" in answer.text) == (422, True)


ELSEWHERE = {"number": "ps 2025 007", "scheme": "other", "scheme_name": "Chuyên gia năng suất"}
COMPARED = "Tôi đã đối chiếu: đây là chứng nhận khác"


def test_the_same_number_under_another_scheme_is_asked_back(holder, account, coordinator):
    first = recorded(a_person(full_name="Trần Người Khác"), number="PS-2025-007")
    asked = holder.post("/me/certification/new", data=typed(**ELSEWHERE))
    assert (asked.status_code, COMPARED in asked.text) == (422, True)
    # Whose it is only those read who keep certificates.
    assert "Trần Người Khác" not in asked.text
    assert own(account) == []
    data = typed(person=str(account.person.public_id), **ELSEWHERE)
    at_the_desk = coordinator.post("/office/certification/new", data=data)
    assert f"/office/certification/{first.public_id}" in at_the_desk.text
    sure = typed(**ELSEWHERE) | {"sure_of_number": "y"}
    assert holder.post("/me/certification/new", data=sure).status_code == 302


def test_a_number_under_another_typed_name_is_the_same_number(holder, account):
    recorded(number="PS-2025-007", scheme_key="other", scheme_name="Chuyên gia A")
    asked = holder.post("/me/certification/new", data=typed(**ELSEWHERE))
    assert (asked.status_code, COMPARED in asked.text) == (422, True)


def test_a_number_that_only_ends_alike_is_another_one(holder, account):
    recorded(number="12007", scheme_key="other", scheme_name="Chuyên gia A")
    assert holder.post("/me/certification/new", data=typed(number="007")).status_code == 302


def test_whoever_checks_says_that_the_same_numbers_were_compared(coordinator):
    recorded(a_person(full_name="Trần Người Khác"), number="PS-2025-007")
    twin = recorded(number="PS/2025/007", scheme_key="other", scheme_name="Chuyên gia A")
    here = f"/office/certification/{twin.public_id}"
    page = coordinator.get(here).text
    assert ("Trần Người Khác" in page, COMPARED in page) == (True, True)
    answer = coordinator.post(f"{here}/check")
    assert (answer.status_code, reload(twin).state) == (422, ExpertCertificateState.RECORDED)
    assert "Có một mục khác cùng số" in answer.text
    assert coordinator.post(f"{here}/check", data={"checking-has_compared": "y"}).status_code == 302
    assert reload(twin).state is ExpertCertificateState.CHECKED


def test_a_holder_removes_an_unchecked_entry(holder, account):
    certificate = recorded(account.person)
    answer = holder.post(f"/me/certification/{certificate.public_id}/removal")
    assert (answer.status_code, own(account)) == (302, [])


def test_nobody_removes_somebody_elses(holder):
    certificate = recorded()
    assert holder.post(f"/me/certification/{certificate.public_id}/removal").status_code == 404
    assert reload(certificate).state is ExpertCertificateState.RECORDED


def test_own_page_shows_nothing_of_others(holder):
    recorded(number="OF-ANOTHER")
    assert "OF-ANOTHER" not in holder.get("/me/certification").text


def test_agreeing_puts_a_valid_expert_into_the_register_and_back_out(holder, account, client):
    checked(account.person)
    assert "Nguyễn Thị Demo" not in client.get("/experts/").text
    holder.post("/me/certification/register")
    code = queries.expert_of(account.person_id).code
    assert "Nguyễn Thị Demo" in client.get("/experts/").text
    assert client.get(f"/experts/{code}").status_code == 200
    assert accounts.open_consent(account.person_id, REGISTER).wording.startswith("Ghi trong")
    holder.post("/me/certification/register/withdrawal")
    assert "Nguyễn Thị Demo" not in client.get("/experts/").text
    assert client.get(f"/experts/{code}").status_code == 404
    assert client.get("/experts.json").json["items"] == []


def test_an_unknown_expert_is_not_there(client):
    assert client.get("/experts/cg-nobody").status_code == 404


def test_a_coordinator_enters_a_certificate_for_somebody(coordinator):
    person = a_person(full_name="Lê Văn Kỹ Sư")
    found = coordinator.get("/office/certification/new?q=ky su").text
    assert str(person.public_id) in found
    page = coordinator.get(f"/office/certification/new?person={person.public_id}")
    assert 'value="apo_ps"' in page.text
    data = typed(person=str(person.public_id), funded_by_plan="y")
    assert coordinator.post("/office/certification/new", data=data).status_code == 302
    (certificate,) = queries.certificates_of(person.id)
    assert certificate.funded_by_plan is True


@pytest.mark.parametrize("person", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_certificate_for_nobody_is_not_taken(coordinator, person):
    answer = coordinator.post("/office/certification/new", data=typed(person=person))
    assert answer.status_code == 404


def test_a_coordinator_cannot_check_the_own_one(sign_in):
    account = an_account(RoleName.COORDINATOR)
    certificate = recorded(account.person)
    browser = sign_in(account)
    here = f"/office/certification/{certificate.public_id}"
    assert f'action="{here}/check"' not in browser.get(here).text
    answer = browser.post(f"{here}/check", follow_redirects=True)
    assert "Không ai tự kiểm tra chứng nhận của mình" in answer.text
    assert reload(certificate).state is ExpertCertificateState.RECORDED


def test_a_coordinator_cannot_check_what_the_same_one_entered(coordinator):
    typed_in = typed(person=str(a_person().public_id))
    here = coordinator.post("/office/certification/new", data=typed_in).location
    assert f'action="{here}/check"' not in (page := coordinator.get(here).text)
    said = "Người nhập chứng nhận không tự kiểm tra"
    assert said in page
    assert said in coordinator.get("/office/certification/waiting").text
    assert coordinator.post(f"{here}/check").status_code == 409


def test_an_assessor_finds_what_waits_and_checks_it(sign_in):
    account = an_account(RoleName.ASSESSOR)
    assessor = sign_in(account)
    recorded(a_person(full_name="Lê Chờ Lâu"), "1")
    certificate = recorded(a_person(full_name="Trần Mới Khai"), "2")
    recorded(account.person, "3")
    desk = assessor.get("/office/certification/waiting").text
    assert "/office/certification/waiting" in assessor.get("/me/").text
    assert "3 chứng nhận đang chờ" in desk
    assert desk.index("Lê Chờ Lâu") < desk.index("Trần Mới Khai")
    assert desk.count("Không ai tự kiểm tra chứng nhận của mình") == 1
    here = f"/office/certification/{certificate.public_id}"
    page = assessor.get(here).text
    assert (f'action="{here}/check"' in page, f"{here}/withdrawal" in page) == (True, False)
    assert 'href="/office/certification"' not in page
    assessor.post(f"{here}/check")
    assert reload(certificate).checked_by_id == account.id
    waiting, _, done = assessor.get("/office/certification/waiting").text.partition("vừa kiểm tra")
    assert ("Trần Mới Khai" in waiting, "Trần Mới Khai" in done) == (False, True)


def test_an_assessor_enters_and_withdraws_nothing(sign_in):
    certificate = checked()
    assessor = sign_in(an_account(RoleName.ASSESSOR))
    here = f"/office/certification/{certificate.public_id}"
    given = {"kind": "mistake", "reason": "Nhầm"}
    assert assessor.post(f"{here}/withdrawal", data=given).status_code == 403
    assert assessor.get("/office/certification/new").status_code == 403


def test_an_official_looks_on_and_changes_nothing(sign_in):
    certificate = recorded()
    official = sign_in(an_account(RoleName.OFFICIAL))
    here = f"/office/certification/{certificate.public_id}"
    page = official.get(here).text
    assert here + "/check" not in page
    assert here + "/withdrawal" not in page
    assert official.post(f"{here}/check").status_code == 403
    assert official.post(f"{here}/withdrawal").status_code == 403
    assert official.get("/office/certification/new").status_code == 403


def test_withdrawing_needs_what_happened_and_why(coordinator):
    certificate = checked()
    here = f"/office/certification/{certificate.public_id}"
    bare = coordinator.post(f"{here}/withdrawal", data={"kind": "mistake"})
    assert (bare.status_code, "Ghi lý do" in bare.text) == (422, True)
    undated = coordinator.post(
        f"{here}/withdrawal", data={"kind": "taken_back", "reason": "Thu hồi"}
    )
    assert undated.status_code == 422
    assert "Chọn ngày bắt đầu hết hiệu lực." in undated.text
    assert "Thu hồi" in undated.text
    given = {"kind": "taken_back", "reason": "Thu hồi", "taken_back_from": "2026-01-01"}
    unsourced = coordinator.post(f"{here}/withdrawal", data=given)
    assert (unsourced.status_code, "Hãy ghi nguồn" in unsourced.text) == (422, True)
    given["source"] = "Sổ đăng ký của tổ chức"
    assert coordinator.post(f"{here}/withdrawal", data=given).status_code == 302
    again = coordinator.post(f"{here}/withdrawal?lang=en", data=given)
    assert again.status_code == 409
    assert "This certificate has been withdrawn already." in again.text
    assert reload(certificate).state is ExpertCertificateState.WITHDRAWN


def test_the_desk_filters(coordinator):
    checked(a_person(full_name="Trần An"), "1")
    recorded(a_person(full_name="Lê Bình"), "2")
    waiting = coordinator.get("/office/certification?standing=unchecked").text
    assert ("Lê Bình" in waiting, "Trần An" in waiting) == (True, False)
    nobody = coordinator.get("/office/certification?q=khong+co").text
    assert "Không có gì" in nobody or "bộ lọc" in nobody
    assert coordinator.get("/office/certification?standing=nonsense&page=x").status_code == 200


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_twenty(
    coordinator, client, count_queries
):
    def seen_by(browser, address):
        with count_queries() as seen:
            browser.get(address)
        return len(seen)

    def one_more(number):
        person = a_person()
        agrees(person)
        checked(person, str(number))

    one_more(0)
    before = seen_by(coordinator, "/office/certification"), seen_by(client, "/experts/")
    for number in range(1, 20):
        one_more(number)
    after = seen_by(coordinator, "/office/certification"), seen_by(client, "/experts/")
    assert before == after


def test_what_waits_takes_the_same_number_of_queries_for_one_and_for_twenty(sign_in, count_queries):
    account = an_account(RoleName.ASSESSOR)
    assessor = sign_in(account)

    def seen_with_one_more_each(numbers):
        for number in numbers:
            recorded(number=f"w{number}")
            certificate = recorded(number=f"c{number}")
            operations.check_certificate(certificate.id, by=account.id, now=clock.now())
        with count_queries() as seen:
            assessor.get("/office/certification/waiting")
        return len(seen)

    assert seen_with_one_more_each([0]) == seen_with_one_more_each(range(1, 20))


def test_the_pages_are_well_made(app, sign_in, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    account = an_account(RoleName.COORDINATOR)
    browser = sign_in(account)
    agrees(account.person)
    checked(account.person)
    waiting = recorded(account.person, "2")
    code = queries.expert_of(account.person_id).code
    for address in (
        "/me/certification",
        "/me/certification/new",
        "/office/certification",
        "/office/certification/waiting",
        "/office/certification/expiring",
        "/office/certification/new",
        f"/office/certification/new?person={account.person.public_id}",
        f"/office/certification/{waiting.public_id}",
        "/experts/",
        f"/experts/{code}",
    ):
        for language in ("vi", "en"):
            sign = "&" if "?" in address else "?"
            answer = browser.get(f"{address}{sign}lang={language}")
            assert (address, complaints(answer.text)) == (address, [])


def test_the_register_explains_what_a_course_certificate_is_not(client):
    page = client.get("/experts/").text
    assert re.search(r"giấy chứng nhận hoàn thành", page)
