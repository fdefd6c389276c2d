"""Composing summaries and reviews from accepted reports."""

import html
import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from club.accounts.models import RoleName
from club.db import db
from club.periods import Cut, named_period
from club.refusal import RefusedError
from club.reporting.models import ReportState
from club.reporting.operations import asking
from club.reporting.summaries import operations, queries
from club.reporting.summaries.composing import (
    Material,
    Missing,
    Reported,
    composed_figures,
    composed_texts,
    written_number,
)
from club.reporting.summaries.models import ReportSummary, SummaryKind
from club.reporting.summaries.rules import SummaryRefusal
from club.reporting.summaries.sentences import attributed, sentences_of
from club.reporting.written import Activity, FigureKey, Written
from tests.reporting.kit import DESK, LATE, a_coordinator, a_department, accepted, asked, words
from tests.statistics.reports.kit import a_closed_run, a_draft, an_official, frozen
from tests.statistics.reports.kit import facts as report_facts
from tests.support.factories import a_person, an_account, reload
from tests.support.inspector import complaints

HALF = named_period("2026-6M", Cut.CALENDAR)


def test_each_sentence_says_who_says_it():
    text = "Đã mở 2 lớp tại TP. Thuận An. Có 60 người học!\n- Thiếu giảng viên"
    assert attributed(text, "Phòng A") == [
        "Đã mở 2 lớp tại TP. Thuận An (Phòng A).",
        "Có 60 người học (Phòng A)!",
        "- Thiếu giảng viên (Phòng A).",
    ]


@given(st.text(max_size=200))
def test_sentences_lose_no_letter(text):
    kept = "".join("".join(sentences_of(text)).split())
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("7.00", "7"), ("1234.50", "1.234,5"), ("1000000", "1.000.000")],
)
def test_numbers_are_written_as_vietnamese_writes_them(value, text):
    assert written_number(Decimal(value)) == text


def test_who_is_missing_is_named_and_nothing_is_held_up():
    gone = Missing("Phòng C", ReportState.CLOSED, "Đã giải thể.")
    material = Material(
        [Reported("Phòng A", [], words("Mở lớp 5S."))],
        [Missing("Phòng B", ReportState.ASKED), gone],
    )
    situation = composed_texts(material)["situation"].splitlines()
    assert situation == [
        "Có 3 báo cáo được yêu cầu, 1 báo cáo đã được nhận, của: Phòng A.",
        "Chưa có báo cáo được nhận của: Phòng B.",
        "Không có báo cáo của Phòng C, lý do: Đã giải thể.",
    ]


def test_who_was_late_is_named_with_the_days_of_each_report():
    reported = [
        Reported("Phòng A", [], words(), days_late=2),
        Reported("Phòng B", [], words()),
        Reported("Phòng A", [], words(), days_late=10),
        Reported("Phòng C", [], words(), days_late=1),
        Reported("Phòng D", [], words(), days_late=3, on_paper=True),
    ]
    assert composed_texts(Material(reported))["situation"].splitlines()[1:] == [
        "Nộp quá hạn: Phòng A (2 ngày, 10 ngày), Phòng C (1 ngày).",
        "Gửi bằng giấy, được nhập sau hạn: Phòng D (3 ngày).",
    ]


def test_activities_stand_by_line_of_the_plan_and_figures_are_added_up():
    first = Written(
        activities=[Activity("", "Việc khác."), Activity("IV.2-1", "Tuyên truyền.")],
        figures={FigureKey.TURNS: Decimal(40)},
    )
    second = Written(
        activities=[Activity("II.2-1", "Mở lớp.")],
        figures={FigureKey.TURNS: Decimal(25), FigureKey.HOURS: Decimal("7.5")},
    )
    material = Material([Reported("Phòng A", [], first), Reported("Phòng B", [], second)])
    results = composed_texts(material)["results"].splitlines()
    begin = "Ngoài các lớp của câu lạc bộ, các đơn vị tự tổ chức hoặc cử đi học"
    assert results == [
        "Mục II.2-1: Mở lớp (Phòng B).",
        "Mục IV.2-1: Tuyên truyền (Phòng A).",
        "Việc khác (Phòng A).",
        f"{begin} 65 lượt người, 7,5 giờ (Phòng A, Phòng B).",
    ]
    assert composed_figures(material)["total"] == {"turns": "65", "hours": "7.5"}


