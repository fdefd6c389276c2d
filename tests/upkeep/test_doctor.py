from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from flask_babel import force_locale

from club.accounts.models import RoleName
from club.db import transaction
from club.files.receiving import add_file, receive
from club.files.storage import Storage, storage
from club.outbox.operations import write_letter
from club.records.certificates import signing
from club.records.certificates.designing import keep_design
from club.records.certificates.designs import Wording
from club.records.certificates.distrusting import distrust_key
from club.records.operations import close_run
from club.upkeep import doctor, readiness
from tests.materials.kit import PDF
from tests.records.kit import a_taught_run, certificates, present
from tests.support.factories import NOW, a_run, an_account, reload


@pytest.fixture
def migrated(monkeypatch):
    """Test tables come from the models, so no migration is on record."""
    monkeypatch.setattr(readiness, "pending_migrations", lambda: False)
    monkeypatch.setattr(doctor, "pending_migrations", lambda: False)


@pytest.fixture
def behind(monkeypatch):
    """The code has a migration that the database has not seen."""
    monkeypatch.setattr(readiness, "newest_revision", lambda: "0007")


def found(now=NOW):
    with force_locale("en"):
        return [trouble.what for trouble in doctor.troubles(now=now)]


def a_letter(**given):
    return write_letter(
        **{
            "kind": "test",
            "event_key": "test:1",
            "person_id": None,
            "recipient": "a@example.vn",
            "language": "vi",
            "subject": "Chào",
            "body_text": "Chào anh chị.",
            "now": NOW,
        }
        | given
    )


def test_a_healthy_site_has_no_trouble(migrated):
    a_run()
    assert found() == []


def test_a_database_behind_the_code_is_trouble(behind):
    assert found() == ["The database is older than the code."]


def test_letters_that_nobody_sends_are_trouble(migrated):
    a_letter()
    assert found(NOW + timedelta(minutes=14)) == []
    assert found(NOW + timedelta(minutes=16)) == [
        "Letters have been waiting since 2026-03-03 02:00."
    ]


def test_places_that_differ_from_registrations_are_trouble(migrated):
    run = a_run(code="5S-2026-03")
    with transaction():
        reload(run).places_taken = 3
    assert found() == ["Kept places differ from the registrations: 5S-2026-03"]


def test_a_readable_secret_is_trouble(migrated, app):
    secret = app.extensions["club.settings"].var / "secret"
    secret.write_text("x")
    secret.chmod(0o644)
    try:
        assert found() == ["Others on this machine can read the secret key."]
    finally:
        secret.unlink()


def test_production_wants_https_mail_backups_and_no_demo(migrated, app, monkeypatch):
    settings = app.extensions["club.settings"]
    monkeypatch.setitem(app.extensions, "club.settings", replace(settings, production=True))
    an_account(RoleName.ADMINISTRATOR, email="quantri@club.example")
    assert found() == [
        "A production site holds demo accounts, whose password everybody knows.",
        "A production site is not served over HTTPS.",
        "Letters are written to files and reach nobody.",
        "There is no backup of the last two days.",
    ]


def test_doctor_exits_with_one_when_something_is_wrong(app, behind):
    outcome = app.test_cli_runner().invoke(args=["doctor"])
    assert outcome.exit_code == 1
    assert "flask --app club db upgrade" in outcome.output


def test_doctor_says_when_all_is_well(app, migrated):
    outcome = app.test_cli_runner().invoke(args=["doctor"])
    assert (outcome.exit_code, outcome.output) == (0, "Không có gì trục trặc.\n")


def test_backup_and_restore_say_what_they_did(app, tmp_path):
    runner = app.test_cli_runner()
    saved = runner.invoke(args=["backup", str(tmp_path / "club.zip")])
    assert saved.exit_code == 0
    assert "0 dòng" in saved.output
    # Writing a backup is itself remembered, so the database is no longer empty.
    refused = runner.invoke(args=["restore", str(tmp_path / "club.zip")])
    assert refused.exit_code == 1
    assert "không trống" in refused.output


def test_a_backup_that_cannot_be_written_says_so(app, tmp_path):
    outcome = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "gone" / "club.zip")])
    assert outcome.exit_code == 1
    assert outcome.output.startswith("Error: Không ghi được ")
    assert "No such file or directory" in outcome.output


def test_a_store_that_takes_no_files_is_trouble(migrated, app, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setitem(app.extensions, "club.storage", Storage(str(tmp_path / "taken")))
    [trouble] = found()
    assert trouble.startswith("Files cannot be stored in ")


def test_a_stored_file_that_disappeared_is_trouble(migrated):
    file = add_file(receive(BytesIO(PDF), name="Bài 1.pdf"), by=None, now=NOW)
    assert found() == []
    storage().delete(file.key)
    assert found() == [
        f"1 stored files are missing or cut off, for example: Bài 1.pdf ({file.key})"
    ]


def test_a_signing_key_in_its_place_is_no_trouble(migrated, key_file):
    signing.make_first_key(now=NOW)
    assert found() == []


def test_a_lost_or_damaged_signing_key_is_trouble(migrated, key_file):
    signing.make_first_key(now=NOW)
    key_file.write_text("nothing of the kind")
    damaged = found()
    key_file.unlink()
    assert damaged == found()
    assert "no new certificate can be signed" in damaged[0]


def test_a_signing_key_that_may_have_been_stolen_is_trouble(migrated, key_file):
    fingerprint = signing.make_first_key(now=NOW).fingerprint
    distrust_key(fingerprint, since=NOW, reason="Mất máy", by=None, now=NOW)
    assert found() == ["The key in place may be in wrong hands, so no new certificate is signed."]
    signing.rotate_key(with_authority=True, by=None, now=NOW)
    assert found() == []


def test_certificates_that_cannot_be_printed_are_named(migrated, key_file):
    run = a_taught_run(code="DL-2026-03")
    present(run)
    close_run(run.id, by=None, now=NOW)
    with transaction():
        certificates()[0].failed_prints = 2
    assert (
        "The PDF file of 1 certificates could not be made: CN-2026-000001 (DL-2026-03)" in found()
    )


def test_a_signing_key_that_others_can_read_is_trouble(migrated, key_file):
    signing.make_first_key(now=NOW)
    key_file.chmod(0o644)
    assert found() == ["Others on this machine can read the signing key."]


def test_a_key_that_signed_for_three_years_is_to_be_replaced(migrated, key_file):
    signing.make_first_key(now=NOW)
    assert found(now=NOW + timedelta(days=1094)) == []
    (said,) = found(now=NOW + timedelta(days=1095))
    assert "has signed for three years" in said


def test_a_damaged_file_is_trouble(migrated):
    file = add_file(receive(BytesIO(PDF), name="Bài 1.pdf"), by=None, now=NOW)
    storage().put(file.key, BytesIO(PDF[:-1] + b"?"))
    assert found() == [
        f"1 of 50 stored files that were read are damaged, for example: Bài 1.pdf ({file.key})"
    ]


def test_certificates_without_a_signer_are_trouble(migrated, key_file):
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    without = "Certificates are issued, and nobody's name stands at their foot."
    assert without in found()
    signer = Wording(signer_name="Lê Văn Ký")
    keep_design(signer, logo=None, signature=None, by=None, now=NOW)
    assert without not in found()
