from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from limits import parse
from pypdf import PdfReader

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import transaction
from club.records.attendance.models import Mark
from club.records.certificates import codes
from club.records.certificates.models import CertificateState
from club.records.certificates.operations import correct_certificate, revoke_certificate
from club.records.certificates.rules import Correction
from club.records.certificates.signing import signed_file
from club.records.models import TrainingRecord
from club.records.operations import close_run, reopen_run
from club.web.limits import VERIFICATION
from club.web.models import KeptInput
from club.web.personal_data import ERASED_NAME
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_course, a_person, a_run, a_topic, an_account, reload

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def holder():
    return an_account(person=a_person(full_name="Nguyễn Thị Thùy Dương"))


@pytest.fixture
def run(holder):
    """A closed run of two sessions, completed by ``holder``."""
    course = a_course(title="Đo lường năng suất", title_en="Measuring productivity", code="DL")
    run = a_taught_run(course=course, code="DL-2026-03")
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    return run


@pytest.fixture
def certificate(run):
    return certificates()[0]


def pdf_text(answer):
    reader = PdfReader(BytesIO(answer.data))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


def test_the_pdf_says_number_name_course_days_hours_and_code(sign_in, holder, certificate):
    answer = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="CN-2026-000001.pdf"'
    text = pdf_text(answer)
    for words in (
        "CN-2026-000001",
        "Nguyễn Thị Thùy Dương",
        "Đo lường năng suất",
        "Measuring productivity",
        "28/02/2026 – 01/03/2026",
        "8 giờ",
        "03/03/2026",
        "DL-2026-03",
        "localhost/verify",
        codes.written(certificate.code),
        "Đây không phải là chứng nhận chuyên gia năng suất.",
    ):
        assert words in text


def test_the_same_certificate_is_always_the_same_file(sign_in, holder, certificate):
    address = f"/certificates/{certificate.public_id}.pdf"
    assert sign_in(holder).get(address).data == sign_in(holder).get(address).data


def test_a_revoked_certificate_is_not_printed_any_more(sign_in, holder, certificate):
    address = f"/certificates/{certificate.public_id}"
    revoke_certificate(certificate.id, reason="Nhầm người", by=None, now=LATER)
    client = sign_in(holder)
    assert client.get(f"{address}.pdf").status_code == 409
    page = client.get(address)
    assert (page.status_code, "Nhầm người" in page.text) == (200, True)
    assert f"{address}.pdf" not in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.COORDINATOR, 200),
        (RoleName.OFFICIAL, 200),
        (RoleName.MEMBER, 404),
        (RoleName.TRAINER, 404),
        (RoleName.REPRESENTATIVE, 404),
    ],
)
def test_somebody_else_s_certificate_is_nobody_else_s_business(sign_in, certificate, role, status):
    client = sign_in(an_account(role))
    for ending in ("", ".pdf"):
        answer = client.get(f"/certificates/{certificate.public_id}{ending}")
        assert answer.status_code == status


@pytest.mark.parametrize("name", ["7e199402-6709-44ed-98d2-42346b4886da", "1", "x" * 300])
def test_an_unknown_certificate_is_not_found(sign_in, holder, name):
    assert sign_in(holder).get(f"/certificates/{name}").status_code == 404


def test_own_records_and_certificates_are_listed(sign_in, holder, certificate):
    client = sign_in(holder)
    records = client.get("/me/records").text
    assert [w in records for w in ("2026", "Đo lường năng suất", "CN-2026-000001")] == [True] * 3
    listed = client.get("/me/certificates").text
    assert f"/certificates/{certificate.public_id}.pdf" in listed


def test_a_newcomer_sees_what_will_be_there(sign_in):
    client = sign_in(an_account())
    assert "Chưa có kết quả học" in client.get("/me/records").text
    assert "Chưa có giấy chứng nhận" in client.get("/me/certificates").text


def test_own_hours_are_added_up_by_year_and_topic(sign_in, holder):
    tools, measures = a_topic(name="Công cụ"), a_topic(name="Đo lường")
    for topic, days, marks in ((tools, 3, 2), (tools, 9, 1), (measures, 400, 1)):
        run = a_taught_run(course=a_course(topic=topic), starts_at=NOW - timedelta(days=days))
        marked(run, on_the_list(run, holder.person), *([Mark.PRESENT] * marks))
        close_run(run.id, by=None, now=NOW, accepting_unmarked=[s.id for s in run.sessions])
    text = sign_in(holder).get("/me/records").text
    this_year, last_year = text.index('id="y2026"'), text.index('id="y2025"')
    assert this_year < text.index("12 giờ") < last_year < text.rindex("Đo lường")
    assert text.count('class="topic-fill"') == 2


