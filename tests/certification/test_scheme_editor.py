"""A coordinator builds a scheme in the browser, tries it, publishes it, and copies it."""

from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.schemes import queries
from club.certification.schemes.models import (
    Deciding,
    Judge,
    RequirementKind,
    SchemeVersion,
    Unit,
    VersionState,
)
from club.certification.schemes.settings import (
    CreditCategory,
    ExaminationTerms,
    TrainingTerms,
    terms_of,
)
from club.db import db
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
from tests.support.factories import NOW, a_course, an_account

RULES = {
    "label": "2026",
    "valid_from": "2026-12-01",
    "validity_months": "36",
    "validity_from": "decided",
    "renewed_from": "threshold",
    "grace_months": "6",
    "deciding": "panel",
    "panel_quorum": "3",
    "panel_majority": "two_thirds",
    "appeal_days": "30",
    "answer_days": "30",
    "reminder_days": "7, 90,30; 180",
    "suspended_shown": "y",
    "seen": "1",
}


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def test_a_scheme_is_built_tried_and_published(office):
    answer = office.post(
        f"{DESK}/new",
        data={"name": "Chuyên gia phường", "name_en": "Ward expert", "who": "own"},
    )
    here = answer.location
    assert here == f"{DESK}/chuyen_gia_phuong/1"
    rules = office.post(f"{here}/rules", data=RULES | {"label": "Bản đầu"})
    level = office.post(f"{here}/levels", data={"name": "Bậc một", "name_en": "Step one"})
    assert (rules.location, level.location) == (here, here)
    training = f"{here}/levels/bac_mot/adding?kind=training"
    assert office.post(training, data=TRAINING).location == f"{here}#level-bac_mot"
    preview = office.get(f"{here}/levels/bac_mot/preview?dao_tao_ve_nang_suat=72")
    assert "60 phần trăm" in preview.text
    assert "Đạt một phần" in preview.text
    checks = office.get(f"{here}/publication").text
    assert "chưa nói gia hạn cần gì" in checks
    assert office.post(f"{here}/publication").location == here
    found = draft(key="chuyen_gia_phuong")
    assert (found.state, found.label, found.reminder_days) == (
        VersionState.PUBLISHED, "Bản đầu", [180, 90, 30, 7],
    )  # fmt: skip
    assert (found.deciding, found.panel_quorum) == (Deciding.PANEL, 3)
    assert "Ít nhất 120 giờ" in office.get("/experts/schemes/chuyen_gia_phuong").text


def test_what_a_kind_says_is_kept(office):
    a_version()
    course = a_course()
    typed = TRAINING | {
        "courses": [course.code],
        "topics": [course.topic.key],
        "since": "2024-02-29",
        "teaching_factor": "1,5",
        "cap_taught": "40",
        "valid_months": "60",
        "group_key": "nền",
        "proposed_by_club": "y",
    }
    assert office.post(f"{LEVEL}/adding?kind=training", data=typed).status_code == 302
    asked = the_requirement()
    assert terms_of(asked) == TrainingTerms(
        courses=(course.code,),
        topics=(course.topic.key,),
        since=STARTS.replace(2024, 2, 29),
        teaching_factor=Decimal("1.5"),
        outside_counts=False,
        caps={CreditCategory.TAUGHT: Decimal(40)},
    )
    assert (asked.minimum, asked.unit, asked.judged_by) == (120, Unit.HOURS, Judge.RECORDS)
    assert (asked.key, asked.valid_months, asked.group_key) == ("dao_tao_ve_nang_suat", 60, "nền")
    page = office.get(f"{LEVEL}/requirements/dao_tao_ve_nang_suat").text
    for shown in ('value="1,5"', 'value="40"', 'value="2024-02-29"', 'value="120"'):
        assert shown in page


@pytest.mark.parametrize("kind", RequirementKind, ids=str)
def test_every_kind_has_a_form_that_saves(office, kind):
    a_version()
    page = office.get(f"{LEVEL}/adding?kind={kind.value}")
    assert page.status_code == 200
    units = {RequirementKind.WORK_EXPERIENCE: "months", RequirementKind.FEE: "dong"}
    units |= {RequirementKind.PROJECT: "projects", RequirementKind.EXAMINATION: "percent"}
    units |= {RequirementKind.REFERENCES: "references", RequirementKind.TRAINING: "hours"}
    typed = TRAINING | {"minimum": "", "unit": units.get(kind, "done"), "judged_by": "coordinator"}
    typed |= {"at_least": "", "framework": ""}
    answer = office.post(f"{LEVEL}/adding?kind={kind.value}", data=typed)
    assert answer.status_code == 302
    assert (the_requirement().kind, the_requirement().minimum) == (kind, None)
    assert "Chưa đặt" in office.get(DRAFT).text


