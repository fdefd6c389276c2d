"""Handing in the PDF of a certificate to see whether it is unchanged."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.db import transaction
from club.files.storage import storage
from club.records.certificates import codes, examining, signing
from club.records.certificates.designs import Design
from club.records.certificates.examining import FileVerdict, examine
from club.records.certificates.keys import new_keys
from club.records.certificates.operations import revoke_certificate
from club.records.certificates.printing import certificate_pdf
from club.records.certificates.sealing import signed
from club.records.operations import close_run
from club.records.transcripts.signing import signed_transcript
from club.records.views import checked_files
from club.refusal import RefusedError
from tests.materials.kit import PDF, a_large_post
from tests.records.kit import a_taught_run, certificates, on_the_list, present
from tests.support.factories import NOW, a_person, an_account, reload

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def certificate():
    run = a_taught_run()
    present(run, on_the_list(run, a_person(full_name="Nguyễn Thị Dung")))
    close_run(run.id, by=None, now=NOW)
    return certificates()[0]


@pytest.fixture
def content(certificate):
    file = signing.signed_file(certificate, now=NOW)
    return b"".join(storage().pieces(file.key))


def handed_in(client, content, **given):
    return client.post("/verify", data={"file": (BytesIO(content), "giay.pdf")}, **given)


def without_a_row(certificate):
    with transaction():
        reload(certificate).file_id = None


def test_the_file_that_the_club_signed_is_unchanged(client, certificate, content):
    answer = handed_in(client, content)
    assert answer.status_code == 200
    assert "Tệp còn nguyên vẹn" in answer.text
    assert certificate.number in answer.text
    assert certificate.holder_name not in answer.text


def test_the_signature_alone_proves_it_too(certificate, content):
    without_a_row(certificate)
    found = examine(content)
    assert (found.verdict, found.certificate) == (FileVerdict.UNCHANGED, reload(certificate))
    assert found.key is reload(certificate).signing_key


def test_a_key_of_earlier_years_still_proves_it(certificate, content):
    signing.rotate_key(with_authority=True, by=None, now=NOW)
    without_a_row(certificate)
    with time_machine.travel(NOW + timedelta(days=365 * 20), tick=False):
        assert examine(content).verdict is FileVerdict.UNCHANGED


def flipped(content, at, bit=1):
    changed = bytearray(content)
    changed[at] ^= bit
    return bytes(changed)


def gap_of(content):
    """The places of the room that is kept for the signature."""
    return range(*re.search(rb"<[0-9A-F]{1000,}>", content).span())


def test_one_flipped_byte_is_found(client, content):
    answer = handed_in(client, flipped(content, len(content) // 2))
    assert "Tệp đã bị sửa" in answer.text
    assert "Tệp còn nguyên vẹn" not in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_flipped_byte_anywhere_makes_the_file_an_altered_one(certificate, content, is_kept):
    if not is_kept:
        without_a_row(certificate)
    # The first bytes say that it is a PDF file at all.
    places = [*range(8, len(content), len(content) // 150), *gap_of(content)[::61]]
    found = {examine(flipped(content, at)).verdict for at in places}
    assert found == {FileVerdict.ALTERED}


def test_digits_in_small_letters_are_a_change(content):
    at = next(place for place in gap_of(content) if content[place] in b"ABCDEF")
    assert examine(flipped(content, at, 0x20)).verdict is FileVerdict.ALTERED


def test_the_first_bytes_make_it_a_pdf_file(content):
    with pytest.raises(RefusedError):
        examine(flipped(content, 1))


def test_something_added_after_the_signature_is_found(certificate, content):
    without_a_row(certificate)
    found = examine(content + b"\n1 0 obj <<>> endobj\n%%EOF")
    assert (found.verdict, found.certificate) == (FileVerdict.ALTERED, reload(certificate))
    assert found.key is not None


def test_a_file_that_only_carries_a_code_is_no_file_of_the_club(client, certificate):
    forged = PDF + codes.written(certificate.code).encode()
    answer = handed_in(client, forged)
    assert ("Tệp đã bị sửa" in answer.text, certificate.number in answer.text) == (True, True)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_several_codes_in_a_file_the_first_counts(certificate, order):
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    both = [certificates()[place] for place in order]
    named = b" ".join(codes.written(one.code).encode() for one in both)
    assert (
        examine(PDF + codes.written(codes.new_code()).encode() + b" " + named).certificate
        is both[0]
    )


def test_whoever_hands_in_a_signed_transcript_reads_how_to_check_it(client, certificate, content):
    transcript = signed_transcript(certificate.person, now=LATER)
    page = handed_in(client, transcript).text
    assert "Đây là bản trích hồ sơ đào tạo, không phải giấy chứng nhận" in page
    assert ("có chữ ký còn nguyên vẹn" in page, "/verify/list" in page) == (True, True)
    assert examine(transcript + b"\n% more").verdict is FileVerdict.ALTERED


def test_a_transcript_that_somebody_downloaded_is_checked_by_its_codes(
    client, sign_in, certificate
):
    mine = sign_in(an_account(person=certificate.person)).get("/me/records.pdf").data
    page = handed_in(client, mine).text
    assert "Đây là bản trích hồ sơ đào tạo, không phải giấy chứng nhận" in page
    assert ("Bản này không được ký" in page, "không phải của câu lạc bộ" in page) == (True, False)
    data = handed_in(client, mine, headers={"Accept": "application/json"}).json
    assert data == {"file": "transcript", "key": None, "certificate": None}


def test_who_has_handed_in_a_genuine_file_is_not_asked_for_it_again(client, certificate, content):
    page = handed_in(client, content).text
    assert ('type="file"' in page, "Gửi tệp" in page) == (False, False)
    assert "Kiểm tra tệp khác" in page
    assert "Gửi tệp anh chị đang có" in client.get(f"/verify/{certificate.code}").text


def test_somebody_else_s_signature_is_not_the_club_s(content, certificate):
    other = signed(signing_input(), new_keys("Kẻ giả mạo", now=NOW)[0])
    assert examine(other).verdict is FileVerdict.FOREIGN


def signing_input():
    """A certificate that somebody else printed, with a code of no certificate."""
    it = certificates()[0]
    made = certificate_pdf(it, Design(), public_url="http://localhost")
    return made.replace(codes.written(it.code).encode(), b"0000-0000-0000-00")


def test_a_foreign_file_is_foreign(client):
    answer = handed_in(client, PDF)
    assert (answer.status_code, "không phải của câu lạc bộ" in answer.text) == (200, True)


def test_an_unchanged_file_of_a_revoked_certificate_does_not_count(client, certificate, content):
    revoke_certificate(certificate.id, reason="Nhầm người", by=None, now=LATER)
    text = handed_in(client, content).text
    assert ("đã bị thu hồi" in text, "Nhầm người" in text) == (True, True)
    assert "Bản thân tệp còn nguyên vẹn" in text


def test_the_same_as_data(client, certificate, content):
    answer = handed_in(client, content, headers={"Accept": "application/json"})
    assert (answer.json["file"], answer.json["certificate"]["number"]) == (
        "unchanged", certificate.number
    )  # fmt: skip
    foreign = handed_in(client, PDF, headers={"Accept": "application/json"}).json
    assert foreign == {"file": "foreign", "key": None, "certificate": None}


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>%P", b"PK\x03\x04" + b"\0" * 2000])
def test_what_is_no_pdf_is_refused(client, content):
    answer = handed_in(client, content)
    assert answer.status_code == 422
    assert "Kiểm tra tệp" in answer.text


def test_a_file_that_is_too_large_is_refused(client):
    answer, reads = a_large_post(client, "/verify", megabytes=8)
    assert (answer.status_code, reads) == (413, 0)
    assert "Mỗi tệp tối đa 5 MB." in answer.text


def test_a_file_is_never_judged_by_its_beginning(client, content, monkeypatch):
    monkeypatch.setattr(checked_files, "LARGEST", len(content))
    assert handed_in(client, content).status_code == 200
    assert handed_in(client, content + b" ").status_code == 413


@pytest.mark.parametrize(
    "inside",
    [
        b"/ByteRange [0 99999999999 5 5]",
        b"/ByteRange [0 9999999999 9999999999 9999999999]",
        b"/ByteRange [0 20 30 10]<30800000>",
        b"/ByteRange [0 0 0 0]" * 5000,
        b"[" * 200_000,
        b"AAAA-" * 100_000,
        b"/ByteRange [0 10 6000 1]<" + b"30" * 3000 + b">",
    ],
)
def test_hostile_files_are_answered_soon_and_are_foreign(inside, certificate):
    assert examine(b"%PDF-1.7\n" + inside + b" " * 7000).verdict is FileVerdict.FOREIGN


def test_a_signature_that_nests_endlessly_is_no_signature(certificate, content):
    without_a_row(certificate)
    gap = content.index(b"<30")
    nested = content[: gap + 1] + b"30803080" * 1000 + content[gap + 8001 :]
    assert examine(nested).verdict is FileVerdict.ALTERED


def test_checking_a_file_needs_few_queries(client, content, count_queries):
    with count_queries() as seen:
        handed_in(client, content)
    assert len(seen) <= 5


def test_handing_in_files_is_slowed_down(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "club.limits", True)
    answers = [handed_in(client, PDF).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_nothing_is_kept_of_it(client):
    before = len(list(storage().objects()))
    handed_in(client, PDF)
    assert len(list(storage().objects())) == before
    assert examining.LARGEST == 5 << 20
