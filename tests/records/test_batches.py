"""Certificates of a whole run: issued at once, their files signed one by one by the worker."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine

from club.chores import BEFORE_LETTERS
from club.db import db, transaction
from club.documents.pdf import PdfError
from club.files.models import StoredFile
from club.files.storage import StorageError, storage
from club.outbox.worker import CHORES
from club.records.certificates import batches, completions, printing, queries, signing
from club.records.certificates.models import CertificateBatch, CompletionCertificate
from club.records.certificates.operations import correct_certificate, revoke_certificate
from club.records.certificates.rules import Correction
from club.records.operations import close_run
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    every,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, reload
from tests.support.work import measured, work_within

pytestmark = pytest.mark.slow

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_key(key_file):
    """A place of its own for the key of each test."""


@pytest.fixture
def run():
    """A closed run that four people completed."""
    run = a_taught_run()
    for _ in range(4):
        present(run)
    close_run(run.id, by=None, now=NOW)
    return run


def work(stopped=lambda: False, *, at=LATER):
    return batches.sign_batches(now=lambda: at, stopped=stopped)


def unsigned():
    db.session.expire_all()
    return [c.number for c in certificates() if c.file_id is None]


def batch():
    db.session.expire_all()
    (found,) = every(CertificateBatch)
    return found


def test_the_worker_signs_every_file_of_a_batch_and_ends_it(run):
    assert len(unsigned()) == 4
    assert work() == 4
    assert (unsigned(), batch().finished_at, batch().trouble) == ([], LATER, None)
    assert (work(), len(every(StoredFile))) == (0, 4)


def test_the_worker_does_it_before_it_sends_letters():
    assert CHORES[: len(BEFORE_LETTERS)] == BEFORE_LETTERS


def test_a_worker_that_is_told_to_stop_leaves_the_rest_for_the_next(run):
    answers = iter([False, False, True])
    assert work(lambda: next(answers)) == 2
    assert (len(unsigned()), batch().finished_at) == (2, None)
    assert work() == 2
    assert (unsigned(), batch().finished_at) == ([], LATER)


def test_what_somebody_opened_meanwhile_is_not_signed_twice(run):
    signing.signed_file(certificates()[2], now=NOW)
    assert work() == 3
    assert len(every(StoredFile)) == 4


def test_a_revoked_certificate_holds_up_no_batch(run):
    revoke_certificate(certificates()[0].id, reason="Nhầm", by=None, now=NOW)
    assert work() == 3
    assert batch().finished_at == LATER


def test_a_full_disk_stops_the_batch_says_so_and_goes_on_later(run, monkeypatch, sign_in):
    with monkeypatch.context() as patched:

        def full(*_given):
            raise StorageError("No space left on device")

        patched.setattr(type(storage()), "put", full)
        assert work() == 0
    assert (batch().finished_at, len(unsigned()), every(StoredFile)) == (None, 4, [])
    page = sign_in(a_coordinator()).get(f"/office/runs/{run.code}/records").text
    assert ("Đã ký 0/4 tệp PDF" in page, "hết chỗ trống" in page) == (True, True)
    assert work() == 4
    assert (batch().finished_at, batch().trouble) == (LATER, None)


def test_the_page_says_to_whom_a_paper_has_to_be_handed_over(sign_in):
    run = a_taught_run()
    for name, email in (("Lê Văn Giấy", None), ("Trần Văn Thư", "thu@example.vn")):
        present(run, on_the_list(run, a_person(full_name=name, email=email)))
    close_run(run.id, by=None, now=NOW)
    page = sign_in(a_coordinator()).get(f"/office/runs/{run.code}/records").text
    (told,) = [row for row in page.split("<tr>") if "trao tận tay" in row]
    assert ("Lê Văn Giấy" in told, "Trần Văn Thư" in told) == (True, False)


def test_a_missing_key_stops_the_batch_and_says_so(run, key_file):
    signing.make_first_key(now=NOW)
    key_file.unlink()
    assert work() == 0
    assert "signing key is not in its place" in batch().trouble
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert work() == 4


@pytest.fixture
def unprintable(run, monkeypatch):
    """The first of the four, as long as the test says nothing else."""
    first, printed = certificates()[0].number, completions.certificate_pdf

    def picky(certificate, design, **given):
        if certificate.number == first:
            raise PdfError("no font")
        return printed(certificate, design, **given)

    monkeypatch.setattr(completions, "certificate_pdf", picky)
    return first


def test_one_that_cannot_be_printed_holds_up_no_other(unprintable):
    assert work() == 3
    assert (unsigned(), batch().finished_at) == ([unprintable], None)


def test_it_is_tried_again_less_and_less_often(unprintable, caplog):
    tries = []
    for minutes in range(90):
        work(at=NOW + timedelta(minutes=minutes))
        (it,) = [c for c in certificates() if c.number == unprintable]
        if it.failed_prints > len(tries):
            tries.append(minutes)
    assert tries == [0, 1, 11, 71]
    told = [record for record in caplog.records if "cannot be printed" in record.message]
    assert [bool(record.exc_info) for record in told] == [True, False, False, False]


def test_it_is_printed_and_the_batch_ends_once_it_can_be(unprintable, monkeypatch):
    work()
    monkeypatch.setattr(completions, "certificate_pdf", printing.certificate_pdf)
    assert work(at=LATER + timedelta(minutes=1)) == 1
    assert (unsigned(), batch().finished_at) == ([], LATER + timedelta(minutes=1))


def test_staff_see_which_one_and_what_to_do(unprintable, run, sign_in):
    work()
    client, address = sign_in(a_coordinator()), f"/office/runs/{run.code}"
    page = client.get(f"{address}/records").text
    assert "1 tệp PDF chưa tạo được" in page
    assert "đã thử 1 lần, thử lại lúc 03/03/2026 09:02" in page
    # Nothing moves now, so nothing is fetched anew.
    assert ("htmx.min.js" in page, "data-hx-get" in page) == (False, False)
    assert [one.number for one in queries.unprintable()] == [unprintable]


def test_a_correction_that_can_be_printed_ends_the_trouble(unprintable, run, sign_in):
    work()
    it = certificates()[0]
    said = Correction("Nguyễn Thị Dung", it.attended_minutes)
    correct_certificate(it.id, said, reason="Tên có ký tự lạ", by=None, now=LATER)
    assert work() == 1
    assert queries.unprintable() == []
    assert [b.finished_at for b in every(CertificateBatch)] == [LATER, LATER]
    assert (
        "chưa tạo được" not in sign_in(a_coordinator()).get(f"/office/runs/{run.code}/records").text
    )


def test_a_full_disk_is_told_to_the_log_once(run, monkeypatch, caplog):
    def full(*_given):
        raise StorageError("No space left on device")

    monkeypatch.setattr(type(storage()), "put", full)
    for _ in range(3):
        work()
    assert [r.message for r in caplog.records].count("files of certificates cannot be stored") == 1


def test_the_page_shows_how_far_it_is_and_fetches_that_anew(run, sign_in):
    client, address = sign_in(a_coordinator()), f"/office/runs/{run.code}"
    answers = iter([False, True])
    work(lambda: next(answers))
    page = client.get(f"{address}/records").text
    assert ("Đã ký 1/4 tệp PDF" in page, "htmx.min.js" in page) == (True, True)
    part = client.get(f"{address}/certificates/progress").text
    assert f'data-hx-get="{address}/certificates/progress"' in part
    work()
    part = client.get(f"{address}/certificates/progress").text
    assert ("Đã ký đủ 4 tệp PDF" in part, "data-hx-get" in part) == (True, False)
    assert "htmx.min.js" not in client.get(f"{address}/records").text


@pytest.mark.slow
def test_a_single_file_costs_less_than_fifty_milliseconds(run):
    signing.make_first_key(now=NOW)
    spent = []
    # The least of twelve: what else the machine does only adds to it.
    for _ in range(3):
        for certificate in certificates():
            with measured() as signed:
                signing.signed_file(certificate, now=NOW)
            spent.append(signed.seconds)
            with transaction():
                reload(certificate).file_id = None
        db.session.expire_all()
    assert min(spent) < 0.05


@pytest.mark.slow
def test_two_hundred_are_issued_and_signed_in_ten_seconds_of_work():
    run = a_taught_run()
    for _ in range(200):
        present(run)
    db.session.rollback()
    with work_within(10):
        close_run(run.id, by=None, now=NOW)
        assert work() == 200


_WORKER = """
from club.app import create_app
from club import clock
from club.records.certificates import batches
with create_app().app_context():
    batches.sign_batches(now=clock.now, stopped=lambda: False)
"""


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_leaves_no_half_file_and_no_double(app, key_file):
    run = a_taught_run()
    for _ in range(40):
        present(run)
    close_run(run.id, by=None, now=NOW)
    signing.make_first_key(now=NOW)
    settings = app.extensions["club.settings"]
    db.session.rollback()
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        env=os.environ
        | {
            "DATABASE_URL": settings.database_url,
            "STORAGE_URL": settings.storage_url,
            "SIGNING_KEY": str(key_file),
            "VAR": str(settings.var),
            "SECRET_KEY": "only-for-tests",
        },
    )
    deadline = time.monotonic() + 60
    while len(unsigned()) > 35 and time.monotonic() < deadline:
        db.session.rollback()
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    left = len(unsigned())
    assert 0 < left < 40
    db.session.rollback()
    assert work() == left
    files = every(StoredFile)
    assert len(files) == len({file.sha256 for file in files}) == 40
    assert all(b"".join(storage().pieces(f.key)).endswith(b"%%EOF\n") for f in files)
    assert {c.file_id for c in every(CompletionCertificate)} == {file.id for file in files}
    assert reload(run).code
    with time_machine.travel(LATER, tick=False):
        assert work() == 0
