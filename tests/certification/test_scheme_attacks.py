"""What the editor's pages hide, sent by hand: each answer is a clear one, and nothing typed is
lost.
"""

import pytest
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.certification.schemes.models import Requirement, SchemeVersion
from club.db import db
from tests.certification.scheme_kit import (
    DESK,
    DRAFT,
    LEVEL,
    a_requirement,
    a_scheme,
    a_version,
    published,
)
from tests.support.factories import an_account
from tests.support.pages import words

ASKED = f"{LEVEL}/requirements/training"
RULES = {
    "label": "2026",
    "validity_from": "decided",
    "renewed_from": "threshold",
    "deciding": "one",
    "panel_majority": "",
    "reminder_days": "30",
    "seen": "1",
}
PANEL = RULES | {"deciding": "panel", "panel_majority": "all"}
TRAINING = {
    "name": "Đào tạo",
    "purpose": "first",
    "minimum": "120",
    "unit": "hours",
    "judged_by": "records",
    "seen": "1",
}
EXAMINATION = TRAINING | {"minimum": "70", "unit": "percent", "judged_by": "assessor"}
FEE = TRAINING | {"minimum": "500000", "unit": "dong", "judged_by": "coordinator"}
#: That no column, or no scheme, holds.
NONSENSE = ("9" * 11, "9" * 5000, "-" + "9" * 20, "-1", "NaN", "1e9", "²", "½", "x")
#: Where a number is typed: the address, what else is sent, and the field.
NUMBERS = [
    (f"{LEVEL}/adding?kind=training", TRAINING, "minimum"),
    (f"{LEVEL}/adding?kind=training", TRAINING, "valid_months"),
    (f"{LEVEL}/adding?kind=training", TRAINING, "teaching_factor"),
    (f"{LEVEL}/adding?kind=training", TRAINING, "cap_taught"),
    (f"{LEVEL}/adding?kind=examination", EXAMINATION, "out_of"),
    (f"{LEVEL}/adding?kind=examination", EXAMINATION, "attempts"),
    (f"{LEVEL}/adding?kind=fee", FEE, "minimum"),
    (f"{DRAFT}/rules", RULES, "validity_months"),
    (f"{DRAFT}/rules", RULES, "appeal_days"),
    (f"{DRAFT}/rules", PANEL, "panel_quorum"),
    (f"{DRAFT}/rules", RULES, "reminder_days"),
]


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


@pytest.mark.parametrize(("address", "sent", "field"), NUMBERS)
def test_a_number_that_makes_no_sense_is_told_in_the_form(office, address, sent, field):
    a_version()
    for number in NONSENSE:
        answer = office.post(address, data=sent | {field: number})
        assert answer.status_code == 422, number[:20]
        assert number[:20] in answer.text
    assert db.session.scalar(select(func.count()).select_from(Requirement)) == 0


@pytest.mark.parametrize(
    ("kind", "sent", "typed", "said"),
    [
        ("training", TRAINING, "100001", "Số quá lớn."),
        ("training", TRAINING, "0,005", "nhiều nhất hai chữ số"),
        ("fee", FEE, "10000000001", "Số quá lớn."),
        ("fee", FEE, "500000,5", "số nguyên"),
        ("examination", EXAMINATION, "100,01", "Phần trăm tối đa là 100."),
    ],
)
def test_a_minimum_that_is_not_kept_as_typed_is_refused(office, kind, sent, typed, said):
    a_version()
    answer = office.post(f"{LEVEL}/adding?kind={kind}", data=sent | {"minimum": typed})
    assert answer.status_code == 422
    assert said in words(answer)


@pytest.mark.parametrize("digits", ["١٢", "１２"])
def test_digits_of_other_scripts_are_digits(office, digits):
    a_version()
    sent = TRAINING | {"minimum": digits, "valid_months": digits}
    assert office.post(f"{LEVEL}/adding?kind=training", data=sent).status_code == 302
    kept = db.session.execute(select(Requirement.minimum, Requirement.valid_months)).one()
    assert tuple(kept) == (12, 12)


def test_text_that_is_too_long_comes_back_with_what_to_do(office):
    a_version()
    long = "Cải tiến " * 20_000
    for address, sent, field in (
        (f"{DESK}/new", {"name": "A", "name_en": "B", "who": "own"}, "note"),
        (f"{DRAFT}/rules", RULES, "note_en"),
        (f"{DRAFT}/levels", {}, "name"),
        (f"{LEVEL}/adding?kind=training", TRAINING, "evidence_wanted"),
    ):
        answer = office.post(address, data=sent | {field: long})
        assert answer.status_code == 422
        assert "Viết gọn còn" in words(answer)
        assert long.strip() in answer.text


@pytest.mark.parametrize(
    "address",
    [
        f"{DESK}/khong_co/1/rules",
        f"{DESK}/city_expert/99/rules",
        f"{DESK}/city_expert/99/publication",
        f"{DRAFT}/levels/khong_co",
        f"{DRAFT}/levels/khong_co/removal",
        f"{DRAFT}/levels/khong_co/adding?kind=training",
        f"{LEVEL}/adding?kind=khong_co",
        f"{LEVEL}/requirements/khong_co/removal",
        f"{LEVEL}/requirements/khong_co/up",
        f"{DESK}/city_expert/2/levels/expert/requirements/training/removal",
    ],
)
def test_what_is_not_there_is_not_found(office, address):
    """Version 2 has the same level, which does not ask for training."""
    scheme = a_scheme()
    a_requirement(a_version(scheme=scheme))
    a_version(scheme=scheme, number=2)
    assert office.post(address, data=RULES | TRAINING).status_code == 404
    assert db.session.scalars(select(Requirement.key)).all() == ["training"]


def test_what_was_sent_twice_happens_once(office):
    a_requirement(version := a_version())
    office.post(f"{DRAFT}/rules", data=RULES | {"valid_from": "2026-01-01"})
    assert office.post(f"{ASKED}/removal").status_code == 302
    assert office.post(f"{ASKED}/removal").status_code == 404
    office.post(f"{LEVEL}/adding?kind=training", data=TRAINING)
    assert [office.post(f"{DRAFT}/publication").status_code for _ in range(2)] == [302, 409]
    assert db.session.get(SchemeVersion, version.id).published_by_id


def test_a_published_version_takes_nothing_that_is_posted_by_hand(office):
    a_requirement(version := a_version())
    published(version)
    for address, sent in (
        (f"{DRAFT}/rules", RULES | {"seen": "1"}),
        (LEVEL, {"name": "Bậc khác", "seen": "1"}),
        (f"{LEVEL}/adding?kind=training", TRAINING | {"note": "Đừng mất"}),
        (ASKED, TRAINING | {"note": "Đừng mất"}),
    ):
        answer = office.post(address, data=sent)
        assert answer.status_code == 409, address
        assert "Phiên bản đã công bố không bao giờ thay đổi" in words(answer)
        assert sent.get("note", "") in answer.text