def test_superseded_records_are_not_shown(sign_in, holder, run):
    reopen_run(run.id, reason="Nhầm", by=None, now=LATER)
    assert "Chưa có kết quả học" in sign_in(holder).get("/me/records").text


def test_closing_in_the_browser_makes_records_and_says_how_many(sign_in):
    account = an_account(RoleName.TRAINER)
    run = a_taught_run(trainers=[account.person])
    present(run)
    client = sign_in(account)
    preview = client.get(f"/teaching/runs/{run.code}/closing")
    assert "8 giờ</span> / <span" in preview.text.replace("\n", "")
    answer = client.post(f"/teaching/runs/{run.code}/closing")
    assert answer.location == f"/office/runs/{run.code}/records"
    assert "1 người có kết quả, cấp mới 1 giấy" in client.get(answer.location).text
    assert reload(run).closed_by_id == account.id
    again = client.post(f"/teaching/runs/{run.code}/closing")
    assert (again.status_code, len(every(TrainingRecord))) == (409, 1)


def test_sessions_without_marks_have_to_be_confirmed_in_the_browser(sign_in):
    run = a_taught_run()
    marked(run, on_the_list(run), Mark.PRESENT)
    client, address = sign_in(a_coordinator()), f"/teaching/runs/{run.code}/closing"
    unmarked = str(run.sessions[1].public_id)
    assert unmarked in client.get(address).text
    assert client.post(address, data={"unmarked": unmarked}).status_code == 422
    assert client.post(address, data={"nobody_came": "y"}).status_code == 422
    sent = client.post(address, data={"unmarked": unmarked, "nobody_came": "y"})
    assert (sent.status_code, reload(run).state) == (302, RunState.CLOSED)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts_at": LATER}, "Buổi học cuối chưa kết thúc."),
        ({"sessions": 0}, "chưa học buổi nào"),
        ({"state": RunState.CANCELLED}, "đã hủy"),
    ],
)
def test_a_run_that_cannot_be_closed_says_why_and_offers_no_button(sign_in, given, words):
    run = a_run(**given)
    client = sign_in(a_coordinator())
    page = client.get(f"/teaching/runs/{run.code}/closing")
    assert (page.status_code, words in page.text) == (200, True)
    assert 'name="nobody_came"' not in page.text
    assert client.post(f"/teaching/runs/{run.code}/closing").status_code == 409


def test_a_coordinator_reopens_with_a_reason(sign_in, run):
    client, address = sign_in(a_coordinator()), f"/teaching/runs/{run.code}/reopening"
    assert client.post(address, data={"reason": "  "}).status_code == 422
    assert reload(run).state is RunState.CLOSED
    answer = client.post(address, data={"reason": "Ghi nhầm buổi 2"})
    assert answer.location == f"/teaching/runs/{run.code}/attendance"
    assert reload(run).state is RunState.PUBLISHED


def test_a_reason_that_is_too_long_is_kept_and_refused(sign_in, run):
    typed = "x" * 5000
    answer = sign_in(a_coordinator()).post(
        f"/teaching/runs/{run.code}/reopening", data={"reason": typed}
    )
    assert (answer.status_code, typed in answer.text) == (422, True)


def test_a_coordinator_revokes_with_a_reason(sign_in, certificate):
    client, address = sign_in(a_coordinator()), f"/certificates/{certificate.public_id}/revocation"
    assert client.post(address).status_code == 422
    assert client.post(address, data={"reason": "Nhầm người"}).status_code == 302
    assert reload(certificate).state is CertificateState.REVOKED
    assert client.post(address, data={"reason": "Lại"}).status_code == 409


@pytest.mark.parametrize(
    "role", [RoleName.TRAINER, RoleName.OFFICIAL, RoleName.MEMBER, RoleName.ASSESSOR]
)
def test_only_coordinators_reopen_issue_and_revoke(sign_in, run, certificate, role):
    client = sign_in(an_account(role))
    for address in (
        f"/teaching/runs/{run.code}/reopening",
        f"/office/runs/{run.code}/certificates",
        f"/certificates/{certificate.public_id}/revocation",
    ):
        assert client.post(address, data={"reason": "Nhầm"}).status_code == 403
    assert (reload(run).state, reload(certificate).is_valid) == (RunState.CLOSED, True)


