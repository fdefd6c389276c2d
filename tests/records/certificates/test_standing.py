"""Suspending, resuming, expiring and correcting certificates."""

from datetime import date, timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import transaction
from club.outbox.models import Letter
from club.records.attendance.models import Mark
from club.records.certificates.models import CertificateState, CertificateStep, CertificateStepKind
from club.records.certificates.operations import (
    correct_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from club.records.certificates.rules import Correction, Refusal
from club.records.operations import close_run, reopen_run
from club.refusal import RefusedError
from tests.records.certificates.kit import LATER
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_course, an_account, reload


def corrected(certificate, name="Nguyễn Thị Thùy Dương", minutes=480, reason="Ghi sai", by=None):
    correction = Correction(name, minutes)
    return correct_certificate(certificate.id, correction, reason=reason, by=by, now=LATER)


def reopened_and_closed(run, person, *marks):
    reopen_run(run.id, reason="Xem lại", by=None, now=LATER)
    marked(run, person, *marks, now=LATER)
    return close_run(run.id, by=None, now=LATER)


def test_a_suspended_certificate_says_so_and_can_hold_again(client, certificate):
    coordinator = a_coordinator()
    suspend_certificate(certificate.id, reason="Đang xác minh", by=coordinator.id, now=LATER)
    page = client.get(f"/verify/{certificate.code}").text
    assert ("đang bị tạm dừng" in page, "Đang xác minh" in page) == (True, True)
    data = client.get(f"/verify/{certificate.code}.json").json
    assert (data["valid"], data["state"], data["reason"]) == (False, "suspended", "Đang xác minh")
    assert data["ended_on"] == "2026-03-05"
    resume_certificate(certificate.id, reason="Đã rõ", by=coordinator.id, now=LATER)
    assert client.get(f"/verify/{certificate.code}.json").json["valid"] is True
    steps = [(s.kind, s.reason, s.at, s.by_id) for s in every(CertificateStep)]
    assert steps == [
        (CertificateStepKind.SUSPENDED, "Đang xác minh", LATER, coordinator.id),
        (CertificateStepKind.RESUMED, "Đã rõ", LATER, coordinator.id),
    ]


def test_the_holder_hears_of_it_each_time(certificate):
    for hours in range(2):
        at = LATER + timedelta(hours=hours)
        suspend_certificate(certificate.id, reason="Đang xác minh", by=None, now=at)
        resume_certificate(certificate.id, reason="Đã rõ", by=None, now=at)
    assert [letter.kind.partition("_")[2] for letter in every(Letter)][1:] == [
        "suspended", "resumed", "suspended", "resumed"
    ]  # fmt: skip


def test_a_suspended_certificate_is_neither_printed_nor_corrected(sign_in, holder, certificate):
    suspend_certificate(certificate.id, reason="Đang xác minh", by=None, now=LATER)
    assert sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf").status_code == 409
    with pytest.raises(RefusedError) as refused:
        corrected(certificate, name="Nguyễn Thị Thùy Dung")
    assert refused.value.refusal is Refusal.SUSPENDED


def test_nobody_gets_a_second_one_beside_a_suspended_one(run, certificate, holder):
    suspend_certificate(certificate.id, reason="Đang xác minh", by=None, now=LATER)
    assert reopened_and_closed(run, holder.person).certificates == []
    assert [c.state for c in certificates()] == [CertificateState.SUSPENDED]


def test_what_was_suspended_stays_so_when_its_hours_change(holder):
    run = a_taught_run(sessions=5, starts_at=NOW - timedelta(days=7))
    marked(run, on_the_list(run, holder.person), *[Mark.PRESENT] * 4, Mark.ABSENT)
    close_run(run.id, by=None, now=NOW)
    suspend_certificate(certificates()[0].id, reason="Đang xác minh", by=None, now=LATER)
    reopened_and_closed(run, holder.person, None, None, None, None, Mark.PRESENT)
    old, new = certificates()
    assert (old.state, new.state) == (CertificateState.REPLACED, CertificateState.SUSPENDED)


def test_certificates_of_a_course_may_expire(client, holder, sign_in):
    run = a_taught_run(course=a_course(certificate_months=12))
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    (it,) = certificates()
    assert it.expires_on == date(2027, 3, 3)
    with time_machine.travel(NOW.replace(year=2027), tick=False):
        assert client.get(f"/verify/{it.code}.json").json["valid"] is True
        assert "Ngày hết hạn ghi trên giấy là 03/03/2027." in client.get(f"/verify/{it.code}").text
    with time_machine.travel(NOW.replace(year=2027) + timedelta(days=1), tick=False):
        data = client.get(f"/verify/{it.code}.json").json
        assert (data["valid"], data["state"], data["expires_on"]) == (
            False, "expired", "2027-03-03"
        )  # fmt: skip
        assert "Giấy chứng nhận đã hết hạn" in client.get(f"/verify/{it.code}").text
        mine = sign_in(holder).get("/me/certificates").text
    assert ("Hết hiệu lực" in mine, ".pdf" in mine) == (True, True)
    assert reload(it).state is CertificateState.VALID


def test_a_course_without_months_gives_certificates_without_end(certificate):
    assert certificate.expires_on is None


def test_a_coordinator_says_how_long_certificates_of_a_course_hold(sign_in):
    course = a_course(title_en="Measuring")
    client, address = sign_in(a_coordinator()), f"/office/courses/{course.code}"
    known = {
        "code": course.code, "title": course.title, "title_en": "Measuring",
        "topic_id": course.topic_id, "completion_threshold": "80",
    }  # fmt: skip
    assert client.post(address, data=known | {"certificate_months": "0"}).status_code == 422
    assert client.post(address, data=known | {"certificate_months": "24"}).status_code == 302
    assert reload(course).certificate_months == 24


def test_a_misspelt_name_is_corrected_by_a_new_certificate(client, certificate):
    coordinator = a_coordinator()
    new = corrected(certificate, name="Nguyễn Thị Thùy Dung", by=coordinator.id)
    old = reload(certificate)
    assert (old.state, old.holder_name) == (CertificateState.REPLACED, "Nguyễn Thị Thùy Dương")
    assert (new.state, new.holder_name, new.number) == (
        CertificateState.VALID, "Nguyễn Thị Thùy Dung", "CN-2026-000002"
    )  # fmt: skip
    assert (new.replaces, old.replaced_by) == (old, new)
    assert new.number in client.get(f"/verify/{old.code}").text
    assert old.number in client.get(f"/verify/{new.code}").text
    entry = every(AuditEntry)[-1]
    assert (entry.action, entry.subject_id) == ("records.correct_certificate", old.number)
    assert "Ghi sai" in every(Letter)[-1].body_text


def test_a_correction_says_all_else_as_the_old_one_did(run, certificate):
    with transaction():
        run.course.title = "Tên mới của khóa"
    new = corrected(certificate, minutes=420)
    assert (new.course_title, new.attended_minutes) == (certificate.course_title, 420)
    assert new.first_day == certificate.first_day


def test_a_correction_outlives_a_reopening_that_changes_nothing(run, certificate, holder):
    new = corrected(certificate, minutes=420)
    assert reopened_and_closed(run, holder.person).certificates == []
    assert reload(new).state is CertificateState.VALID


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": None}, Refusal.NAME_MISSING),
        ({"minutes": 0}, Refusal.HOURS_IMPOSSIBLE),
        ({"minutes": -60}, Refusal.HOURS_IMPOSSIBLE),
        ({"minutes": 481}, Refusal.HOURS_IMPOSSIBLE),
        ({"minutes": None}, Refusal.HOURS_IMPOSSIBLE),
        ({}, Refusal.NOTHING_CORRECTED),
        ({"name": "Khác", "reason": None}, Refusal.REASON_MISSING),
    ],
)
def test_a_correction_that_cannot_be_right_is_refused(certificate, given, refusal):
    with pytest.raises(RefusedError) as refused:
        corrected(certificate, **given)
    assert refused.value.refusal is refusal
    assert len(certificates()) == 1


