"""What reports say beside the club's own training, and what of it is not as it was frozen."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path

import docx
import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from club.accounts.models import RoleName
from club.certification.importing import sync_schemes
from club.certification.models import WithdrawalKind
from club.certification.operations import (
    CertificateFacts,
    Withdrawal,
    check_certificate,
    record_certificate,
    withdraw_certificate,
)
from club.certification.papers import SuspensionFacts, suspend_certificate
from club.content import CONTENT
from club.db import db, transaction
from club.people.models import SizeClass
from club.pilots.models import PilotOutcome
from club.pilots.operations import PilotFacts, add_project, change_project, end_project
from club.privacy.queries import looks_at
from club.refusal import RefusedError
from club.statistics.elsewhere.operations import correct, enter
from club.statistics.reports import contents, operations
from club.statistics.reports.models import FrozenReport, VersionState
from club.web.personal_data import Whose
from tests.people.merging_kit import joined, undone
from tests.plan.kit import with_plan
from tests.statistics.elsewhere.kit import facts as reported
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    checked,
    facts,
    frozen,
)
from tests.support.factories import a_person, a_unit, an_account, an_organisation
from tests.support.pages import words

DESK = "/office/reports"
MARCH = {"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 6)}
LAST_DAY = date(2026, 3, 31)
AFTERWARDS = LATER + timedelta(days=7)


@pytest.fixture(autouse=True)
def _plan(context):
    with time_machine.travel(NOW, tick=False):
        with_plan(now=NOW)
        sync_schemes(CONTENT, now=NOW)
        yield


def an_expert(person=None, *, number="1", issued_on=date(2026, 1, 5), checked=True, now=NOW):
    given = CertificateFacts(
        "apo_ps", "ViProCB", number, issued_on, "Bản sao", no_file_reason="Đã xem bản gốc"
    )
    held = record_certificate((person or a_person()).id, given, by=None, now=now)
    if checked:
        check_certificate(held.id, by=an_account().id, now=now)
    return held


def a_pilot(started_on=date(2026, 2, 1), size=SizeClass.SMALL):
    firm = an_organisation(size_class=size)
    return add_project(firm.id, PilotFacts("Dự án", started_on, "Biên bản"), by=None, now=NOW)


def content_of(kept):
    return contents.from_bytes(kept.content)


def part(content, name):
    return next(one for one in content["beside"]["parts"] if one["part"] == name)


def address_of(version):
    return f"{DESK}/{version.report.public_id}/{version.number}"


@pytest.fixture
def kept():
    """A frozen month with two experts of three certificates, one firm, and 40 turns elsewhere."""
    a_closed_run(a_person())
    twice = a_person()
    an_expert(twice, number="1")
    an_expert(twice, number="2")
    an_expert(number="3")
    an_expert(number="4", issued_on=LAST_DAY + timedelta(days=1))
    an_expert(number="5", checked=False)
    a_pilot()
    a_pilot(started_on=LAST_DAY + timedelta(days=1))
    a_pilot(size=SizeClass.LARGE)
    enter(reported(**MARCH), by=None, now=NOW)
    enter(reported(), by=None, now=NOW)
    return frozen()


def test_everything_is_as_it_stood_on_the_last_day(kept):
    content = content_of(kept)
    assert (content["format"], content["beside"]["on"]) == (4, "2026-03-31")
    assert [one["part"] for one in content["beside"]["parts"]] == [
        "targets", "experts", "pilots", "elsewhere",
    ]  # fmt: skip
    assert part(content, "experts")["totals"] == {"people": 2, "certificates": 3, "supported": 0}
    assert part(content, "pilots")["totals"] == {"firms": 1, "projects": 1}
    assert part(content, "elsewhere")["totals"] == {"turns": 40, "hours": 320}
    targets = {row["code"]: row for row in part(content, "targets")["rows"]}
    assert len(targets) == 11
    assert (targets["T30-4"]["value"], targets["T30-4"]["state"]["key"]) == (1, "in_progress")
    assert targets["T25-1"]["value"] is None
    assert content["total"]["turns"] == content["total"]["people"] == 1


def test_the_totals_follow_from_the_rows(kept):
    content = content_of(kept)
    counting = [
        row for row in part(content, "experts")["rows"] if row["standing"]["key"] == "counts"
    ]
    assert (len({row["holder"] for row in counting}), len(counting)) == (2, 3)
    pilots = part(content, "pilots")["rows"]
    assert [row["counts"] for row in pilots] == [True, False]
    assert sum(row["turns"] for row in part(content, "elsewhere")["rows"]) == 40


def test_each_part_leads_every_reader_to_its_rows(kept, sign_in):
    for role in (RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.ADMINISTRATOR):
        client = sign_in(an_account(role))
        page = client.get(f"{address_of(kept.version)}?lang=en").text
        found = re.findall(
            r'href="([^"]+)">The rows behind the figures<span class="visually-hidden">: (.*?)<',
            page,
        )
        pages = {name: client.get(unescape(address)) for address, name in found}
        assert {answer.status_code for answer in pages.values()} == {200}
        assert list(pages) == [
            "Targets of the plan", "Certified experts", "Pilot firms", "Training given by others",
        ]  # fmt: skip
        assert "12/BC-PKT" in pages["Training given by others"].text
        assert 'value="2026-03-31"' in pages["Certified experts"].text


def test_no_name_of_a_holder_or_a_firm_is_kept():
    an_expert(a_person(full_name="Trần Không Ai Biết"))
    firm = a_pilot().organisation
    text = frozen().content.decode()
    assert "Không Ai Biết" not in text
    assert firm.name not in text
    assert firm.code in text


def test_all_files_say_the_same(kept, sign_in):
    official, address = sign_in(an_official()), address_of(kept.version)
    text = official.get(f"{address}/beside.csv").data.decode("utf-8-sig")
    lines = {
        (row["part"], row["key"], row["figure"]): row["value"]
        for row in csv.DictReader(io.StringIO(text))
    }
    assert lines["experts", "", "people"] == "2"
    assert lines["pilots", "", "firms"] == "1"
    assert lines["elsewhere", "", "turns"] == "40"
    assert lines["targets", "T30-4", "value"] == "1.0"
    book = load_workbook(io.BytesIO(official.get(f"{address}.xlsx").data))
    sheets = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }
    assert sheets["Chuyên gia được chứng nhận"][1] == ["Được tính cho kế hoạch", 2, 3]
    assert sheets["Doanh nghiệp có dự án điểm"][1] == ["Doanh nghiệp được tính cho kế hoạch", 1]
    assert sheets["Đào tạo do đơn vị khác tổ chức"][1][-2:] == [40, 320]
    assert len(sheets["Chỉ tiêu của kế hoạch"]) == 12
    assert len(sheets["Các dòng chứng nhận"]) == 1 + 4
    assert ["Ngày của báo cáo", "31/03/2026"] in sheets["Định nghĩa và nguồn"]
    assert "Chuyên gia được chứng nhận" in {row[0] for row in sheets["Định nghĩa và nguồn"]}
    document = docx.Document(io.BytesIO(official.get(f"{address}.docx").data))
    paragraphs = "\n".join(p.text for p in document.paragraphs)
    cells = {
        tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows
    }
    pages = PdfReader(io.BytesIO(official.get(f"{address}.pdf").data)).pages
    in_pdf = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in (
        "Đến ngày 31/03/2026, có 2 chuyên gia được chứng nhận và 1 doanh nghiệp nhỏ và vừa",
        "các đơn vị báo cáo 40 lượt người do họ tự đào tạo",
    ):
        assert said in paragraphs
        assert said in in_pdf
    assert ("Được tính cho kế hoạch", "2", "3") in cells


def written(value):
    """As Vietnamese writes it, with two digits at most."""
    if value is None:
        return ""
    grouped = f"{value:,.2f}".rstrip("0").rstrip(".")
    return grouped.translate(str.maketrans(",.", ".,"))


def test_targets_have_the_same_digits_in_every_file_and_on_the_page(kept, sign_in):
    official, address = sign_in(an_official()), address_of(kept.version)
    rows = part(content_of(kept), "targets")["rows"]
    figures = [(row["wanted"], row["value"], row["expected"]) for row in rows]
    # Else one digit would do.
    assert any(one is not None and round(one, 1) != one for line in figures for one in line)
    book = load_workbook(io.BytesIO(official.get(f"{address}.xlsx").data))
    sheet = book["Chỉ tiêu của kế hoạch"].iter_rows(min_row=2, values_only=True)
    in_book = [tuple(line[2:5]) for line in sheet]
    document = docx.Document(io.BytesIO(official.get(f"{address}.docx").data))
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]
    [in_word] = [lines[1:] for lines in tables if lines[0][0].startswith("Chỉ tiêu")]
    said = words(official.get(address))
    assert in_book == figures
    assert [line[2:] for line in in_word] == [[written(one) for one in line] for line in figures]
    for line in figures:
        assert " ".join(written(one) or "–" for one in line) in said


def test_what_changes_later_changes_no_byte_and_is_explained(sign_in):
    expert, project = an_expert(), a_pilot()
    training = enter(reported(**MARCH), by=None, now=NOW)
    a_closed_run(a_person())
    kept = frozen()
    address, before = address_of(kept.version), sha256(kept.content).hexdigest()
    official = sign_in(an_official())
    assert "Hồ sơ hôm nay vẫn cho đúng số liệu này" in official.get(address).text
    withdraw_certificate(
        expert.id,
        Withdrawal(WithdrawalKind.TAKEN_BACK, "Thu hồi", date(2026, 3, 1), "Công văn 1"),
        by=an_account().id,
        now=LATER,
    )
    end_project(
        project.id, ended_on=date(2026, 3, 3), outcome=PilotOutcome.ABANDONED, by=None, now=LATER
    )
    fewer = replace(
        reported(unit_id=training.unit_id, topic_id=training.topic_id, **MARCH), turns=30
    )
    correct(training.public_id, fewer, seen=1, reason="Đếm trùng mười lượt", by=None, now=LATER)
    with time_machine.travel(AFTERWARDS, tick=False):
        official = sign_in(an_official())
        said = words(official.get(address))
        assert sha256(official.get(f"{address}.json").data).hexdigest() == before
    assert "Chuyên gia được chứng nhận Tổng cộng số người: 1 → 0" in said
    assert (
        "chứng nhận: Còn hiệu lực, được tính vào kế hoạch → Nơi cấp đã thu hồi"
        " 08/04/2026: Thu hồi" in said
    )
    assert "dự án điểm: Đang thực hiện → Bỏ dở 08/04/2026: Kết thúc dự án điểm" in said
    assert "số lượt: 40 → 30 Đếm trùng mười lượt" in said
    assert "Hồ sơ hôm nay vẫn cho đúng số liệu này" not in said


def test_of_a_suspended_certificate_and_a_changed_project_it_says_what_was_written_down(sign_in):
    suspended, before, project = an_expert(number="1"), an_expert(number="2"), a_pilot()
    given = SuspensionFacts(date(2026, 3, 1), "Công văn 2", "Hồ sơ cũ")
    suspend_certificate(before.id, given, by=an_account().id, now=NOW)
    kept = frozen()
    given = replace(given, reason="Chờ xác minh")
    suspend_certificate(suspended.id, given, by=an_account().id, now=LATER)
    earlier = PilotFacts("Dự án", date(2026, 1, 15), "Biên bản", size_class=SizeClass.SMALL)
    change_project(project.id, earlier, by=None, now=LATER)
    with time_machine.travel(AFTERWARDS, tick=False):
        said = words(sign_in(an_official()).get(address_of(kept.version)))
    assert said.count("08/04/2026: Chờ xác minh") == 1
    assert "Hồ sơ cũ" not in said
    assert "ngày bắt đầu: 2026-02-01 → 2026-01-15 08/04/2026: Sửa dự án điểm" in said


def test_holders_who_turn_out_to_be_one_person_are_explained(sign_in):
    one, other = a_person(), a_person()
    an_expert(one, number="1")
    an_expert(other, number="2")
    kept = frozen()
    joined(one, other, reason="Cùng một người", now=LATER)
    with time_machine.travel(AFTERWARDS, tick=False):
        said = words(sign_in(an_official()).get(address_of(kept.version)))
    assert "Chuyên gia được chứng nhận Tổng cộng số người: 2 → 1" in said
    [changed] = re.findall(r"cùng người với chứng nhận: \w{8} → \w{8} (\S+: \w+ \w+ \w+)", said)
    assert changed == "08/04/2026: Cùng một người"


def test_holders_who_are_two_people_again_are_explained(sign_in):
    one, other, stranger = a_person(), a_person(), a_person()
    for number, person in enumerate((one, other, stranger), start=1):
        an_expert(person, number=str(number))
    merge = joined(one, other, reason="Cùng một người", now=NOW)
    kept = frozen()
    joined(stranger, a_person(), reason="Việc khác", now=LATER)
    undone(merge, reason="Hai người trùng tên", now=LATER)
    with time_machine.travel(AFTERWARDS, tick=False):
        said = words(sign_in(an_official()).get(address_of(kept.version)))
    [changed] = re.findall(r"cùng người với chứng nhận: \w{8} → \w{8} (\S+: [^→]*trùng tên)", said)
    assert changed == "08/04/2026: Hai người trùng tên"
    assert "Việc khác" not in said


def test_a_ward_says_only_what_it_reported_itself(sign_in):
    ward = a_unit(name="Phường Một")
    an_expert()
    enter(reported(unit_id=ward.id, **MARCH), by=None, now=NOW)
    enter(reported(**MARCH), by=None, now=NOW)
    kept = frozen(a_draft(facts(unit_id=ward.id), by=an_official().id))
    (told,) = content_of(kept)["beside"]["parts"]
    assert (told["part"], told["totals"]["turns"]) == ("elsewhere", 40)
    assert sign_in(an_official()).get(f"{address_of(kept.version)}/beside.csv").status_code == 200


def test_of_a_period_that_runs_still_it_says_how_it_stands_today(sign_in):
    version = a_draft(facts(name="2026-04"))
    assert sign_in(an_official()).get(f"{address_of(version)}.json").json["beside"]["on"] == (
        "2026-04-05"
    )


def test_what_moves_beside_after_the_check_has_to_be_checked_again(sign_in):
    version = checked()
    an_expert(now=NOW)
    with pytest.raises(RefusedError):
        operations.freeze(version.id, by=None, now=LATER)
    db.session.rollback()
    said = words(sign_in(an_official()).get(address_of(version)))
    assert "Số liệu, hoặc số liệu kèm theo, đã thay đổi sau khi kiểm tra." in said


def test_holders_read_that_a_report_with_their_certificate_was_saved(sign_in):
    holder, stranger = a_person(), a_person()
    an_expert(holder)
    sign_in(an_official()).get(f"{address_of(frozen().version)}.json")
    looks = [looks_at(Whose(p.id, None), page=1).total for p in (holder, stranger)]
    assert looks == [1, 0]


@pytest.fixture
def of_format_2():
    """A version whose content was frozen before reports held anything beside."""
    content = Path(__file__).with_name("frozen_in_format_2.json").read_bytes()
    version = a_draft(by=an_official().id)
    an_expert()
    with transaction() as session:
        session.add(
            FrozenReport(
                version_id=version.id,
                content=content,
                sha256=sha256(content).hexdigest(),
                definitions="2026-2",
                frozen_at=NOW,
            )
        )
        version.state = VersionState.FROZEN
    return version, content


def test_a_report_frozen_in_an_older_form_stays_as_it_was(of_format_2, sign_in):
    version, content = of_format_2
    official, address = sign_in(an_official()), address_of(version)
    assert json.loads(content)["format"] == 2
    assert official.get(f"{address}.json").data == content
    figures = Path(__file__).with_name("frozen_in_format_2.csv").read_bytes()
    assert official.get(f"{address}.csv").data == figures
    book = load_workbook(io.BytesIO(official.get(f"{address}.xlsx").data))
    assert len(book.sheetnames) == 1 + 9 + 2
    document = docx.Document(io.BytesIO(official.get(f"{address}.docx").data))
    assert "chuyên gia" not in "\n".join(p.text for p in document.paragraphs)
    assert official.get(f"{address}.pdf").status_code == 200
    assert official.get(f"{address}/beside.csv").status_code == 404


def test_a_report_frozen_in_an_older_form_opens_and_shows(of_format_2, sign_in):
    version, _content = of_format_2
    page = sign_in(an_official()).get(address_of(version))
    assert page.status_code == 200
    assert "Đủ lớp theo kế hoạch." in page.text
    assert "Số liệu kèm theo" not in page.text