def test_missing_certificates_are_issued_with_a_button(sign_in, run):
    client = sign_in(a_coordinator())
    answer = client.post(f"/office/runs/{run.code}/certificates")
    assert answer.status_code == 409
    assert "Ai hoàn thành lớp này cũng đã được cấp giấy." in answer.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.COORDINATOR, 200),
        (RoleName.OFFICIAL, 200),
        (RoleName.TRAINER, 404),
        (RoleName.MEMBER, 403),
    ],
)
def test_who_reads_the_records_of_a_run(sign_in, run, role, status):
    page = sign_in(an_account(role)).get(f"/office/runs/{run.code}/records")
    assert page.status_code == status
    assert ("CN-2026-000001" in page.text) is (status == 200)


def test_the_verification_repeats_what_is_certified(client, certificate):
    page = client.get(f"/verify/{certificate.code}")
    assert page.status_code == 200
    for words in (
        "Giấy chứng nhận hợp lệ",
        "CN-2026-000001",
        "Nguyễn Thị Thùy D.",
        "Đo lường năng suất",
        "28/02/2026 – 01/03/2026",
        "8 giờ",
        "03/03/2026",
        "Đây không phải chứng nhận chuyên gia năng suất.",
    ):
        assert words in page.text
    assert "Dương" not in page.text


@pytest.mark.parametrize("how", [str.lower, codes.written, lambda c: codes.written(c).lower()])
def test_a_code_is_read_in_any_writing(client, certificate, how):
    typed = how(certificate.code)
    assert client.get(f"/verify/{typed}").status_code == 200
    sent_on = client.get("/verify", query_string={"code": f" {typed} "})
    assert sent_on.location == f"/verify/{certificate.code}"


def test_a_revoked_certificate_says_since_when_and_why(client, certificate):
    revoke_certificate(certificate.id, reason="Điểm danh nhầm người", by=None, now=LATER)
    text = client.get(f"/verify/{certificate.code}").text
    assert "Giấy chứng nhận đã bị thu hồi" in text
    assert "Không dùng được từ ngày 05/03/2026." in text
    # Nothing on the page may sound as if it still held.
    assert "có giá trị" not in text.split("<main")[1].split("Kiểm tra tệp")[0]
    assert "Điểm danh nhầm người" in text


def test_a_replaced_certificate_and_the_new_one_lead_to_each_other(client, sign_in, holder):
    run = a_taught_run(sessions=5, starts_at=NOW - timedelta(days=7))
    marked(run, on_the_list(run, holder.person), *[Mark.PRESENT] * 4, Mark.ABSENT)
    close_run(run.id, by=None, now=NOW)
    reopen_run(run.id, reason="Ghi nhầm buổi 5", by=None, now=LATER)
    marked(run, holder.person, None, None, None, None, Mark.PRESENT, now=LATER)
    close_run(run.id, by=None, now=LATER)
    old, new = certificates()
    text = client.get(f"/verify/{old.code}").text
    assert ("Giấy chứng nhận đã được thay" in text, new.number in text) == (True, True)
    assert f'<a href="/verify/{new.code}">{new.number}</a>' in text
    assert (
        f'<a href="/verify/{old.code}">{old.number}</a>' in client.get(f"/verify/{new.code}").text
    )
    own = sign_in(holder).get(f"/certificates/{new.public_id}").text
    assert f'<a href="/certificates/{old.public_id}">{old.number}</a>' in own
    said = client.get(f"/verify/{old.code}.json").json
    assert (said["replaced_by"], said["replaced_by_code"]) == (new.number, codes.written(new.code))
    assert (said["replaces"], said["replaces_code"]) == (None, None)
    said = client.get(f"/verify/{new.code}.json").json
    assert (said["replaces"], said["replaces_code"]) == (old.number, codes.written(old.code))
    assert (said["replaced_by"], said["replaced_by_code"]) == (None, None)
    assert old.number in client.get(f"/verify/{new.code}").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("CN-2026-000001", "Đây là số của giấy."),
        ("ABC", "mã vừa nhập có 3."),
        ("7K3M9QXR2VHD5T", "không khớp nhau"),
        ("'; DROP TABLE person; --", "mã vừa nhập có"),
        ("<script>alert(1)</script>", "mã vừa nhập có"),
    ],
)
def test_an_unknown_code_is_answered_with_a_hint(client, typed, words):
    page = client.get("/verify", query_string={"code": typed}, follow_redirects=True)
    assert (page.status_code, words in page.text) == (404, True)
    assert "Dễ nhầm" in page.text
    assert "<script>alert" not in page.text


def test_a_code_that_was_never_issued_is_told_apart_from_a_slip(client):
    page = client.get(f"/verify/{codes.new_code()}")
    assert (page.status_code, "chưa từng cấp" in page.text) == (404, True)


