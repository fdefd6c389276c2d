"""Closing, reopening and issuing in the browser, and who may."""

import pytest

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.records.attendance.models import Mark
from club.records.certificates.models import CertificateState
from club.records.models import TrainingRecord
from club.records.operations import close_run
from club.records.views import closing
from tests.records.certificates.kit import LATER
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, a_run, an_account, reload
from tests.support.pages import words as words_of


def test_closing_in_the_browser_makes_records_and_says_how_many(sign_in):
    account = an_account(RoleName.TRAINER)
    run = a_taught_run(trainers=[account.person])
    present(run)
    client = sign_in(account)
    preview = client.get(f"/teaching/runs/{run.code}/closing")
    assert "8 giờ</span> / <span" in preview.text.replace("\n", "")
    answer = client.post(f"/teaching/runs/{run.code}/closing")
    assert answer.location == f"/office/runs/{run.code}/records"
    assert "1 người có kết quả, cấp mới 1 giấy" in client.get(answer.location).text
    assert reload(run).closed_by_id == account.id
    again = client.post(f"/teaching/runs/{run.code}/closing")
    assert (again.status_code, len(every(TrainingRecord))) == (409, 1)


def test_sessions_without_marks_have_to_be_confirmed_in_the_browser(sign_in):
    run = a_taught_run()
    marked(run, on_the_list(run), Mark.PRESENT)
    client, address = sign_in(a_coordinator()), f"/teaching/runs/{run.code}/closing"
    unmarked = str(run.sessions[1].public_id)
    assert unmarked in client.get(address).text
    assert client.post(address, data={"unmarked": unmarked}).status_code == 422
    assert client.post(address, data={"nobody_came": "y"}).status_code == 422
    sent = client.post(address, data={"unmarked": unmarked, "nobody_came": "y"})
    assert (sent.status_code, reload(run).state) == (302, RunState.CLOSED)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts_at": LATER}, "Buổi học cuối chưa kết thúc."),
        ({"sessions": 0}, "chưa học buổi nào"),
        ({"state": RunState.CANCELLED}, "đã hủy"),
    ],
)
def test_a_run_that_cannot_be_closed_says_why_and_offers_no_button(sign_in, given, words):
    run = a_run(**given)
    client = sign_in(a_coordinator())
    page = client.get(f"/teaching/runs/{run.code}/closing")
    assert (page.status_code, words in page.text) == (200, True)
    assert 'name="nobody_came"' not in page.text
    assert client.post(f"/teaching/runs/{run.code}/closing").status_code == 409


def test_a_coordinator_reopens_with_a_reason(sign_in, run):
    client, address = sign_in(a_coordinator()), f"/teaching/runs/{run.code}/reopening"
    assert client.post(address, data={"reason": "  "}).status_code == 422
    assert reload(run).state is RunState.CLOSED
    answer = client.post(address, data={"reason": "Ghi nhầm buổi 2"})
    assert answer.location == f"/teaching/runs/{run.code}/attendance"
    assert reload(run).state is RunState.PUBLISHED


def test_a_reason_that_is_too_long_is_kept_and_refused(sign_in, run):
    typed = "x" * 5000
    answer = sign_in(a_coordinator()).post(
        f"/teaching/runs/{run.code}/reopening", data={"reason": typed}
    )
    assert (answer.status_code, typed in answer.text) == (422, True)


def test_a_coordinator_revokes_with_a_reason(sign_in, certificate):
    client, address = sign_in(a_coordinator()), f"/certificates/{certificate.public_id}/revocation"
    assert client.post(address).status_code == 422
    assert client.post(address, data={"reason": "Nhầm người"}).status_code == 302
    assert reload(certificate).state is CertificateState.REVOKED
    assert client.post(address, data={"reason": "Lại"}).status_code == 409


@pytest.mark.parametrize(
    "role", [RoleName.TRAINER, RoleName.OFFICIAL, RoleName.MEMBER, RoleName.ASSESSOR]
)
def test_only_coordinators_reopen_issue_and_revoke(sign_in, run, certificate, role):
    client = sign_in(an_account(role))
    for address in (
        f"/teaching/runs/{run.code}/reopening",
        f"/office/runs/{run.code}/certificates",
        f"/certificates/{certificate.public_id}/revocation",
    ):
        assert client.post(address, data={"reason": "Nhầm"}).status_code == 403
    assert (reload(run).state, reload(certificate).is_valid) == (RunState.CLOSED, True)


def test_missing_certificates_are_issued_with_a_button(sign_in, run):
    client = sign_in(a_coordinator())
    answer = client.post(f"/office/runs/{run.code}/certificates")
    assert answer.status_code == 409
    assert "Ai hoàn thành lớp này cũng đã được cấp giấy." in answer.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.COORDINATOR, 200),
        (RoleName.OFFICIAL, 200),
        (RoleName.TRAINER, 404),
        (RoleName.MEMBER, 403),
    ],
)
def test_who_reads_the_records_of_a_run(sign_in, run, role, status):
    page = sign_in(an_account(role)).get(f"/office/runs/{run.code}/records")
    assert page.status_code == status
    assert ("CN-2026-000001" in page.text) is (status == 200)


def test_the_records_of_a_run_cost_the_same_queries_for_one_and_twenty(sign_in, count_queries):
    def queries_with(people):
        run = a_taught_run()
        for _ in range(people):
            present(run)
        close_run(run.id, by=None, now=NOW)
        client = sign_in(a_coordinator())
        with count_queries() as seen:
            client.get(f"/office/runs/{run.code}/records")
        return len(seen)

    assert queries_with(1) == queries_with(20)


def test_the_preview_costs_the_same_queries_for_one_and_twenty(sign_in, count_queries):
    def queries_with(people):
        run = a_taught_run()
        for _ in range(people):
            present(run)
        client = sign_in(a_coordinator())
        with count_queries() as seen:
            client.get(f"/teaching/runs/{run.code}/closing")
        return len(seen)

    assert queries_with(1) == queries_with(20)


def test_records_and_certificates_of_a_large_class_come_in_parts(sign_in, monkeypatch):
    monkeypatch.setattr(closing, "_PER_PAGE", 2)
    run = a_taught_run()
    for name in ("An", "Bình", "Chi", "Dung", "Em"):
        present(run, on_the_list(run, a_person(full_name=f"Nguyễn Văn {name}")))
    close_run(run.id, by=None, now=NOW)
    client, here = sign_in(a_coordinator()), f"/office/runs/{run.code}/records"
    first = client.get(here)
    assert [name for name in ("An", "Bình", "Chi") if f"Văn {name}" in words_of(first)] == [
        "An",
        "Bình",
    ]
    assert f'href="{here}?records=3#records"' in first.text
    other = client.get(f"{here}?records=3&certificates=2")
    assert [name for name in ("An", "Chi", "Dung", "Em") if f"Văn {name}" in words_of(other)] == [
        "Chi",
        "Dung",
        "Em",
    ]
    assert f'href="{here}?records=3#certificates"' in other.text
    assert f'href="{here}?certificates=2#records"' in other.text
    assert client.get(f"{here}?records=99").status_code == 200
