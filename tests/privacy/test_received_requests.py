"""Requests that reach the club on paper, by e-mail or spoken, as staff enter them."""

from datetime import date, timedelta

import pytest
import time_machine

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.outbox.models import Letter
from club.privacy.requests import rules
from club.privacy.requests.models import (
    IdentityCheck,
    PrivacyRequest,
    RequestChannel,
    RequestState,
    RequestStep,
)
from tests.records.kit import a_coordinator, every
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.pages import words

TODAY = clock.local_day(NOW)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return a_person(full_name="Phạm Thị Én", email="en@club.example", birth_year=1971)


@pytest.fixture
def staff():
    return a_coordinator()


@pytest.fixture
def office(sign_in, staff):
    return sign_in(staff)


def received(office, person, **given):
    form = {
        "person": str(person.public_id), "kind": "correction", "words": "Sai năm sinh",
        "instead": "1970", "channel": "paper", "identity_check": "paper_shown",
        "received_on": f"{TODAY - timedelta(days=4):%Y-%m-%d}",
    }  # fmt: skip
    return office.post("/office/privacy/new", data=form | given)


def test_the_person_is_found_by_name_also_without_an_account(office, person):
    page = office.get("/office/privacy/new?q=pham+en")
    assert f'href="/office/privacy/new?person={person.public_id}"' in page.text
    assert "1971" in page.text
    form = words(office.get(f"/office/privacy/new?person={person.public_id}"))
    assert "Phạm Thị Én" in form
    assert "Không tìm thấy" in words(office.get("/office/privacy/new?q=Nobody"))


def test_the_days_count_from_the_receipt_and_it_says_who_made_sure(office, staff, person):
    answer = received(office, person)
    (request,) = every(PrivacyRequest)
    assert answer.location == f"/office/privacy/{request.public_id}"
    assert clock.local_day(request.asked_at) == TODAY - timedelta(days=4)
    assert request.due_on == TODAY + timedelta(days=6)
    assert (request.channel, request.identity_check) == (
        RequestChannel.PAPER,
        IdentityCheck.PAPER_SHOWN,
    )
    assert request.entered_by_id == staff.id
    assert [(s.step, s.by_id, s.at) for s in request.steps] == [(RequestStep.ASKED, staff.id, NOW)]
    page = words(office.get(answer.location))
    assert "Bằng giấy" in page
    assert f"không ghi lại gì từ giấy tờ), {staff.person.full_name}" in page
    assert next((e.action, e.subject_id, e.account_id) for e in every(AuditEntry)) == (
        "privacy.request_asked", str(request.public_id), staff.id,
    )  # fmt: skip


def test_the_person_is_told_by_letter_where_there_is_an_address(office, person):
    received(office, person)
    (letter,) = every(Letter)
    assert (letter.kind, letter.recipient) == ("privacy.request_received", "en@club.example")
    assert f"{TODAY - timedelta(days=4):%d/%m/%Y}" in letter.body_text


def test_without_an_address_staff_are_told_to_confirm_it_themselves(office):
    nobody = a_person(full_name="Không Thư", email=None)
    page = words(office.get(f"/office/privacy/new?person={nobody.public_id}"))
    assert "2 ngày làm việc" in page
    received(office, nobody)
    assert [letter.recipient for letter in every(Letter)] == [None]


def test_it_is_decided_like_all_others(office, person):
    received(office, person, kind="erasure", certificates="keep")
    (request,) = every(PrivacyRequest)
    assert request.instead is None
    office.post(f"/office/privacy/{request.public_id}/erasure", data={"sure": "y"})
    assert reload(request).state is RequestState.GRANTED


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "site"},
        {"channel": ""},
        {"identity_check": ""},
        {"received_on": ""},
        {"received_on": f"{TODAY + timedelta(days=1):%Y-%m-%d}"},
        {"received_on": f"{TODAY - timedelta(days=366):%Y-%m-%d}"},
        {"kind": "erasure", "certificates": ""},
        {"words": ""},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(office, person, wrong):
    page = received(office, person, **wrong)
    assert (page.status_code, "1970" in page.text) == (422, True)
    assert every(PrivacyRequest) == []


def test_the_same_is_not_entered_beside_an_open_one(office, person):
    received(office, person)
    page = received(office, person)
    assert (page.status_code, "Hãy mở yêu cầu đó" in words(page)) == (409, True)
    assert len(every(PrivacyRequest)) == 1


def test_a_person_that_does_not_exist_is_not_found(office, person):
    assert office.post("/office/privacy/new", data={"person": "x"}).status_code == 404
    assert office.get("/office/privacy/new?person=x").status_code == 200


def test_only_the_desk_enters(sign_in, person):
    for role in RoleName:
        expected = 302 if role in {RoleName.COORDINATOR, RoleName.ADMINISTRATOR} else 403
        kind = {"kind": "objection"} if role is RoleName.ADMINISTRATOR else {}
        assert received(sign_in(an_account(role)), person, **kind).status_code == expected


def test_the_person_reads_how_it_came(office, sign_in):
    account = an_account()
    received(office, account.person)
    (request,) = every(PrivacyRequest)
    page = words(sign_in(account).get(f"/me/privacy/requests/{request.public_id}"))
    assert "Bằng giấy" in page


NOT_TOLD = "Chưa báo cho người này:"


@pytest.mark.parametrize(
    ("asked_on", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 4)),  # a Monday
        (date(2026, 3, 5), date(2026, 3, 9)),  # over a weekend
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 3, 7), date(2026, 3, 10)),  # a Saturday
    ],
)
def test_two_working_days_leave_weekends_out(asked_on, last):
    assert rules.confirm_by(asked_on=asked_on) == last


def test_whom_no_letter_reaches_is_overdue_at_the_desk_until_staff_have_told(office, staff):
    on_a_thursday = f"{TODAY - timedelta(days=5):%Y-%m-%d}"
    page = received(office, a_person(email=None), received_on=on_a_thursday).location
    (asked,) = every(PrivacyRequest)
    assert asked.confirmed_on is None
    assert f"{NOT_TOLD} Quá hạn" in words(office.get("/office/privacy"))
    assert "trước hết ngày 02/03/2026" in words(office.get(page))
    assert office.post(f"{page}/confirmation").location == page
    assert reload(asked).confirmed_on == TODAY
    assert NOT_TOLD not in words(office.get("/office/privacy"))
    assert office.post(f"{page}/confirmation").status_code == 409
    actions = [e.action for e in every(AuditEntry) if e.action == "privacy.request_confirmed"]
    assert len(actions) == 1


def test_on_the_day_of_receipt_it_is_due_soon(office):
    received(office, a_person(email=None), received_on=f"{TODAY:%Y-%m-%d}")
    assert f"{NOT_TOLD} Sắp đến hạn" in words(office.get("/office/privacy"))


def test_a_letter_tells_at_once(office, person):
    received(office, person)
    assert [one.confirmed_on for one in every(PrivacyRequest)] == [TODAY]
    assert NOT_TOLD not in words(office.get("/office/privacy"))