def test_answers_to_questions_stand_with_the_question():
    told = Reported("Phòng A", ["Bao nhiêu cơ sở?"], Written(answers=["Bốn cơ sở."]))
    results = composed_texts(Material([told]))["results"]
    assert results == "Bao nhiêu cơ sở: Bốn cơ sở (Phòng A)."


def a_summary(report):
    return operations.compose_summary(report.request, title="Tổng hợp", by=None, now=LATE)


@pytest.mark.usefixtures("context")
def test_a_summary_takes_accepted_reports_alone():
    first, second = asked(a_department("Phòng A"), a_department("Phòng B"))
    accepted(first, words("Việc của A."))
    summary = a_summary(first)
    assert "Việc của A (Phòng A)." in summary.texts["results"]
    assert "Phòng B" in summary.texts["situation"]
    assert [one.report_id for one in summary.sources] == [first.id]
    assert second.state is ReportState.ASKED


def test_a_summary_says_which_of_its_reports_came_late(coordinator):
    in_time, late = asked(a_department("Phòng A"), a_department("Phòng B"))
    accepted(in_time)
    accepted(late, now=LATE)
    summary = a_summary(late)
    assert "Nộp quá hạn: Phòng B (2 ngày)." in summary.texts["situation"]
    page = coordinator.get(f"{DESK}/summaries/{summary.public_id}").text
    assert page.count(". Nộp quá hạn 2 ngày</span>") == 1


@pytest.mark.usefixtures("context")
def test_the_report_of_a_dissolved_department_blocks_no_summary():
    gone = a_department("Phòng Giải thể", valid_to=date(2026, 7, 10))
    first, second = asked(a_department("Phòng A"), gone)
    accepted(first)
    assert "Chưa có báo cáo được nhận của: Phòng Giải thể." in a_summary(first).texts["situation"]
    asking.close(second.id, reason="Không còn đơn vị.", by=None, now=LATE)
    assert "lý do: Không còn đơn vị." in a_summary(first).texts["situation"]


@pytest.mark.usefixtures("context")
def test_a_report_that_is_returned_later_is_marked_in_the_summary():
    [report] = asked()
    accepted(report)
    summary = a_summary(report)
    assert not reload(summary).sources[0].has_moved
    asking.send_back(report.id, reason="Sai số.", by=None, now=LATE)
    assert reload(summary).sources[0].has_moved


@pytest.mark.usefixtures("context")
def test_words_that_were_changed_are_kept_with_the_step():
    [report] = asked()
    accepted(report)
    summary = a_summary(report)
    before = dict(summary.texts)
    changed = before | {"directions": "Mở rộng."}
    given = {"document_number": "12", "revision": 1, "by": None, "now": LATE}
    operations.edit(summary.id, texts=changed, **given)
    assert reload(summary).steps[-1].before == before | {"document_number": ""}
    with pytest.raises(RefusedError) as refused:
        operations.edit(summary.id, texts=before, **given)
    assert refused.value.refusal is SummaryRefusal.WRITTEN_OVER


@pytest.mark.usefixtures("context")
def test_words_that_are_kept_twice_are_one_wording():
    [report] = asked()
    accepted(report)
    summary = a_summary(report)
    changed = dict(summary.texts) | {"directions": "Mở rộng."}
    for _time in range(2):
        operations.edit(
            summary.id, texts=changed, document_number=None, revision=1, by=None, now=LATE
        )
    assert [one.number for one in reload(summary).wordings] == [1, 2]


