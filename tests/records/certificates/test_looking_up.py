"""Is this certificate genuine: the page, the same as data, and what guessing brings."""

from datetime import timedelta

import pytest
from limits import parse

from club.audit.models import AuditEntry
from club.db import transaction
from club.records.attendance.models import Mark
from club.records.certificates import codes
from club.records.certificates.operations import correct_certificate, revoke_certificate
from club.records.certificates.rules import Correction
from club.records.certificates.signing import signed_file
from club.records.operations import close_run, reopen_run
from club.web.limits import VERIFICATION
from club.web.models import KeptInput
from club.web.personal_data import ERASED_NAME
from tests.records.certificates.kit import LATER
from tests.records.kit import (
    a_taught_run,
    certificates,
    every,
    marked,
    on_the_list,
)
from tests.support.factories import NOW, an_account, reload


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
