"""What people ask the club to do with their data: asked, counted in days, decided with a reason."""

from datetime import date, timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.outbox.models import Letter
from club.privacy.requests import operations, queries, rules
from club.privacy.requests.models import PrivacyRequest, RequestKind, RequestState, RequestStep
from club.privacy.requests.operations import Wish
from club.privacy.requests.rules import RequestRefusal, Urgency
from club.refusal import RefusedError
from tests.records.kit import a_coordinator, every
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

TODAY = clock.local_day(NOW)
KINDS = [RequestKind.CORRECTION, RequestKind.RESTRICTION, RequestKind.OBJECTION]


@pytest.fixture
def account():
    return an_account()


def asked(account, kind=RequestKind.CORRECTION, now=NOW):
    return operations.ask(account.person_id, Wish(kind, "Tên thiếu dấu"), now=now)


def letters():
    return [letter.kind for letter in every(Letter)]


def form(kind="correction", **given):
    return {"kind": kind, "words": "Thiếu buổi 2", "instead": "Có mặt"} | given


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (RequestKind.CORRECTION, 10),
        (RequestKind.RESTRICTION, 15),
        (RequestKind.OBJECTION, 15),
        (RequestKind.ERASURE, 20),
    ],
)
def test_days_are_those_of_the_decree(kind, days):
    assert rules.due_on(kind, asked_on=date(2026, 11, 29)) == date(2026, 11, 29) + timedelta(days)


def test_the_day_of_asking_is_the_clubs_not_that_of_greenwich(account):
    late = NOW.replace(hour=18)  # 1:00 of the next day where the club is
    assert asked(account, now=late).due_on == TODAY + timedelta(days=11)


def test_a_person_asks_and_reads_when_it_is_decided(sign_in, account):
    client = sign_in(account)
    answer = client.post("/me/privacy/requests/new", data=form())
    (request,) = every(PrivacyRequest)
    assert answer.location == f"/me/privacy/requests/{request.public_id}"
    page = words(client.get(answer.location))
    assert f"{request.due_on:%d/%m/%Y}" in page
    assert "Có mặt" in page
    assert letters() == ["privacy.request_received"]
    assert "Chỉnh sửa dữ liệu của tôi" in words(client.get("/me/privacy"))


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"kind": ""}, {"words": " "}, {"words": "a" * 2001}]
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sign_in, account, wrong):
    answer = sign_in(account).post("/me/privacy/requests/new", data=form(**wrong))
    assert answer.status_code == 422
    assert "Có mặt" in answer.text
    assert every(PrivacyRequest) == []


def test_only_a_correction_says_what_should_stand_there(sign_in, account):
    sign_in(account).post("/me/privacy/requests/new", data=form("restriction"))
    assert every(PrivacyRequest)[0].instead is None


def test_the_same_is_not_asked_twice_at_a_time(sign_in, account):
    asked(account)
    answer = sign_in(account).post("/me/privacy/requests/new", data=form())
    assert answer.status_code == 409
    assert "đã gửi yêu cầu này rồi" in words(answer)
    assert asked(account, RequestKind.OBJECTION)
    assert len(every(PrivacyRequest)) == 2


def test_taken_back_it_may_be_asked_again(sign_in, account):
    request = asked(account)
    sign_in(account).post(f"/me/privacy/requests/{request.public_id}/withdrawal")
    assert reload(request).state is RequestState.WITHDRAWN
    assert asked(account).state is RequestState.OPEN
    assert letters() == ["privacy.request_received"] * 2


def test_nobody_else_reads_it_or_takes_it_back(sign_in, account):
    request = asked(account)
    other = sign_in(an_account(RoleName.COORDINATOR))
    assert other.get(f"/me/privacy/requests/{request.public_id}").status_code == 404
    assert other.post(f"/me/privacy/requests/{request.public_id}/withdrawal").status_code == 404


@pytest.mark.parametrize(
    ("decision", "state", "letter"),
    [
        ("grant", RequestState.GRANTED, "privacy.request_granted"),
        ("refuse", RequestState.REFUSED, "privacy.request_refused"),
    ],
)
def test_a_decision_needs_a_reason_and_is_told(sign_in, account, decision, state, letter):
    request = asked(account)
    office = sign_in(a_coordinator())
    address = f"/office/privacy/{request.public_id}"
    empty = office.post(address, data={"decision": decision, "reason": ""})
    assert empty.status_code == 422
    assert reload(request).state is RequestState.OPEN
    office.post(address, data={"decision": decision, "reason": "Đã xem sổ điểm danh"})
    assert reload(request).state is state
    assert letters() == ["privacy.request_received", letter]
    told = every(Letter)[1]
    assert "Đã xem sổ điểm danh" in told.body_text
    assert "Đã xem sổ điểm danh" in words(
        sign_in(account).get(f"/me/privacy/requests/{request.public_id}")
    )
    actions = [e.action for e in every(AuditEntry)]
    assert f"privacy.request_{state.value}" in actions
    # What the person wrote, and was told, stays out of the log.
    assert all("sổ" not in str(e.detail) for e in every(AuditEntry))