def a_review(kind=SummaryKind.INTERIM, period=HALF):
    return operations.compose_review(kind, period, title="Sơ kết", by=None, now=LATE)


@pytest.mark.usefixtures("context")
def test_a_review_has_the_live_figures_until_a_report_of_its_days_is_frozen():
    a_closed_run(a_person(), a_person())
    results = a_review().texts["results"]
    assert "2 lượt người, 2 người" in results
    assert "theo hồ sơ học tại thời điểm tổng hợp" in results
    six_months = report_facts(name="2026-6M", title="Sáu tháng đầu năm")
    frozen(a_draft(six_months, by=an_official().id, now=LATE), now=LATE)
    assert "theo báo cáo đã chốt “Sáu tháng đầu năm”" in a_review().texts["results"]


@pytest.mark.usefixtures("context")
def test_a_review_takes_what_lies_within_its_days_only():
    [within] = asked(a_department("Phòng A"))
    accepted(within, words("Trong kỳ."))
    [beyond] = asked(a_department("Phòng B"), first_day=date(2026, 4, 1), last_day=date(2026, 7, 1))
    accepted(beyond, words("Ngoài kỳ."))
    results = a_review().texts["results"]
    assert "Trong kỳ (Phòng A)." in results
    assert "Ngoài kỳ" not in results


@pytest.mark.usefixtures("context")
def test_nothing_is_composed_of_days_to_come():
    with pytest.raises(RefusedError) as refused:
        a_review(period=named_period("2027", Cut.CALENDAR))
    assert refused.value.refusal is SummaryRefusal.NOT_BEGUN


@pytest.fixture
def coordinator(sign_in):
    with time_machine.travel(LATE, tick=False):
        yield sign_in(a_coordinator())


def test_the_summary_is_composed_changed_and_sent_out_as_a_word_file(coordinator):
    late, done = asked(a_department("Phòng Trễ"), a_department("Phòng Xong"))
    accepted(done, words("Đã mở hai lớp."))
    request = f"{DESK}/requests/{late.request.public_id}"
    page = coordinator.post(f"{request}/summary", follow_redirects=True).text
    assert "Đã mở hai lớp (Phòng Xong)." in page
    assert complaints(page) == []
    [summary] = db.session.query(ReportSummary)
    here = f"{DESK}/summaries/{summary.public_id}"
    typed = dict(summary.texts) | {"directions": "Mở thêm lớp.", "revision": 1}
    assert coordinator.post(here, data=typed).status_code == 302
    again = coordinator.post(here, data=typed | {"directions": "Chữ khác."})
    assert again.status_code == 409
    assert "Chữ khác." in again.text
    document = docx.Document(BytesIO(coordinator.get(f"{here}.docx").data))
    text = "\n".join(one.text for one in document.paragraphs)
    for said in ("Đã mở hai lớp (Phòng Xong).", "Mở thêm lớp.", "Chưa có báo cáo được nhận"):
        assert said in text
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Phòng Xong", "Cộng", "60"} <= cells
    assert coordinator.get(f"{here}.pdf").data.startswith(b"%PDF")


def the_words(page, name):
    """What the form's field holds, and what stands beside it, without marks."""
    [typed] = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page)
    beside = re.findall(r'<p class="compared-text">(.*?)</p>', page, re.DOTALL)
    return html.unescape(typed).strip(), [re.sub(r"<[^>]+>", "", one).strip() for one in beside]


