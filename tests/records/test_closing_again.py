"""What closing a class again does to certificates, and that its preview says just that."""

from datetime import timedelta

import pytest

from club.db import transaction
from club.records.attendance.models import Mark
from club.records.certificates.exceptions import agree_to_exception, ask_for_exception
from club.records.certificates.models import CertificateState
from club.records.certificates.operations import correct_certificate, revoke_certificate
from club.records.certificates.rules import Correction
from club.records.operations import close_run, reopen_run
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    current_records,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, reload
from tests.support.pages import words

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def preview(sign_in):
    def read(run):
        return words(sign_in(a_coordinator()).get(f"/teaching/runs/{run.code}/closing"))

    return read


def closed(*marks):
    """A closed class of two sessions, and the one person on its list."""
    run, person = a_taught_run(), a_person(full_name="Nguyễn Thị Dung")
    on_the_list(run, person)
    marked(run, person, *marks) if marks else present(run, person)
    close_run(run.id, by=None, now=NOW)
    return run, person


def by_exception(run, person):
    record = current_records(run)[person.id]
    asked = ask_for_exception(record.id, reason="Học bù", by=a_coordinator().id, now=NOW)
    return agree_to_exception(asked.id, by=a_coordinator().id, now=NOW)


def opened(run):
    reopen_run(run.id, reason="Xem lại", by=None, now=LATER)


def closed_again(run):
    return close_run(run.id, by=None, now=LATER).certificates


def test_one_by_exception_stays(preview):
    run, person = closed(Mark.PRESENT, Mark.ABSENT)
    it = by_exception(run, person)
    opened(run)
    page = preview(run)
    assert f"Giấy {it.number} cấp theo ngoại lệ, vẫn giữ nguyên." in page
    assert f"Giấy {it.number} bị thu hồi." not in page
    assert closed_again(run) == []
    assert reload(it).state is CertificateState.VALID


def test_one_by_exception_makes_room_for_an_ordinary_one_of_the_same_hours(preview):
    run, person = closed(Mark.PRESENT, Mark.ABSENT)
    it = by_exception(run, person)
    opened(run)
    with transaction():
        run.completion_threshold = 50
    assert f"Giấy {it.number} được thay bằng giấy đã sửa." in preview(run)
    (new,) = closed_again(run)
    assert (new.replaces, new.exception_id) == (it, None)


def test_one_that_was_corrected_by_hand_stays(preview):
    run, _person = closed()
    correction = Correction("Nguyễn Thị Dũng", 420)
    it = correct_certificate(certificates()[0].id, correction, reason="Sai", by=None, now=NOW)
    opened(run)
    assert it.number not in preview(run)
    assert closed_again(run) == []


def test_other_hours_replace_it(preview):
    run, person = closed()
    (it,) = certificates()
    opened(run)
    with transaction():
        run.completion_threshold = 50
    marked(run, person, None, Mark.ABSENT, now=LATER)
    assert f"Giấy {it.number} được thay bằng giấy đã sửa." in preview(run)
    (new,) = closed_again(run)
    assert new.replaces == it


def test_whose_certificate_was_revoked_gets_a_new_one_and_the_preview_says_so(preview):
    run, _person = closed()
    (it,) = certificates()
    revoke_certificate(it.id, reason="Nhầm người", by=None, now=NOW)
    opened(run)
    assert f"Được cấp giấy mới; giấy {it.number} vẫn bị thu hồi." in preview(run)
    (new,) = closed_again(run)
    assert (new.replaces, reload(it).state) == (None, CertificateState.REVOKED)
