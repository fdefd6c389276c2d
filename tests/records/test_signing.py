import stat
import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from club.audit.models import AuditEntry
from club.db import db
from club.files.models import StoredFile
from club.files.storage import StorageError, storage
from club.records.certificates import signing
from club.records.certificates.examining import FileVerdict, examine
from club.records.certificates.keys import (
    KEY_SIGNS_FOR,
    Places,
    new_keys,
    read_authority,
    read_keys,
)
from club.records.certificates.models import SigningKey
from club.records.certificates.rules import Refusal
from club.records.operations import close_run
from club.refusal import RefusedError
from tests.records.kit import a_taught_run, certificates, every, on_the_list, present
from tests.records.signature_reader import BrokenError, signer_of
from tests.support.factories import NOW, a_person, an_account, reload

pytestmark = pytest.mark.slow

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_key(key_file):
    """A place of its own for the key of each test."""


@pytest.fixture
def certificate():
    run = a_taught_run()
    present(run, on_the_list(run, a_person(full_name="Nguyễn Thị Thùy Dương")))
    close_run(run.id, by=None, now=NOW)
    return certificates()[0]


def bytes_of(file):
    return b"".join(storage().pieces(file.key))


def content_of(certificate, now=NOW):
    return bytes_of(signing.signed_file(certificate, now=now))


def authorities():
    return [x509.load_pem_x509_certificate(key.authority.encode()) for key in every(SigningKey)]


def verdict(content):
    """What the validator of the library that signs says of the only signature."""
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.serialization import Encoding

    roots = [Certificate.load(a.public_bytes(Encoding.DER)) for a in authorities()]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=LATER)
    (signature,) = PdfFileReader(BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_the_file_is_signed_by_the_club_and_closed_to_changes(certificate):
    said = verdict(content_of(certificate))
    assert (said.intact, said.valid, said.trusted, said.bottom_line) == (True,) * 4
    assert said.coverage.name == "ENTIRE_FILE"
    assert "productivity" in said.signing_cert.subject.human_friendly.lower() or (
        "năng suất" in said.signing_cert.subject.human_friendly
    )


def test_another_reader_finds_text_tags_and_signature(certificate):
    reader = PdfReader(BytesIO(content_of(certificate)))
    catalog = reader.trailer["/Root"]
    assert "Nguyễn Thị Thùy Dương" in reader.pages[0].extract_text()
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"]) == (True, "vi-VN")
    assert "/StructTreeRoot" in catalog
    (field,) = catalog["/AcroForm"]["/Fields"]
    signature = field.get_object()["/V"]
    assert signature["/SubFilter"] == "/ETSI.CAdES.detached"
    metadata = catalog["/Metadata"].get_data().decode()
    # Both standards are made of PDF 1.7.
    assert reader.pdf_header == "%PDF-1.7"
    assert ("/Version" in catalog, list(catalog["/Extensions"])) == (False, ["/ESIC"])
    for standard in ('pdfaid:part="2"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"'):
        assert standard in metadata


def test_a_reader_of_its_own_finds_the_club_as_the_signer(certificate):
    content = content_of(certificate)
    signer = signer_of(content, authorities(), at=LATER)
    assert signer.fingerprint(SHA256()).hex() == reload(certificate).signing_key.fingerprint
    (stranger, _) = new_keys("Kẻ giả mạo", now=NOW)
    with pytest.raises(BrokenError, match="authority"):
        signer_of(content, [stranger.authority], at=LATER)


def test_a_flipped_bit_anywhere_breaks_the_signature(certificate):
    content, trusted = content_of(certificate), authorities()
    for at in range(0, len(content), 101):
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises(BrokenError):
            signer_of(bytes(changed), trusted, at=LATER)


def test_the_file_is_stored_once_and_stays_the_same(certificate):
    first = content_of(certificate)
    assert content_of(reload(certificate), now=LATER) == first
    (file,) = every(StoredFile)
    assert (file.id, file.name) == (reload(certificate).file_id, "CN-2026-000001.pdf")


def test_whoever_asks_at_once_gets_the_same_file(app, certificate):
    certificate_id, got = certificate.id, []
    db.session.rollback()

    def ask():
        with app.app_context():
            found = db.session.get(type(certificate), certificate_id)
            got.append(signing.signed_file(found, now=NOW).sha256)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(got), len(set(got)), len(every(StoredFile))) == (4, 1, 1)
    assert len(every(SigningKey)) == 1