def test_a_signature_is_called_checked_only_where_there_is_one(
    client, sign_in, holder, certificate
):
    address = f"/verify/{codes.written(certificate.code)}.json"
    assert client.get(address).json["checks"][-1]["passed"] is None
    sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert client.get(address).json["checks"][-1]["passed"] is True


def test_the_same_answer_as_data(client, certificate):
    answer = client.get(f"/verify/{codes.written(certificate.code)}.json")
    told = dict(answer.json)
    checks = told.pop("checks")
    assert [(c["check"], c["passed"]) for c in checks] == [
        ("number", True), ("issuer", True), ("standing", True), ("dates", True),
        ("signature", None),
    ]  # fmt: skip
    assert told == {
        "valid": True,
        "state": "valid",
        "kind": "completion_certificate",
        "is_expert_certification": False,
        "number": "CN-2026-000001",
        "code": codes.written(certificate.code),
        "holder": "Nguyễn Thị Thùy D.",
        "course": "Đo lường năng suất",
        "course_en": "Measuring productivity",
        "course_code": "DL",
        "run": "DL-2026-03",
        "first_day": "2026-02-28",
        "last_day": "2026-03-01",
        "hours": 8.0,
        "scores": [],
        "issuer": certificate.issuer_name,
        "issued_on": "2026-03-03",
        "expires_on": None,
        "ended_on": None,
        "reason": None,
        "replaced_by": None,
        "replaced_by_code": None,
        "replaces": None,
        "replaces_code": None,
        "checked_at": "2026-03-05T02:00:00+00:00",
    }


def test_an_unknown_code_as_data(client):
    answer = client.get("/verify/ABC.json")
    assert (answer.status_code, answer.json) == (404, {"valid": False, "state": "unknown"})


def test_the_form_to_look_up_is_there_for_everybody(client):
    page = client.get("/verify")
    assert (page.status_code, 'name="code"' in page.text) == (200, True)


def test_a_real_club_lists_no_codes(client, certificate):
    assert certificate.code not in client.get("/verify").text


@pytest.mark.parametrize("is_visitor", [True, False])
@pytest.mark.usefixtures("limits")
def test_looking_up_needs_few_queries(client, sign_in, certificate, count_queries, is_visitor):
    if not is_visitor:
        client = sign_in(an_account())
    signed_file(certificate, now=NOW)
    said = Correction("Nguyễn Thị Thuỳ Dương", certificate.attended_minutes)
    new = correct_certificate(certificate.id, said, reason="Sai dấu", by=None, now=LATER)
    for code in [reload(one).code for one in (certificate, new)]:
        for ending in ("", ".json"):
            with count_queries() as seen:
                assert client.get(f"/verify/{code}{ending}").status_code == 200
            assert len(seen) < 5


@pytest.fixture
def limits(app, monkeypatch):
    """Doors are counted, from none on."""
    monkeypatch.setitem(app.extensions, "club.limits", True)
    app.extensions["club.own_tries"].storage.reset()


@pytest.mark.parametrize("ending", ["", ".json"])
def test_guessing_is_slowed_down_and_shuts_nobody_else_out(client, certificate, limits, ending):
    answers = [client.get(f"/verify/ABC{ending}").status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert client.get(f"/verify/{certificate.code}{ending}").status_code == 200


def test_a_flood_of_checks_is_stopped(client, limits):
    most = parse(VERIFICATION.per_address)
    for _ in range(most.amount):
        client.application.extensions["club.own_tries"].hit(most, "verification/address/127.0.0.1")
    assert client.get("/verify/7K3M-9QXR-2VHD-5T.json").status_code == 429


@pytest.mark.parametrize(
    "link",
    [
        "https://cu.example.vn/verify/{}",
        "http://localhost/verify/{}?x=1#checks-title",
        "cu.example.vn/club/verify/{}.json",
        " https://cu.example.vn/verify/{}/ ",
    ],
)
def test_a_pasted_link_is_read_as_its_code(client, certificate, link):
    answer = client.get("/verify", query_string={"code": link.format(certificate.code)})
    assert (answer.status_code, answer.location) == (302, f"/verify/{certificate.code}")


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("Nguyễn Thị Thùy Dương", True),
        ("  NGUYỄN THỊ  THUỲ DƯƠNG ", True),
        ("Nguyễn Thị Thùy Duyên", False),
        ("Nguyen Thi Thuy Duong", False),
        ("Nguyễn Thị Thủy Dương", False),
        ("Nguyễn Thị Thùy D.", False),
    ],
)
def test_the_name_on_the_paper_is_compared(client, certificate, typed, matches):
    page = client.post(f"/verify/{certificate.code}", data={"name_on_paper": typed}).text
    assert ("Họ tên khớp" in page, "Họ tên không khớp" in page) == (matches, not matches)
    if not matches:
        assert "Thùy Dương" not in page


