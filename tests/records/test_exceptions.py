"""A certificate for somebody who did not complete takes a reason and two people."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import transaction
from club.outbox.models import Letter
from club.records.attendance.models import Mark
from club.records.certificates.exceptions import (
    agree_to_exception,
    ask_for_exception,
    decline_exception,
)
from club.records.certificates.models import CertificateException, CertificateState
from club.records.certificates.operations import correct_certificate, issue_certificates
from club.records.certificates.rules import Correction, Refusal
from club.records.operations import close_run, reopen_run
from club.refusal import RefusedError
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    current_records,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, an_account, reload

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def holder():
    return an_account(person=a_person(full_name="Nguyễn Thị Dung"))


@pytest.fixture
def run(holder):
    """A closed run of which ``holder`` was in one of two sessions."""
    run = a_taught_run()
    marked(run, on_the_list(run, holder.person), Mark.PRESENT, Mark.ABSENT)
    close_run(run.id, by=None, now=NOW)
    return run


@pytest.fixture
def record(run, holder):
    return current_records(run)[holder.person_id]


@pytest.fixture
def asker():
    return a_coordinator()


def asked(record, asker, reason="Ốm buổi cuối, đã học bù"):
    return ask_for_exception(record.id, reason=reason, by=asker.id, now=NOW)


def agreed(record, asker):
    return agree_to_exception(asked(record, asker).id, by=a_coordinator().id, now=LATER)


def refusal_of(ask, *given, **more):
    with pytest.raises(RefusedError) as refused:
        ask(*given, **more)
    return refused.value.refusal


def test_asking_alone_issues_nothing(record, asker):
    exception = asked(record, asker)
    assert (exception.agreed, exception.asked_by_id) == (None, asker.id)
    assert certificates() == []


def test_a_second_person_agrees_and_the_certificate_is_issued(record, asker):
    second = a_coordinator()
    it = agree_to_exception(asked(record, asker).id, by=second.id, now=LATER)
    assert (it.person_id, it.attended_minutes, it.number) == (
        record.person_id, 240, "CN-2026-000001"
    )  # fmt: skip
    exception = it.exception
    assert (exception.agreed, exception.decided_by_id, exception.decided_at) == (
        True, second.id, LATER
    )  # fmt: skip
    assert [e.action for e in every(AuditEntry)][-2:] == [
        "records.ask_exception", "records.agree_exception"
    ]  # fmt: skip
    assert "Câu lạc bộ cấp giấy chứng nhận cho anh chị" in every(Letter)[-1].body_text


def test_nobody_agrees_to_what_the_same_account_asked_for(record, asker):
    exception = asked(record, asker)
    refusal = refusal_of(agree_to_exception, exception.id, by=asker.id, now=LATER)
    assert (refusal, certificates()) == (Refusal.SECOND_PERSON, [])


def test_the_database_knows_two_people_too(record, asker):
    exception = asked(record, asker)

    def agree_to_the_own_one():
        with transaction():
            exception.agreed, exception.decided_at = True, LATER
            exception.decided_by_id = asker.id

    with pytest.raises(IntegrityError):
        agree_to_the_own_one()


def test_a_second_person_turns_it_down_with_a_reason(record, asker):
    exception, second = asked(record, asker), a_coordinator()
    given = {"by": second.id, "now": LATER}
    assert refusal_of(decline_exception, exception.id, remark=None, **given) is (
        Refusal.REASON_MISSING
    )
    decline_exception(exception.id, remark="Chưa học bù", **given)
    found = reload(exception)
    assert (found.agreed, found.remark, certificates()) == (False, "Chưa học bù", [])
    assert refusal_of(agree_to_exception, exception.id, **given) is Refusal.DECIDED_ALREADY


def test_what_was_turned_down_can_be_asked_again(record, asker):
    decline_exception(asked(record, asker).id, remark="Chưa", by=a_coordinator().id, now=LATER)
    assert agreed(record, asker).exception.agreed


def test_what_cannot_be_asked_for(record, asker, run):
    assert refusal_of(asked, record, asker, reason=None) is Refusal.REASON_MISSING
    asked(record, asker)
    assert refusal_of(asked, record, asker) is Refusal.ASKED_ALREADY
    other = a_taught_run()
    done, absent = present(other), on_the_list(other)
    close_run(other.id, by=None, now=NOW)
    records = current_records(other)
    assert refusal_of(asked, records[done.id], asker) is Refusal.COMPLETED
    assert refusal_of(asked, records[absent.id], asker) is Refusal.NEVER_THERE
    reopen_run(run.id, reason="Xem lại", by=None, now=LATER)
    assert refusal_of(asked, record, asker) is Refusal.RECORD_OUTDATED


def test_who_has_one_gets_no_second_one(record, asker):
    agreed(record, asker)
    assert refusal_of(asked, record, asker) is Refusal.HAS_ONE


def test_a_run_that_was_reopened_meanwhile_stops_it(record, asker, run):
    exception = asked(record, asker)
    reopen_run(run.id, reason="Xem lại", by=None, now=LATER)
    refusal = refusal_of(agree_to_exception, exception.id, by=a_coordinator().id, now=LATER)
    assert (refusal, certificates()) == (Refusal.RECORD_OUTDATED, [])
    assert reload(exception).agreed is None


def test_it_outlives_a_reopening_that_changes_nothing(record, asker, run):
    it = agreed(record, asker)
    reopen_run(run.id, reason="Xem lại", by=None, now=LATER)
    assert close_run(run.id, by=None, now=LATER).certificates == []
    assert reload(it).state is CertificateState.VALID


def test_who_completes_after_all_holds_an_ordinary_one(record, asker, run, holder):
    it = agreed(record, asker)
    reopen_run(run.id, reason="Ghi nhầm", by=None, now=LATER)
    marked(run, holder.person, None, Mark.PRESENT, now=LATER)
    (new,) = close_run(run.id, by=None, now=LATER).certificates
    assert (new.replaces, new.exception_id, new.attended_minutes) == (it, None, 480)


def test_a_corrected_one_is_by_exception_still(record, asker):
    it = agreed(record, asker)
    correction = Correction("Nguyễn Thị Dũng", 240)
    new = correct_certificate(it.id, correction, reason="Sai tên", by=None, now=LATER)
    assert new.exception_id == it.exception_id


def test_issuing_for_the_class_gives_nobody_one_by_the_way(run):
    assert refusal_of(issue_certificates, run.id, by=None, now=LATER) is Refusal.NOTHING_TO_ISSUE


def test_two_people_in_the_browser(sign_in, run, record, asker, holder):
    page = sign_in(asker).get(f"/office/runs/{run.code}/records").text
    address = f"/office/records/{record.public_id}/exception"
    assert address in page
    assert "Nguyễn Thị Dung chưa hoàn thành lớp" in sign_in(asker).get(address).text
    assert sign_in(asker).post(address).status_code == 422
    sent = sign_in(asker).post(address, data={"reason": "Ốm, đã học bù"})
    assert sent.location == f"/office/runs/{run.code}/records"
    (exception,) = every(CertificateException)
    deciding = f"/office/exceptions/{exception.public_id}"
    assert "phải do người khác đồng ý" in sign_in(asker).get(deciding).text
    assert sign_in(asker).post(f"{deciding}/agreement").status_code == 409
    second = sign_in(a_coordinator())
    assert deciding in second.get(f"/office/runs/{run.code}/records").text
    assert second.post(f"{deciding}/refusal").status_code == 422
    done = second.post(f"{deciding}/agreement")
    (it,) = certificates()
    assert done.location == f"/certificates/{it.public_id}"
    assert "Cấp theo ngoại lệ" in second.get(done.location).text
    assert "Cấp theo ngoại lệ" not in sign_in(holder).get(done.location).text
    assert "ngoại lệ" not in sign_in(holder).get(f"/verify/{it.code}").text


@pytest.mark.parametrize("role", [RoleName.TRAINER, RoleName.OFFICIAL, RoleName.MEMBER])
def test_only_coordinators_ask_and_agree(sign_in, record, asker, role):
    exception, client = asked(record, asker), sign_in(an_account(role))
    for address in (
        f"/office/records/{record.public_id}/exception",
        f"/office/exceptions/{exception.public_id}/agreement",
        f"/office/exceptions/{exception.public_id}/refusal",
    ):
        assert client.post(address, data={"reason": "x"}).status_code == 403