def test_of_two_who_change_a_summary_the_second_sees_both_and_loses_nothing(coordinator, sign_in):
    [report] = asked(a_department("Phòng Xong"))
    accepted(report)
    summary = a_summary(report)
    here = f"{DESK}/summaries/{summary.public_id}"
    composed = dict(summary.texts) | {"revision": 1, "document_number": ""}
    coordinator.post(here, data=composed | {"directions": "Của Hạnh.", "proposals": "Thêm lớp."})
    colleague = sign_in(a_coordinator())
    answer = colleague.post(here, data=composed | {"directions": "Của Bình."})
    assert answer.status_code == 409
    # Both have changed the directions; the proposals only the first one.
    assert the_words(answer.text, "directions") == ("Của Bình.", ["Của Hạnh.", "Của Bình."])
    assert the_words(answer.text, "proposals")[0] == "Thêm lớp."
    assert "Ở phần anh chị không sửa" in answer.text
    assert complaints(answer.text) == []
    [revision] = re.findall(r'name="revision"[^>]*value="(\d+)"', answer.text)
    both = {"directions": "Của Hạnh và Bình.", "proposals": "Thêm lớp.", "revision": revision}
    assert colleague.post(here, data=composed | both).status_code == 302
    kept = reload(summary).texts
    assert (kept["directions"], kept["proposals"]) == ("Của Hạnh và Bình.", "Thêm lớp.")


def test_earlier_wordings_stay_readable_with_who_wrote_them_and_when(coordinator, sign_in):
    [report] = asked(a_department("Phòng Xong"))
    accepted(report)
    summary = a_summary(report)
    for number, words_now in enumerate(("Lời đầu.", "Lời sau."), 1):
        by = an_account(RoleName.COORDINATOR, person=a_person(full_name=f"Người Viết {number}"))
        operations.edit(
            summary.id, texts={"directions": words_now}, document_number=None, revision=number,
            by=by.id, now=LATE,
        )  # fmt: skip
    here = f"{DESK}/summaries/{summary.public_id}/wordings"
    pages = [coordinator.get(f"{here}/{number}").text for number in (1, 2, 3)]
    assert "Phòng Xong" in pages[0]
    assert "Lời đầu." not in pages[0]
    assert "Người Viết 1" in pages[1]
    assert "22/07/2026" in pages[1]
    beside = re.findall(r'<p class="compared-text">(.*?)</p>', pages[2], re.DOTALL)
    marked = [re.sub(r"</?(del|ins)>", "|", one).strip() for one in beside]
    assert marked == ["Lời |đầu.|", "Lời |sau.|"]
    assert all(complaints(page) == [] for page in pages)
    assert coordinator.get(f"{here}/4").status_code == 404
    assert sign_in(an_account(RoleName.TRAINER)).get(f"{here}/1").status_code == 403


def test_a_review_is_composed_on_its_page(coordinator):
    given = {"kind": "final", "title": "Tổng kết 2026", "part": "6M", "year": "2026",
             "cut": "calendar"}  # fmt: skip
    page = coordinator.post(f"{DESK}/summaries/new", data=given, follow_redirects=True).text
    assert "Tổng kết 2026" in page
    given |= {"year": "2027"}
    answer = coordinator.post(f"{DESK}/summaries/new", data=given)
    assert answer.status_code == 409
    assert 'value="Tổng kết 2026"' in answer.text
    assert complaints(coordinator.get(f"{DESK}/summaries/new").text) == []


def test_officials_read_summaries_and_change_nothing(coordinator, sign_in):
    [report] = asked()
    accepted(report)
    summary = a_summary(report)
    here = f"{DESK}/summaries/{summary.public_id}"
    official = sign_in(an_account(RoleName.OFFICIAL))
    assert official.get(here).status_code == 200
    assert official.get(f"{here}.docx").status_code == 200
    assert official.post(here, data={}).status_code == 403
    assert sign_in(an_account(RoleName.TRAINER)).get(here).status_code == 403


def test_the_page_of_a_summary_costs_the_same_whatever_it_was_composed_from(
    coordinator, count_queries
):
    def cost(*units):
        reports = asked(*units)
        for report in reports:
            accepted(report)
        summary = a_summary(reports[0])
        address = f"{DESK}/summaries/{summary.public_id}"
        db.session.expire_all()
        coordinator.get(address)
        with count_queries() as seen:
            assert coordinator.get(address).status_code == 200
        return len(seen)

    assert cost(a_department()) == cost(*[a_department(f"Phòng {n}") for n in range(12)])
    assert len(queries.summaries()) == 2
