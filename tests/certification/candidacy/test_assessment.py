"""Handing in, being asked to add something, and what is shown when records change afterwards."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.board import bottlenecks
from club.certification.candidacy.board_queries import StateAt
from club.certification.candidacy.models import CandidateState, EvidenceKind, StepReason, UseState
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.operations.signing import sign_statement
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import EthicsTerms
from club.db import transaction
from club.records.models import TrainingRecord
from tests.certification.candidacy.kit import (
    a_level,
    admitted,
    applied,
    handed_in,
    learned,
    refused,
    with_everything,
)
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
    reload,
)
from tests.support.inspector import complaints
from tests.support.pages import words
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")

ETHICS = (
    "ethics",
    {
        "kind": RequirementKind.ETHICS,
        "unit": Unit.DONE,
        "minimum": Decimal(1),
        "judged_by": Judge.RECORDS,
        "position": 3,
        "name": "Cam kết đạo đức",
        "terms": EthicsTerms(version="1", text="Tôi cam kết làm việc trung thực."),
    },
)
INTERVIEW = (
    "interview",
    {
        "kind": RequirementKind.INTERVIEW,
        "unit": Unit.DONE,
        "minimum": Decimal(1),
        "judged_by": Judge.ASSESSOR,
        "position": 4,
    },
)


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def test_nobody_hands_in_while_something_is_missing(own, account):
    candidate = admitted(a_level(), account)
    refusal = refused(going_on.hand_in, candidate.id, by=account.id, now=NOW)
    assert refusal is CandidacyRefusal.STILL_MISSING
    assert "Hồ sơ còn thiếu điều kiện bắt buộc" in own.get(page_of(candidate)).text
    assert own.post(f"{page_of(candidate)}/assessment").status_code == 409


def test_what_only_assessors_bring_about_hinders_nobody(account):
    candidate = with_everything(account, a_level(more=[INTERVIEW]))
    going_on.hand_in(candidate.id, by=account.id, now=NOW)
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_a_minimum_that_is_to_be_set_hinders_nobody(account):
    candidate = with_everything(account, a_level(hours=None))
    going_on.hand_in(candidate.id, by=account.id, now=NOW)
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_what_is_being_assessed_takes_no_evidence(own, account):
    candidate = with_everything(account)
    own.post(f"{page_of(candidate)}/assessment")
    assert refused(handed_in, candidate) is CandidacyRefusal.NO_EVIDENCE_NOW
    again = refused(going_on.hand_in, candidate.id, by=account.id, now=NOW)
    assert again is CandidacyRefusal.NOT_COLLECTING


def test_the_step_keeps_how_everything_stood(account):
    candidate = with_everything(account)
    going_on.hand_in(candidate.id, by=account.id, now=NOW)
    kept = reload(candidate).steps[-1].progress
    assert kept["needs"]["training"] == {"amount": "120.00", "state": "met"}
    assert kept["readiness"] == 100


def test_a_record_that_is_corrected_later_changes_the_progress_and_shows_the_difference(
    own, account
):
    candidate = with_everything(account)
    own.post(f"{page_of(candidate)}/assessment")
    assert "Dữ liệu đã thay đổi" not in own.get(page_of(candidate)).text
    with transaction() as session:
        record = session.query(TrainingRecord).one()
        record.superseded_at = NOW
    learned(account.person, hours=112)
    page = own.get(page_of(candidate)).text
    assert "khi đó 120 giờ, nay 112 giờ" in page
    assert "112 trên 120 giờ" in page
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_something_to_be_added_is_said_in_a_letter(desk, own, account):
    candidate = with_everything(account)
    own.post(f"{page_of(candidate)}/assessment")
    silent = desk.post(f"{page_of(candidate)}/return", data={"returning-remark": ""})
    assert (silent.status_code, "Ghi rõ lý do" in silent.text) == (422, True)
    desk.post(f"{page_of(candidate)}/return", data={"returning-remark": "Thiếu số liệu trước"})
    assert reload(candidate).state is CandidateState.COLLECTING
    assert candidate.steps[-1].reason is StepReason.SENT_BACK
    assert "Thiếu số liệu trước" in candidate.steps[-1].told
    late = refused(going_on.send_back, candidate.id, remark="Nữa", by=an_account().id, now=NOW)
    assert late is CandidacyRefusal.DECIDED


def test_nobody_with_a_tie_ends_the_assessment(sign_in, own, account):
    candidate, colleague = with_everything(account), an_account(RoleName.COORDINATOR)
    own.post(f"{page_of(candidate)}/assessment")
    firm = an_organisation()
    for person in (account.person, colleague.person):
        an_employment(person, firm)
    sent = {"returning-remark": "Thêm số liệu"}
    answer = sign_in(colleague).post(f"{page_of(candidate)}/return", data=sent)
    assert answer.status_code == 409
    assert "Người cùng đơn vị với ứng viên" in words(answer)
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_a_statement_is_signed_on_the_page_once(own, account):
    candidate = admitted(a_level(more=[ETHICS]), account)
    here = f"{page_of(candidate)}/requirements/ethics/signature"
    assert "Tôi cam kết làm việc trung thực." in own.get(page_of(candidate)).text
    own.post(here)
    own.post(here)
    [use] = queries.uses_in(candidate.id)
    assert (use.state, use.evidence.kind) == (UseState.ACCEPTED, EvidenceKind.STATEMENT)
    kept = own.get(f"/evidence/{use.evidence.public_id}/file").data.decode()
    assert "Tôi cam kết làm việc trung thực." in kept
    assert "Nguyễn Thị Demo ký" in kept
    assert "Tôi ký cam kết này" not in own.get(page_of(candidate)).text


def test_only_a_statement_is_signed(account):
    candidate = admitted(a_level(), account)
    refusal = refused(sign_statement, candidate.id, "work", by=account.id, now=NOW)
    assert refusal is CandidacyRefusal.OTHER_REQUIREMENT


def test_the_board_shows_stages_and_who_is_waited_for(desk, account):
    level = a_level()
    admitted(level, account)
    waits = applied(level)
    page = desk.get("/office/certification/candidates").text
    assert {"Nguyễn Thị Demo", waits.person.full_name} <= set(
        re.findall(r">([^<>]+)</a></h3>", page)
    )
    assert "Chờ câu lạc bộ: 1" in page
    mine = desk.get("/office/certification/candidates?waits_for=candidate").text
    assert re.findall(r">([^<>]+)</a></h3>", mine) == ["Nguyễn Thị Demo"]
    none = desk.get("/office/certification/candidates?q=khong+co").text
    assert re.findall(r">([^<>]+)</a></h3>", none) == []
    assert complaints(page) == []


def test_the_board_costs_the_same_for_one_and_for_many(desk):
    level, asked = a_level(), []
    for number in (1, 6):
        for _ in range(number):
            handed_in(admitted(level))
        desk.get("/office/certification/candidates")
        with counting_queries() as questions:
            desk.get("/office/certification/candidates")
        asked.append(len(questions))
    assert asked[0] == asked[1]


def test_bottlenecks_are_the_median_of_stays_that_are_over():
    def at(candidate, state, day):
        return StateAt(candidate, state, NOW + timedelta(days=day))

    steps = [
        at(1, CandidateState.APPLIED, 0),
        at(1, CandidateState.ADMITTED, 3),
        at(1, CandidateState.COLLECTING, 4),
        at(2, CandidateState.APPLIED, 0),
        at(2, CandidateState.ADMITTED, 9),
        at(3, CandidateState.APPLIED, 0),
    ]
    assert [(b.state, b.stays, b.median_days) for b in bottlenecks(steps)] == [
        (CandidateState.APPLIED, 2, 6.0),
        (CandidateState.ADMITTED, 1, 1.0),
    ]