def test_the_first_key_makes_itself_and_is_nobody_else_s_to_read(certificate, key_file):
    signing.signed_file(certificate, now=NOW)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list(key_file.parent.iterdir()) == [key_file]
    (key,) = every(SigningKey)
    assert key.fingerprint == read_keys(key_file).signing.fingerprint
    assert reload(certificate).signing_key_id == key.id
    assert "PRIVATE" not in key.certificate + key.authority


def test_a_new_key_signs_from_now_on_and_old_signatures_stay_good(certificate, key_file):
    old = content_of(certificate)
    authority = read_keys(key_file).authority
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=LATER)
    new = content_of(certificates()[1], now=LATER)
    assert [key.retired_at for key in every(SigningKey)] == [NOW, None]
    assert certificates()[0].signing_key_id != certificates()[1].signing_key_id
    assert (verdict(old).bottom_line, verdict(new).bottom_line) == (True, True)
    assert read_keys(key_file).authority == authority
    assert every(AuditEntry)[-2].action == "records.rotate_key"


def test_the_authority_can_be_made_anew_as_well(certificate, key_file):
    old, authority = content_of(certificate), read_keys(key_file).authority
    signing.rotate_key(with_authority=True, by=None, now=NOW)
    assert read_keys(key_file).authority != authority
    assert verdict(old).bottom_line


def test_a_missing_key_is_not_replaced_in_silence(certificate, key_file, sign_in):
    signing.make_first_key(now=NOW)
    key_file.unlink()
    account = an_account(person=certificate.person)
    answer = sign_in(account).get(f"/certificates/{certificate.public_id}.pdf")
    assert (answer.status_code, "không thấy khóa ký" in answer.text) == (409, True)
    assert not key_file.exists()
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert sign_in(account).get(f"/certificates/{certificate.public_id}.pdf").status_code == 200


def test_a_damaged_key_file_signs_nothing(certificate, key_file):
    signing.make_first_key(now=NOW)
    key_file.write_text(key_file.read_text()[:900])
    with pytest.raises(RefusedError) as refused:
        signing.signed_file(certificate, now=NOW)
    assert refused.value.refusal is Refusal.KEY_MISSING


def test_a_signed_file_needs_no_key_any_more(certificate, key_file):
    content = content_of(certificate)
    key_file.unlink()
    assert content_of(reload(certificate)) == content


def test_what_a_key_signed_last_is_believed_ten_years_later(client, certificate, key_file):
    signing.make_first_key(now=NOW)
    last = NOW + KEY_SIGNS_FOR - timedelta(seconds=1)
    content = content_of(certificate, now=last)
    in_ten_years = last + timedelta(days=3653)
    signer_of(content, authorities(), at=in_ten_years)
    with time_machine.travel(in_ten_years, tick=False):
        told = client.get(f"/verify/{certificate.code}.json").json["checks"][-1]
        assert (told["check"], told["passed"]) == ("signature", True)
        assert examine(content).verdict is FileVerdict.UNCHANGED


def test_a_key_signs_nothing_after_three_years(certificate, key_file):
    signing.make_first_key(now=NOW - KEY_SIGNS_FOR)
    with pytest.raises(RefusedError) as refused:
        signing.signed_file(certificate, now=NOW)
    assert refused.value.refusal is Refusal.KEY_EXPIRED
    assert (every(StoredFile), reload(certificate).file_id) == ([], None)


def test_a_full_disk_leaves_nothing_half_signed(certificate, monkeypatch, sign_in):
    def full(*_given):
        raise StorageError("No space left on device")

    account = an_account(person=certificate.person)
    with monkeypatch.context() as patched:
        patched.setattr(type(storage()), "put", full)
        answer = sign_in(account).get(f"/certificates/{certificate.public_id}.pdf")
    assert answer.status_code == 503
    assert (every(StoredFile), reload(certificate).file_id) == ([], None)
    assert content_of(certificate).startswith(b"%PDF")