def test_what_is_closed_stays_as_it_was_decided(sign_in, account):
    request, by = asked(account), a_coordinator()
    operations.refuse(request.id, reason="Không đúng", by=by.id, now=NOW)
    for act in (operations.grant, operations.refuse, operations.extend):
        with pytest.raises(RefusedError) as refused:
            act(request.id, reason="Khác", by=by.id, now=NOW)
        assert refused.value.refusal is RequestRefusal.NOT_OPEN
    with pytest.raises(RefusedError):
        operations.withdraw(request.id, now=NOW)
    answer = sign_in(by).post(
        f"/office/privacy/{request.public_id}", data={"decision": "grant", "reason": "Khác"}
    )
    assert answer.status_code == 409
    assert reload(request).state is RequestState.REFUSED


def test_time_is_extended_once_by_as_many_days_and_told(account):
    request, by = asked(account), a_coordinator()
    operations.extend(request.id, reason="Chờ giảng viên", by=by.id, now=NOW)
    assert reload(request).due_on == TODAY + timedelta(days=20)
    assert letters()[-1] == "privacy.request_extended"
    with pytest.raises(RefusedError) as refused:
        operations.extend(request.id, reason="Vẫn chờ", by=by.id, now=NOW)
    assert refused.value.refusal is RequestRefusal.EXTENDED_ALREADY


def test_what_is_overdue_cannot_be_extended_but_can_be_decided(account):
    request, by = asked(account), a_coordinator()
    late = NOW + timedelta(days=11)
    with pytest.raises(RefusedError) as refused:
        operations.extend(request.id, reason="Chờ", by=by.id, now=late)
    assert refused.value.refusal is RequestRefusal.OVERDUE
    operations.grant(request.id, reason="Đã sửa", by=by.id, now=late)


@pytest.mark.parametrize(
    ("day", "urgency"),
    [(6, Urgency.IN_TIME), (7, Urgency.SOON), (10, Urgency.SOON), (11, Urgency.OVERDUE)],
)
def test_the_desk_sees_what_is_urgent(account, day, urgency):
    request = asked(account)
    assert rules.urgency(request, today=TODAY + timedelta(days=day)) is urgency


def test_the_desk_lists_the_most_urgent_first_and_marks_the_overdue(sign_in):
    now = clock.now()
    old = asked(an_account(), now=now - timedelta(days=30))
    new = asked(an_account(), now=now)
    page = words(sign_in(a_coordinator()).get("/office/privacy"))
    first, second = (page.index(r.person.full_name) for r in (old, new))
    assert first < second
    assert page.count("Quá hạn") == 1


def test_the_desk_is_for_coordinators(sign_in):
    for role in RoleName:
        expected = 200 if role in {RoleName.COORDINATOR, RoleName.ADMINISTRATOR} else 403
        assert sign_in(an_account(role)).get("/office/privacy").status_code == expected


def test_a_hand_made_decision_is_refused(sign_in, account):
    request = asked(account)
    address = f"/office/privacy/{request.public_id}"
    answer = sign_in(a_coordinator()).post(address, data={"decision": "drop", "reason": "x"})
    assert answer.status_code == 400


def test_lists_cost_the_same_for_one_as_for_twenty(sign_in, account, count_queries):
    office, counts = sign_in(a_coordinator()), []
    for number in (1, 19):
        for _ in range(number):
            asked(an_account())
        office.get("/office/privacy")
        with count_queries() as seen:
            office.get("/office/privacy")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_every_step_is_kept(account):
    request, by = asked(account), a_coordinator()
    operations.extend(request.id, reason="Chờ", by=by.id, now=NOW)
    operations.grant(request.id, reason="Xong", by=by.id, now=NOW)
    (found,) = queries.requests_of(account.person_id)
    assert [(s.step, s.by_id) for s in found.steps] == [
        (RequestStep.ASKED, None),
        (RequestStep.EXTENDED, by.id),
        (RequestStep.GRANTED, by.id),
    ]
