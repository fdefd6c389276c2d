"""A person's own certificates and hours, on pages and on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from club.accounts.models import RoleName
from club.records.attendance.models import Mark
from club.records.certificates import codes
from club.records.certificates.operations import revoke_certificate
from club.records.operations import close_run, reopen_run
from tests.records.certificates.kit import LATER
from tests.records.kit import (
    a_taught_run,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_course, a_topic, an_account


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
