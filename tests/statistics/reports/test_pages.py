"""The desk of reports and the page of each, for officials and those who read along."""

import html
import io
import json
import re
from datetime import timedelta
from html import unescape

import docx
import pytest
import time_machine
from sqlalchemy import update

from club.accounts.models import RoleName
from club.db import db, transaction
from club.privacy.queries import looks_at
from club.records.operations import reopen_run
from club.statistics.reports import queries
from club.statistics.reports.guarding import unguarded
from club.statistics.reports.models import Report, ReportStep, StepKind, VersionState
from club.statistics.reports.operations import Letterhead, change_letterhead, edit
from club.units.models import UnitKind
from club.web.personal_data import Whose
from tests.people.merging_kit import joined
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    checked,
    facts,
    frozen,
    on_the_page,
)
from tests.support.factories import a_person, a_unit, an_account, reload
from tests.support.inspector import complaints
from tests.support.pages import words

DESK = "/office/reports"
NEW = {"part": "03", "year": "2026", "cut": "calendar", "unit": "", "first": "", "last": ""}


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_official())


def drafted():
    return db.session.query(Report).one()


def page_of(client, version):
    return client.get(f"{DESK}/{version.report.public_id}/{version.number}").text


@pytest.mark.parametrize(
    ("part", "cut", "name", "first", "last"),
    [
        ("03", "calendar", "2026-03", "2026-03-01", "2026-03-31"),
        ("03", "report", "2026-03", "2026-02-15", "2026-03-14"),
        ("Q1", "calendar", "2026-Q1", "2026-01-01", "2026-03-31"),
        ("Q1", "report", "2026-Q1", "2025-12-15", "2026-03-14"),
        ("6M", "report", "2026-6M", "2025-12-15", "2026-06-14"),
        ("9M", "calendar", "2026-9M", "2026-01-01", "2026-09-30"),
        ("9M", "report", "2026-9M", "2025-12-15", "2026-09-14"),
        ("year", "report", "2026", "2025-12-15", "2026-12-14"),
        ("year", "calendar", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_every_period_is_picked_in_both_cuts(official, part, cut, name, first, last):
    official.post(f"{DESK}/new", data=NEW | {"part": part, "cut": cut})
    report = drafted()
    assert (report.period_name, f"{report.first_day}", f"{report.last_day}") == (name, first, last)


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2026-03-10", "2026-03-10", 302),
        ("2021-01-01", "2030-12-31", 302),
        ("2026-03-11", "2026-03-10", 422),
        ("2026-03-11", "", 422),
        ("2001-01-01", "2026-03-10", 422),
    ],
)
def test_days_are_picked_freely_and_reversed_ones_refused(official, first, last, status):
    given = NEW | {"part": "days", "first": first, "last": last, "title": "Đợt tập huấn"}
    answer = official.post(f"{DESK}/new", data=given)
    assert answer.status_code == status
    if status == 422:
        assert 'value="Đợt tập huấn"' in answer.text
        assert db.session.query(Report).count() == 0


def test_reversed_days_are_refused_in_clear_words(official):
    given = NEW | {"part": "days", "first": "2026-03-11", "last": "2026-03-10"}
    assert "Ngày đầu đang sau ngày cuối" in official.post(f"{DESK}/new", data=given).text


def test_a_report_is_named_after_its_period(official):
    official.post(f"{DESK}/new", data=NEW)
    assert drafted().title == "Kết quả đào tạo về năng suất tháng 3 năm 2026"


def test_a_month_from_draft_to_frozen_to_corrected(sign_in):
    writer, checker = an_official(), an_official()
    mine, theirs = sign_in(writer), sign_in(checker)
    kept_entry, gone_entry = a_person(), a_person()
    a_closed_run(kept_entry)
    run = a_closed_run(gone_entry)
    mine.post(f"{DESK}/new", data=NEW)
    address = f"{DESK}/{drafted().public_id}/1"
    mine.post(f"{address}/texts", data={"revision": 1, "situation": "Tháng 3 có hai lớp."})
    seen = on_the_page(drafted().versions[0])
    assert mine.post(f"{address}/check", data=seen).status_code == 409
    assert theirs.post(f"{address}/check", data=seen).status_code == 302
    assert mine.post(f"{address}/freezing").status_code == 302
    bytes_then = mine.get(f"{address}.json").data
    assert "Hồ sơ hôm nay vẫn cho đúng số liệu này" in mine.get(address).text

    joined(kept_entry, gone_entry, reason="Cùng một người", now=LATER)
    reopen_run(run.id, reason="Sót một buổi", by=None, now=LATER)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        mine, theirs = sign_in(writer), sign_in(checker)
        page = mine.get(address).text
        assert "Lớp được mở lại, 08/04/2026: Sót một buổi" in page
        assert mine.get(f"{address}.json").data == bytes_then
        wrong = {"reason": ""}
        assert mine.post(f"{address}/correction", data=wrong).status_code == 422
        mine.post(f"{address}/correction", data={"reason": "Lớp được mở lại"})
        second = f"{DESK}/{drafted().public_id}/2"
        theirs.post(f"{second}/check", data=on_the_page(drafted().versions[1]))
        mine.post(f"{second}/freezing")
        assert mine.get(f"{second}.json").json["total"]["turns"] == 1
        assert "Bản mới hơn đính chính bản này: Lớp được mở lại" in mine.get(address).text
    assert json.loads(bytes_then)["total"] == {
        "turns": 2, "people": 2, "hours": 8.0, "completed": 2,
    }  # fmt: skip


def test_a_refused_step_keeps_what_was_typed(official):
    version = a_draft()
    address = f"{DESK}/{version.report.public_id}/1/texts"
    answer = official.post(address, data={"revision": 7, "situation": "Nội dung dài"})
    assert (answer.status_code, "Nội dung dài" in answer.text) == (409, True)


def test_of_two_who_write_a_draft_the_second_sees_both_and_keeps_them_together(official, sign_in):
    version = a_draft()
    address = f"{DESK}/{version.report.public_id}/1/texts"
    official.post(address, data={"revision": 1, "situation": "Của Sơn."})
    colleague = sign_in(an_official())
    answer = colleague.post(address, data={"revision": 1, "situation": "Của Bình."})
    assert answer.status_code == 409
    beside = re.findall(r'<p class="compared-text">(.*?)</p>', answer.text, re.DOTALL)
    marked = [re.sub(r"</?(del|ins)>", "|", one).strip() for one in beside]
    assert marked == ["Của |Sơn.|", "Của |Bình.|"]
    revision, *_of_the_check = re.findall(r'name="revision"[^>]*value="(\d+)"', answer.text)
    both = {"revision": revision, "situation": "Của Sơn và Bình."}
    assert colleague.post(address, data=both).status_code == 302
    assert reload(version).texts["situation"] == "Của Sơn và Bình."


def test_what_only_the_other_one_wrote_in_a_draft_is_in_the_form_already(official, sign_in):
    version = a_draft()
    address = f"{DESK}/{version.report.public_id}/1/texts"
    official.post(address, data={"revision": 1, "situation": "Của Sơn.", "proposals": "Thêm lớp."})
    answer = sign_in(an_official()).post(address, data={"revision": 1, "situation": "Của Bình."})
    assert answer.status_code == 409
    [typed] = re.findall(r'<textarea[^>]*name="proposals"[^>]*>([^<]*)</textarea>', answer.text)
    assert html.unescape(typed).strip() == "Thêm lớp."
    assert "Ở phần anh chị không sửa" in answer.text


def test_earlier_wordings_of_a_draft_stay_readable_with_what_differs(official, sign_in):
    version = a_draft()
    here = f"{DESK}/{version.report.public_id}/1"
    assert "Bản thứ" not in official.get(here).text
    for revision, said in enumerate(("Lời đầu.", "Lời sau."), 1):
        writer = an_account(RoleName.OFFICIAL, person=a_person(full_name=f"Người Viết {revision}"))
        edit(
            version.id, texts={"situation": said}, document_number=None, revision=revision,
            by=writer.id, now=NOW,
        )  # fmt: skip
    assert re.findall(r"wordings/(\d)", official.get(here).text) == ["1", "2", "3"]
    pages = [official.get(f"{here}/wordings/{number}").text for number in (1, 2, 3)]
    assert "Chưa viết gì" in pages[0]
    assert "Người Viết 1" in pages[1]
    beside = re.findall(r'<p class="compared-text">(.*?)</p>', pages[2], re.DOTALL)
    assert [re.sub(r"</?(del|ins)>", "|", one).strip() for one in beside] == [
        "Lời |đầu.|", "Lời |sau.|",
    ]  # fmt: skip
    assert all(complaints(page) == [] for page in pages)
    for number in (0, 4):
        assert official.get(f"{here}/wordings/{number}").status_code == 404
    assert sign_in(an_account(RoleName.TRAINER)).get(f"{here}/wordings/1").status_code == 403


def test_a_wording_of_before_they_were_kept_says_so(official):
    version = a_draft()
    here = f"{DESK}/{version.report.public_id}/1"
    edit(
        version.id, texts={"situation": "Nay."}, document_number=None, revision=1, by=None, now=NOW
    )
    with transaction() as session, unguarded(session.connection()):
        session.execute(update(ReportStep).values(before=None))
    page = official.get(f"{here}/wordings/1").text
    assert "Bản này đã được thay trước khi trang bắt đầu giữ các bản cũ." in page
    page = official.get(f"{here}/wordings/2").text
    assert "Nay." in page
    assert "compared-text" not in page


def test_words_are_checked_as_they_were_on_the_page_or_not_at_all(official):
    version = a_draft(by=an_official().id)
    here = f"{DESK}/{version.report.public_id}/1"
    [revision] = re.findall(r'name="revision" value="(\d+)"', official.get(here).text)
    [head] = re.findall(r'name="head" value="(\w+)"', official.get(here).text)
    edit(
        version.id, texts={"situation": "Lời mới."}, document_number=None, revision=1,
        by=an_official().id, now=NOW,
    )  # fmt: skip
    assert (
        official.post(f"{here}/check", data={"revision": revision, "head": head}).status_code == 409
    )
    for part in ({}, {"revision": 2}, {"head": head}):
        assert official.post(f"{here}/check", data=part).status_code == 400
    assert reload(version).state is VersionState.DRAFT
    assert official.post(f"{here}/check", data={"revision": 2, "head": head}).status_code == 302
    assert reload(version).state is VersionState.CHECKED


def test_a_letterhead_is_checked_as_it_was_on_the_page_or_not_at_all(official):
    version = a_draft(by=an_official().id)
    here = f"{DESK}/{version.report.public_id}/1"
    seen = on_the_page(version)
    change_letterhead(Letterhead(signer_name="Trần Văn Mới"), by=None, now=NOW)
    answer = official.post(f"{here}/check", data=seen)
    assert (answer.status_code, "Trần Văn Mới" in words(answer)) == (409, True)
    assert "Phần đầu, người ký hoặc nơi nhận vừa được đổi" in words(answer)
    assert reload(version).state is VersionState.DRAFT
    assert official.post(f"{here}/check", data=on_the_page(version)).status_code == 302


def test_the_page_says_which_line_of_the_letterhead_changed_after_the_check(official):
    a_closed_run(a_person())
    change_letterhead(Letterhead(signer_name="Lê Văn Cũ", place="Nơi này"), by=None, now=NOW)
    version = checked()
    assert "Chốt báo cáo" in page_of(official, version)
    change_letterhead(Letterhead(signer_name="Trần Văn Mới", place="Nơi này"), by=None, now=NOW)
    here = f"{DESK}/{version.report.public_id}/1"
    said = words(official.get(here))
    assert "Họ tên người ký Lê Văn Cũ → Trần Văn Mới" in said
    assert "Nơi này →" not in said
    assert "Chốt báo cáo" not in said
    assert official.post(f"{here}/freezing").status_code == 409
    [button] = re.findall(r'name="head" value="(\w+)"', page_of(official, version))
    assert official.post(f"{here}/check", data={"revision": 1, "head": button}).status_code == 302
    assert official.post(f"{here}/freezing").status_code == 302
    assert official.get(f"{here}.json").json["letterhead"]["signer_name"] == "Trần Văn Mới"


def test_a_check_of_before_letterheads_were_kept_is_done_once_more(official):
    version = checked()
    with transaction() as session, unguarded(session.connection()):
        session.execute(
            update(ReportStep)
            .where(ReportStep.kind == StepKind.CHECKED)
            .values(seen={"turns": 0, "sha256": version.steps[-1].seen["sha256"]})
        )
    here = f"{DESK}/{version.report.public_id}/1"
    said = words(official.get(here))
    assert "Lần kiểm tra này chưa giữ lại phần đầu" in said
    assert official.post(f"{here}/freezing").status_code == 409
    official.post(f"{here}/check", data=on_the_page(version))
    assert official.post(f"{here}/freezing").status_code == 302


def test_coordinators_read_and_change_nothing(sign_in):
    version = a_draft(by=an_official().id)
    address = f"{DESK}/{version.report.public_id}/1"
    for role in (RoleName.COORDINATOR, RoleName.ADMINISTRATOR):
        reader = sign_in(an_account(role))
        assert "Bước tiếp theo" not in reader.get(address).text
        assert reader.post(f"{address}/check").status_code == 403
        assert reader.get(f"{DESK}/new").status_code == 403
    for role in (RoleName.TRAINER, RoleName.REPORTING_OFFICER, RoleName.MEMBER):
        assert sign_in(an_account(role)).get(address).status_code == 403


def test_the_page_says_when_figures_moved_after_the_check(official):
    a_closed_run(a_person())
    version = checked()
    assert "Chốt báo cáo" in page_of(official, version)
    a_closed_run(a_person(), now=NOW)
    page = page_of(official, version)
    assert "khi đó 1 lượt, nay 2 lượt" in page
    assert "Kiểm tra lại" in page


def test_the_letterhead_is_kept_from_now_on(official):
    given = {"issuer": "PHÒNG KINH TẾ", "recipients": "- UBND;\n- Lưu: VT."}
    official.post(f"{DESK}/letterhead", data=given)
    assert queries.letterhead().issuer == "PHÒNG KINH TẾ"
    assert "PHÒNG KINH TẾ" in official.get(f"{DESK}/letterhead").text


def test_whoever_is_counted_reads_that_the_rows_were_saved(official):
    counted, stranger = a_person(), a_person()
    a_closed_run(counted)
    version = a_draft()
    official.get(f"{DESK}/{version.report.public_id}/1/rows.csv")
    looks = {p.id: looks_at(Whose(p.id, None), page=1).total for p in (counted, stranger)}
    assert looks == {counted.id: 1, stranger.id: 0}


def test_a_draft_is_thrown_away_with_a_reason(official):
    version = a_draft()
    address = f"{DESK}/{version.report.public_id}/1/discarding"
    assert official.post(address, data={"reason": ""}).status_code == 422
    official.post(address, data={"reason": "Nhầm kỳ"})
    assert version.state is VersionState.DISCARDED
    assert "Nhầm kỳ" in page_of(official, version)


def test_pages_cost_a_fixed_number_of_queries(sign_in, count_queries):
    account = an_official()

    def asked(address):
        official = sign_in(account)
        official.get(address)
        with count_queries() as seen:
            assert official.get(address).status_code == 200
        return len(seen)

    later = time_machine.travel(LATER + timedelta(days=1), tick=False)
    run = a_closed_run(a_person(), a_person())
    version = frozen().version
    address = f"{DESK}/{version.report.public_id}/1"
    reopen_run(run.id, reason="Sót", by=None, now=LATER)
    a_closed_run(a_person(), now=LATER)
    with later:
        before = asked(DESK), asked(address)
    for name in ("2026-01", "2026-02"):
        frozen(a_draft(facts(name=name), by=an_official().id))
    for _ in range(3):
        a_closed_run(a_person(), a_person(), now=LATER)
    with later:
        assert (asked(DESK), asked(address)) == before


def led_to(page):
    """The figures of the page's tables, each with what it says of itself and where it leads."""
    cells = re.findall(r'<td class="cell-num"><a href="([^"]+)" aria-label="([^"]+)">', page)
    return {unescape(said): unescape(address) for address, said in cells}


def lines_at(client, address):
    """How many turns the page of rows counts and lists."""
    page = client.get(address)
    assert page.status_code == 200, address
    large = r'<dt>Turns</dt>\s*<dd>.*?<span class="num">(\d+)</span>'
    [turns] = re.findall(large, page.text, re.DOTALL)
    listed = re.findall(r"Records: ", page.text)
    assert len(listed) == int(turns)
    return int(turns)


def test_every_figure_of_a_report_leads_to_the_rows_behind_it_as_they_stood(sign_in):
    inside, outside = a_unit(name="Phường Một"), a_unit(name="Phường Hai")
    run = a_closed_run(*(a_person(ward_id=inside.id) for _ in range(2)), partly=[a_person()])
    a_closed_run(a_person(ward_id=outside.id))
    version = frozen(a_draft(by=an_official().id)).version
    reopen_run(run.id, reason="Sai một buổi", by=None, now=LATER)
    client = sign_in(an_official())
    page = client.get(f"{DESK}/{version.report.public_id}/1?lang=en").text
    found = led_to(page)
    assert len(found) >= 4 * 10
    for said, address in found.items():
        number, measure = re.match(r"([\d.]+) (turns?|people|hours|completions)", said).groups()
        turns = lines_at(client, address)
        if measure not in {"hours", "people"}:
            assert turns == int(number), said
    assert {"4 turns: Together", "2 turns: Phường Một", "3 completions: Together"} <= set(found)
    large = re.findall(r'<span class="num"><a href="([^"]+)">(\d+)</a>', page)
    assert [lines_at(client, unescape(address)) for address, _number in large] == [4, 4, 3]


def test_figures_of_the_report_of_a_ward_lead_to_its_rows_alone(sign_in):
    inside, outside = a_unit(name="Phường Một"), a_unit(name="Phường Hai")
    a_closed_run(a_person(ward_id=inside.id), a_person(ward_id=outside.id))
    version = a_draft(facts(unit_id=inside.id), by=an_official().id)
    client = sign_in(an_official())
    found = led_to(client.get(f"{DESK}/{version.report.public_id}/1?lang=en").text)
    assert {lines_at(client, address) for address in found.values()} == {1}


def test_the_report_of_a_ward_is_of_its_own_turns(sign_in):
    inside, outside = a_unit(name="Phường Một"), a_unit(name="Phường Hai")
    a_closed_run(a_person(ward_id=inside.id), a_person(ward_id=outside.id))
    version = frozen(a_draft(facts(unit_id=inside.id), by=an_official().id)).version
    official = sign_in(an_official())
    address = f"{DESK}/{version.report.public_id}/1"
    content = official.get(f"{address}.json").json
    assert content["total"]["turns"] == len(content["rows"]) == 1
    assert (
        {row["unit"] for row in content["rows"]} == {inside.key} == {content["report"]["only_unit"]}
    )
    assert all(sum(row["turns"] for row in table["rows"]) == 1 for table in content["tables"])
    assert "Chỉ gồm lượt của Phường Một" in words(official.get(address))
    letter = docx.Document(io.BytesIO(official.get(f"{address}.docx").data))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "tính riêng Phường Một, có 1 lượt người" in text


def test_a_department_reports_the_turns_of_everybody(sign_in):
    department = a_unit(kind=UnitKind.DEPARTMENT)
    a_closed_run(a_person(ward_id=a_unit().id), a_person())
    version = a_draft(facts(unit_id=department.id), by=an_official().id)
    content = sign_in(an_official()).get(f"{DESK}/{version.report.public_id}/1.json").json
    assert content["total"]["turns"] == 2
    assert content["report"]["only_unit"] is None


def test_a_draft_costs_less_than_eighteen_statements(sign_in, count_queries):
    a_closed_run(a_person(ward_id=a_unit().id), a_person())
    version = a_draft(by=an_official().id)
    official = sign_in(an_official())
    address = f"{DESK}/{version.report.public_id}/1"
    official.get(address)
    with count_queries() as seen:
        assert official.get(address).status_code == 200
    assert len(seen) < 18


def test_only_who_is_in_the_report_of_a_ward_reads_of_looks_at_it(sign_in):
    inside, outside = a_unit(), a_unit()
    one, other = a_person(ward_id=inside.id), a_person(ward_id=outside.id)
    a_closed_run(one, other)
    version = frozen(a_draft(facts(unit_id=inside.id), by=an_official().id)).version
    sign_in(an_official()).get(f"{DESK}/{version.report.public_id}/1.json")
    looks = [looks_at(Whose(person.id, None), page=1).total for person in (one, other)]
    assert looks == [1, 0]