def test_all_that_is_wrong_is_said_at_once_and_kept(office):
    a_version()
    typed = TRAINING | {
        "name": "",
        "minimum": "150",
        "unit": "percent",
        "judged_by": "records",
        "attempts": "0",
        "waiting_days": "4000",
        "out_of": "nhiều",
        "note": "Giữ lại câu này",
    }
    answer = office.post(f"{LEVEL}/adding?kind=examination", data=typed)
    assert answer.status_code == 422
    for said in (
        "Hãy ghi yêu cầu.", "Số quá nhỏ.", "Số quá lớn.", "Ghi một con số", "Giữ lại câu này",
        'value="nhiều"', 'value="150"',
    ):  # fmt: skip
        assert said in answer.text
    mended = typed | {"name": "Thi", "attempts": "3", "waiting_days": "30", "out_of": ""}
    answer = office.post(f"{LEVEL}/adding?kind=examination", data=mended)
    assert "Phần trăm tối đa là 100." in answer.text
    assert "hãy chọn ai xem xét" in answer.text
    sound = mended | {"minimum": "70", "judged_by": "assessor"}
    assert office.post(f"{LEVEL}/adding?kind=examination", data=sound).status_code == 302
    assert terms_of(the_requirement()) == ExaminationTerms(attempts=3, waiting_days=30)