def test_no_name_is_compared_with_none(client, certificate):
    answer = client.post(f"/verify/{certificate.code}", data={"name_on_paper": " "})
    assert (answer.status_code, "Gõ họ tên in trên giấy" in answer.text) == (422, True)
    assert client.post("/verify/ABC", data={"name_on_paper": "An"}).status_code == 404


def test_where_the_name_was_erased_no_paper_is_called_altered(client, certificate):
    with transaction():
        certificate.holder_name = ERASED_NAME
    address = f"/verify/{certificate.code}"
    for page in (client.get(address), client.post(address, data={"name_on_paper": "Dương"})):
        assert page.status_code == 200
        assert ERASED_NAME in page.text
        for words_ in ("Đối chiếu họ tên", "Họ tên không khớp", "Tên viết gọn"):
            assert words_ not in page.text
    assert client.get(f"{address}.json").json["holder"] == ERASED_NAME
    listed = client.post("/verify/list", data={"codes": certificate.code}).text
    assert ERASED_NAME in listed


def test_nobody_tries_out_names(client, certificate, limits):
    answers = [
        client.post(f"/verify/{certificate.code}", data={"name_on_paper": f"Dương {n}"}).status_code
        for n in range(21)
    ]
    assert answers == [200] * 20 + [429]
    assert every(KeptInput) == []


def test_names_that_were_compared_stand_in_no_log(client, certificate, caplog):
    before = len(every(AuditEntry))
    with caplog.at_level("DEBUG"):
        client.post(f"/verify/{certificate.code}", data={"name_on_paper": "Trần Văn Lạ"})
    assert (len(every(AuditEntry)), "Trần Văn Lạ" in caplog.text) == (before, False)


def test_the_records_of_a_run_cost_the_same_queries_for_one_and_twenty(sign_in, count_queries):
    def queries_with(people):
        run = a_taught_run()
        for _ in range(people):
            present(run)
        close_run(run.id, by=None, now=NOW)
        client = sign_in(a_coordinator())
        with count_queries() as seen:
            client.get(f"/office/runs/{run.code}/records")
        return len(seen)

    assert queries_with(1) == queries_with(20)


def test_the_preview_costs_the_same_queries_for_one_and_twenty(sign_in, count_queries):
    def queries_with(people):
        run = a_taught_run()
        for _ in range(people):
            present(run)
        client = sign_in(a_coordinator())
        with count_queries() as seen:
            client.get(f"/teaching/runs/{run.code}/closing")
        return len(seen)

    assert queries_with(1) == queries_with(20)


@pytest.mark.parametrize("page", ["/me/records", "/me/certificates"])
def test_own_pages_cost_the_same_queries_for_one_and_twenty(sign_in, holder, count_queries, page):
    def queries_with(runs):
        for _ in range(runs):
            run = a_taught_run()
            present(run, on_the_list(run, holder.person))
            close_run(run.id, by=None, now=NOW)
        client = sign_in(holder)
        with count_queries() as seen:
            client.get(page)
        return len(seen)

    assert queries_with(1) == queries_with(19)


def test_the_own_page_shows_certificates_and_the_hours_of_the_year(sign_in, holder, certificate):
    text = sign_in(holder).get("/me/").text
    assert f"/certificates/{certificate.public_id}.pdf" in text
    assert ("Giờ học năm 2026" in text, "giờ, 1 lớp" in text) == (True, True)


def test_more_than_three_topics_are_drawn_as_two_and_the_rest(sign_in, holder):
    for number in range(4):
        run = a_taught_run(course=a_course(topic=a_topic(name=f"Chủ đề {number}")))
        marks = [Mark.PRESENT, Mark.PRESENT if number < 2 else Mark.ABSENT]
        marked(run, on_the_list(run, holder.person), *marks)
        close_run(run.id, by=None, now=NOW)
    text = sign_in(holder).get("/me/").text
    assert [w in text for w in ("Chủ đề 0", "Chủ đề 1", "Chủ đề 2", "Chủ đề khác")] == [
        True, True, False, True
    ]  # fmt: skip
    assert 'x="66.7%"' in text


def test_the_own_page_of_a_newcomer_has_no_hours_but_says_how_to_a_certificate(sign_in):
    text = sign_in(an_account()).get("/me/").text
    assert ("Giờ học năm" in text, "Chưa có giấy chứng nhận" in text) == (False, True)
