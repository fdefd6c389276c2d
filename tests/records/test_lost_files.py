"""Certificates whose stored file is gone, or is not the one that was stored."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.audit.models import AuditEntry
from club.db import transaction
from club.files.models import StoredFile
from club.files.storage import StorageError, storage
from club.records.certificates import signing
from club.records.certificates.examining import FileVerdict, examine
from club.records.operations import close_run
from tests.records.kit import a_taught_run, certificates, every, present
from tests.support.factories import NOW, an_account, reload

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _two_days_later(key_file):
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def certificate():
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    return certificates()[0]


@pytest.fixture
def content(certificate):
    return signing.signed_content(certificate, now=NOW)[1]


def lose(certificate, how):
    key = reload(certificate).file.key
    if how == "deleted":
        storage().delete(key)
    else:
        storage().put(key, BytesIO(b"%PDF-1.7 garbage"))


def signature_check(client, certificate):
    found = client.get(f"/verify/{certificate.code}.json").json
    (check,) = [one for one in found["checks"] if one["check"] == "signature"]
    return found["valid"], check["passed"], check["words"]


def test_a_whole_file_is_in_order(client, certificate, content):
    valid, passed, words = signature_check(client, certificate)
    assert (valid, passed, "còn nguyên vẹn" in words) == (True, True, True)


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_lost_file_is_not_said_to_be_in_order(client, certificate, content, how):
    lose(certificate, how)
    valid, passed, words = signature_check(client, certificate)
    assert (valid, passed, "đã mất hoặc hỏng" in words) == (True, None, True)


def test_a_store_that_does_not_answer_is_not_a_lost_file(client, certificate, content, monkeypatch):
    def silent(*_given, **_more):
        raise StorageError("timed out")

    monkeypatch.setattr(type(storage()), "pieces", silent)
    _valid, passed, words = signature_check(client, certificate)
    assert (passed, "chưa đọc được" in words) == (None, True)


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_lost_file_is_made_anew_and_its_copies_still_count(
    client, sign_in, certificate, content, how
):
    lose(certificate, how)
    holder = an_account(person=certificate.person)
    answer = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert answer.data != content
    for copy in (content, answer.data):
        found = examine(copy)
        assert (found.verdict, found.certificate) == (FileVerdict.UNCHANGED, reload(certificate))
        assert found.key is reload(certificate).signing_key
    assert signature_check(client, certificate)[1] is True
    (file,) = every(StoredFile)
    assert file.id == reload(certificate).file_id
    assert every(AuditEntry)[-1].action == "records.remake_file"
    again = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert again.data == answer.data


def test_a_lost_file_that_nobody_can_sign_anew_is_told(sign_in, certificate, content, key_file):
    lose(certificate, "replaced")
    key_file.unlink()
    holder = an_account(person=certificate.person)
    answer = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert (answer.status_code, "không thấy khóa ký" in answer.text) == (409, True)
    assert reload(certificate).lost_sha256 is None


def test_the_copy_that_somebody_takes_along_is_whole_too(certificate, content):
    from club.records.certificates.personal_files import pdfs_of_certificates

    lose(certificate, "replaced")
    (file,) = pdfs_of_certificates([reload(certificate)])
    taken = b"".join(file.content())
    assert (taken[:5], len(taken)) == (b"%PDF-", file.size)
    assert b"garbage" not in taken


def test_what_somebody_else_made_anew_meanwhile_stands(certificate, content):
    lose(certificate, "deleted")
    known = reload(certificate)
    lost = known.file
    with transaction():
        made = signing._made(known, instead_of=lost, now=LATER)
    assert signing._made(known, instead_of=lost, now=LATER) is made