def test_a_club_that_has_a_key_makes_no_second_first_one():
    signing.make_first_key(now=NOW)
    with pytest.raises(RefusedError) as refused:
        signing.make_first_key(now=NOW)
    assert refused.value.refusal is Refusal.KEY_EXISTS


def test_the_commands_make_and_replace_the_key(app, key_file):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["certificates", "init-key"]).exit_code == 0
    first = read_keys(key_file)
    again = runner.invoke(args=["certificates", "init-key"])
    assert (again.exit_code, "rotate-key" in again.output) == (1, True)
    assert runner.invoke(args=["certificates", "rotate-key"]).exit_code == 0
    now = read_keys(key_file)
    assert now.signing.fingerprint != first.signing.fingerprint
    assert now.authority == first.authority


@pytest.mark.parametrize("name", ["Câu lạc bộ " * 12, "Clb", "ế" * 90])
def test_a_long_name_of_the_club_fits_its_key(name):
    assert new_keys(name, now=NOW)[0].signing.fingerprint


def test_two_processes_that_meet_a_key_at_once_know_it_once(monkeypatch):
    keys, look_up = new_keys("Câu lạc bộ", now=NOW)[0], signing.queries.signing_key
    known = signing.known_key(keys, now=NOW)
    answers = iter([None])
    monkeypatch.setattr(
        signing.queries, "signing_key", lambda fingerprint: next(answers, look_up(fingerprint))
    )
    assert signing.known_key(keys, now=LATER).id == known.id
    assert len(every(SigningKey)) == 1


@pytest.fixture
def authority_file(app, key_file, monkeypatch, tmp_path):
    """Another place for the authority's key, such as a medium that is seldom there."""
    path = tmp_path / "safe" / "authority-key.pem"
    settings = replace(app.extensions["club.settings"], authority_key=path)
    monkeypatch.setitem(app.extensions, "club.settings", settings)
    return path


def test_the_authority_s_key_can_lie_elsewhere(certificate, key_file, authority_file):
    content = content_of(certificate)
    private = "BEGIN PRIVATE KEY"
    assert key_file.read_text().count(private) == authority_file.read_text().count(private) == 1
    assert stat.S_IMODE(authority_file.stat().st_mode) == 0o600
    assert verdict(content).bottom_line
    authority = read_keys(key_file).authority
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert read_keys(key_file).authority == authority


def test_signing_goes_on_without_the_authority_and_a_new_key_waits_for_it(
    app, certificate, key_file, authority_file
):
    signing.make_first_key(now=NOW)
    authority_file.rename(authority_file.with_suffix(".away"))
    assert content_of(certificate).startswith(b"%PDF")
    before = key_file.read_bytes()
    refused = app.test_cli_runner().invoke(args=["certificates", "rotate-key"])
    assert (refused.exit_code, "AUTHORITY_KEY" in refused.output) == (1, True)
    assert (key_file.read_bytes(), len(every(SigningKey))) == (before, 1)
    signing.rotate_key(with_authority=True, by=None, now=NOW)
    assert authority_file.exists()
    assert len({key.authority for key in every(SigningKey)}) == 2


def test_the_authority_s_key_moves_out_with_the_next_key(
    certificate, key_file, app, monkeypatch, tmp_path
):
    signing.make_first_key(now=NOW)
    authority, elsewhere = read_keys(key_file).authority, tmp_path / "safe.pem"
    settings = replace(app.extensions["club.settings"], authority_key=elsewhere)
    monkeypatch.setitem(app.extensions, "club.settings", settings)
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert key_file.read_text().count("PRIVATE KEY") == 2
    assert read_keys(key_file).authority == authority
    assert read_authority(Places(key_file, elsewhere)).certificate == authority
    assert verdict(content_of(certificate)).bottom_line


def test_a_damaged_authority_file_makes_no_key(key_file, authority_file):
    signing.make_first_key(now=NOW)
    authority_file.write_text(authority_file.read_text()[:200])
    with pytest.raises(RefusedError) as refused:
        signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert refused.value.refusal is Refusal.AUTHORITY_MISSING