def test_a_wrong_setting_hides_nothing_else_that_is_wrong(office):
    a_version()
    wrong = {"minimum": "-3", "teaching_factor": "99", "cap_taught": "-1", "cap_outside": "x"}
    answer = office.post(f"{LEVEL}/adding?kind=training", data=TRAINING | wrong)
    assert answer.status_code == 422
    assert "Còn 4 chỗ cần sửa" in answer.text
    for said in (
        "Mức tối thiểu phải lớn hơn 0", 'href="#teaching_factor">Số quá lớn.',
        'href="#cap_taught">Số quá nhỏ.', 'href="#cap_outside">Ghi một con số',
    ):  # fmt: skip
        assert said in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"panel_quorum": ""}, "Hội đồng cần số thành viên tối thiểu"),
        ({"panel_quorum": "1"}, "Hội đồng có ít nhất hai thành viên."),
        ({"without_end": "y"}, "Không thể vừa vô thời hạn"),
        ({"reminder_days": "180, sớm"}, "Hãy ghi các số nguyên từ 1 đến 1000"),
        ({"label": "2027"}, "Chương trình đã có phiên bản khác mang tên này."),
    ],
)
def test_rules_that_do_not_fit_are_refused(office, changes, said):
    scheme = a_scheme()
    a_version(scheme=scheme)
    a_version(scheme=scheme, number=2)
    answer = office.post(f"{DRAFT}/rules", data=RULES | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert draft().validity_months is None


def test_two_who_change_a_requirement_at_once_notice_each_other(office):
    a_requirement(a_version())
    address = f"{LEVEL}/requirements/training"
    first = TRAINING | {"minimum": "100", "seen": "1"}
    assert office.post(address, data=first).status_code == 302
    late = TRAINING | {"minimum": "90", "name": "Cách gọi khác", "seen": "1"}
    answer = office.post(address, data=late)
    assert answer.status_code == 409
    for shown in ("Có người khác vừa sửa phần này", "Ít nhất 100 giờ", 'value="Cách gọi khác"'):
        assert shown in answer.text
    assert the_requirement().minimum == 100
    assert 'name="seen" type="hidden" value="2"' in answer.text
    assert office.post(address, data=late | {"seen": "2"}).status_code == 302
    assert the_requirement().minimum == 90


def test_two_who_change_the_rules_at_once_notice_each_other(office):
    a_version()
    assert office.post(f"{DRAFT}/rules", data=RULES).status_code == 302
    answer = office.post(f"{DRAFT}/rules", data=RULES | {"validity_months": "24"})
    assert answer.status_code == 409
    assert "36 tháng" in answer.text
    assert 'value="24"' in answer.text
    assert draft().validity_months == 36


def test_what_was_removed_meanwhile_is_not_lost(office):
    a_requirement(a_version())
    address = f"{LEVEL}/requirements/training"
    office.post(f"{address}/removal")
    answer = office.post(f"{address}?kind=training", data=TRAINING | {"note": "Đừng mất"})
    assert answer.status_code == 409
    assert "Đừng mất" in answer.text
    assert f'action="{LEVEL}/adding?kind=training"' in answer.text


def test_order_and_names_of_levels_and_requirements(office):
    version = a_version()
    a_requirement(version, "first", position=1)
    a_requirement(version, "second", position=1)
    office.post(f"{LEVEL}/requirements/second/up")
    assert [r.key for r in draft().levels[0].requirements] == ["second", "first"]
    office.post(f"{DRAFT}/levels", data={"name": "Expert"})
    assert [level.key for level in draft().levels] == ["expert", "expert_2"]
    office.post(f"{DRAFT}/levels/expert_2/up")
    assert [level.key for level in draft().levels] == ["expert_2", "expert"]
    office.post(f"{LEVEL}", data={"name": "Bậc thầy", "seen": "1"})
    assert draft().levels[1].name == "Bậc thầy"
    assert office.post(LEVEL, data={"name": "Muộn", "seen": "1"}).status_code == 409
    office.post(f"{LEVEL}/removal")
    assert [level.key for level in draft().levels] == ["expert_2"]


def test_a_scheme_is_called_otherwise_and_two_notice_each_other(office, sign_in):
    a_scheme()
    address = f"{DESK}/city_expert/facts"
    assert 'value="Chuyên gia cải tiến"' in office.get(address).text
    typed = {"name": "Tên mới", "name_en": "New name", "standard": "TC 1", "seen": ""}
    assert office.post(address, data=typed).location == DESK
    late = office.post(address, data=typed | {"name": "Tên muộn"})
    assert late.status_code == 409
    assert 'value="Tên muộn"' in late.text
    assert "Tên mới / New name" in late.text
    db.session.expire_all()
    found = queries.scheme_called("city_expert")
    assert (found.name, found.standard, found.awarded_by_club) == ("Tên mới", "TC 1", True)
    again = typed | {"name": "Tên muộn", "seen": found.edited_at.isoformat()}
    assert office.post(address, data=again).location == DESK
    assert office.post(address, data=typed | {"seen": "hôm qua"}).status_code == 422
    log = sign_in(an_account(RoleName.ADMINISTRATOR)).get("/office/audit").text
    assert "Thông tin chung của chương trình đã sửa" in log


def test_two_schemes_of_one_name_are_refused(office):
    a_scheme("chuyen_gia_phuong")
    typed = {"name": "Chuyên gia  phường", "name_en": "Ward expert", "who": "own"}
    answer = office.post(f"{DESK}/new", data=typed)
    assert answer.status_code == 422
    assert "Đã có chương trình khác mang tên này." in answer.text


def test_a_name_without_letters_makes_no_address(office):
    answer = office.post(f"{DESK}/new", data={"name": "…", "name_en": "…", "who": "own"})
    assert answer.status_code == 422


def test_a_real_person_is_tried_and_reads_of_it(office, sign_in):
    a_requirement(a_version())
    account = an_account()
    person = account.person
    found = office.get(f"{LEVEL}/preview?q={person.full_name.split()[-1]}")
    assert f"{LEVEL}/preview/{person.public_id}" in found.text
    page = office.get(f"{LEVEL}/preview/{person.public_id}")
    assert person.full_name in page.text
    assert "Còn thiếu" in page.text
    looks = sign_in(account).get("/me/privacy/looks").text
    assert "Thử các yêu cầu của một chương trình chứng nhận" in looks


def test_only_keepers_come_to_the_editor(sign_in, client):
    a_version()
    for role in (RoleName.OFFICIAL, RoleName.ASSESSOR, None):
        someone = sign_in(an_account(*([role] if role else [])))
        assert someone.get(DESK).status_code == 403
        assert someone.get(DRAFT).status_code == 403
    assert client.get(DRAFT).status_code == 302


def test_pages_cost_as_many_questions_for_much_as_for_little(office, client, count_queries):
    def cost(address, who):
        with count_queries() as seen:
            assert who.get(address).status_code == 200
        return len(seen)

    version = a_version()
    a_requirement(version, "r0")
    pages = [(DESK, office), (DRAFT, office), (f"{DRAFT}/publication", office)]
    pages += [(f"{LEVEL}/preview", office)]
    few = [cost(*page) for page in pages]
    for n in range(1, 20):
        a_requirement(draft(), f"r{n}", position=n, name=f"Yêu cầu {n}")
    for n in range(2, 6):
        a_version(scheme=draft().scheme, number=n)
    assert [cost(*page) for page in pages] == few
    published(draft())
    public = [("/experts/schemes", client), ("/experts/schemes/city_expert", client)]
    assert max(cost(*page) for page in public) <= 12


def test_everything_is_logged_by_name(office, sign_in):
    a_requirement(version := a_version(valid_from=STARTS))
    office.post(f"{DRAFT}/copy")
    office.post(f"{DRAFT}/publication")
    office.post(f"{DRAFT}/closing")
    log = sign_in(an_account(RoleName.ADMINISTRATOR)).get("/office/audit").text
    for words in ("đã được sao thành bản nháp", "đã công bố", "đã đóng nhận ứng viên"):
        assert f"Phiên bản chương trình {words}" in log
    assert f"Chuyên gia cải tiến, {version.label}" in log
    assert db.session.get(SchemeVersion, version.id).published_at >= NOW