def test_a_revoked_certificate_is_not_corrected(certificate):
    revoke_certificate(certificate.id, reason="Nhầm", by=None, now=LATER)
    with pytest.raises(RefusedError) as refused:
        corrected(certificate, name="Khác")
    assert refused.value.refusal is Refusal.NOT_VALID_ANY_MORE


def test_correcting_in_the_browser(sign_in, certificate):
    client, address = sign_in(a_coordinator()), f"/certificates/{certificate.public_id}"
    assert f"{address}/correction" in client.get(address).text
    form = client.get(f"{address}/correction").text
    assert ('value="Nguyễn Thị Thùy Dương"' in form, 'value="8"' in form) == (True, True)
    typed = {"holder_name": "Nguyễn Thị Thùy Dung", "hours": "7,5", "reason": ""}
    refused = client.post(f"{address}/correction", data=typed)
    assert (refused.status_code, "Nguyễn Thị Thùy Dung" in refused.text) == (422, True)
    wrong = client.post(f"{address}/correction", data=typed | {"hours": "x", "reason": "Sai"})
    assert (wrong.status_code, 'value="x"' in wrong.text) == (422, True)
    done = client.post(f"{address}/correction", data=typed | {"reason": "Sai tên"})
    new = certificates()[1]
    assert done.location == f"/certificates/{new.public_id}"
    assert (new.holder_name, new.attended_minutes) == ("Nguyễn Thị Thùy Dung", 450)


def test_suspending_and_resuming_in_the_browser(sign_in, certificate):
    client, address = sign_in(a_coordinator()), f"/certificates/{certificate.public_id}"
    assert client.post(f"{address}/suspension").status_code == 422
    assert client.post(f"{address}/suspension", data={"reason": "Xem lại"}).status_code == 302
    page = client.get(address).text
    assert ("Cho có giá trị trở lại" in page, "Xem lại" in page) == (True, True)
    assert client.post(f"{address}/suspension", data={"reason": "Lại"}).status_code == 409
    assert client.post(f"{address}/resumption", data={"reason": "Đã rõ"}).status_code == 302
    assert reload(certificate).state is CertificateState.VALID


@pytest.mark.parametrize("what", ["suspension", "resumption", "correction"])
def test_only_coordinators_change_certificates(sign_in, holder, certificate, what):
    address = f"/certificates/{certificate.public_id}/{what}"
    for account in (holder, an_account(RoleName.OFFICIAL), an_account(RoleName.TRAINER)):
        assert sign_in(account).post(address, data={"reason": "x"}).status_code == 403


def test_the_file_of_a_suspended_one_is_kept_back_for_the_time_being(sign_in, certificate, holder):
    suspend_certificate(certificate.id, reason="Đang xem lại", by=None, now=LATER)
    client, address = sign_in(holder), f"/certificates/{certificate.public_id}"
    for kind in ("pdf", "jwt"):
        answer = client.get(f"{address}.{kind}")
        assert (answer.status_code, "đang bị tạm dừng" in answer.text) == (409, True)
    page = client.get(address).text
    assert ("không còn giá trị" in page, "Giấy chứng nhận đang bị tạm dừng" in page) == (
        False,
        True,
    )
    revoke_certificate(certificate.id, reason="Nhầm", by=None, now=LATER)
    assert "không còn giá trị" in client.get(f"{address}.pdf").text
