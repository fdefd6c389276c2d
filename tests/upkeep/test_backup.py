import json
import stat
import threading
import time
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask_migrate import downgrade
from sqlalchemy import func, select, text

from club.cli import create_app
from club.db import db, transaction
from club.files.storage import Storage, new_key, storage
from club.people.models import Person
from club.records.certificates.signing import make_first_key
from club.refusal import RefusedError
from club.upkeep.backup import write_backup
from club.upkeep.operations import remember
from club.upkeep.queries import present_revision
from club.upkeep.readiness import pending_migrations
from club.upkeep.restore import restore_backup
from club.upkeep.rows import line_of, reader
from club.upkeep.rules import RestoreRefusal
from club.upkeep.tables import all_tables
from tests.support.engine import make_tables, spare_engine_url
from tests.support.factories import NOW, a_person, a_run, an_account, an_employment, an_organisation
from tests.support.migrated import migrated_site

pytestmark = pytest.mark.slow


@pytest.fixture
def stored(app):
    """The key of a file in the store."""
    key = new_key()
    storage().put(key, BytesIO("năng suất".encode()))
    yield key
    storage().delete(key)


@pytest.fixture
def spare_app(app, tmp_path):
    """A second site with empty tables and a storage folder of its own."""
    with spare_engine_url(tmp_path) as url:
        settings = replace(
            app.extensions["club.settings"],
            database_url=url,
            storage_url=str(tmp_path / "files"),
            var=tmp_path,
            signing_key=tmp_path / "spare-key.pem",
        )
        spare = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
        make_tables(spare)
        yield spare
        with spare.app_context():
            db.engine.dispose()


def a_small_club():
    firm = an_organisation(name="Công ty Gốm Demo")
    person = a_person(full_name="Đặng Thị Ánh", birth_year=1990)
    an_employment(person, firm, from_day=date(2025, 7, 1))
    run = a_run(sessions=2)
    an_account(person=person)
    return run


def everything():
    return {
        table.name: sorted(
            (repr(tuple(row)) for row in db.session.execute(select(table))),
        )
        for table in all_tables()
        if table.name != "remembered"
    }


def test_what_was_backed_up_comes_back_whole(app, spare_app, stored, tmp_path):
    a_small_club()
    before = everything()
    db.session.rollback()

    write_backup(tmp_path / "club.zip", now=NOW)
    with spare_app.app_context():
        restored = restore_backup(tmp_path / "club.zip")
        after = everything()

    assert after == before
    assert restored.secret_fits
    assert restored.manifest.tables["session"].rows == 2
    assert (tmp_path / "files" / stored).read_text(encoding="utf-8") == "năng suất"


def test_the_signing_key_stays_out_of_backups_and_is_asked_for(spare_app, key_file, tmp_path):
    make_first_key(now=NOW)
    secret = key_file.read_bytes().splitlines()[1]
    db.session.rollback()
    write_backup(tmp_path / "club.zip", now=NOW)
    with zipfile.ZipFile(tmp_path / "club.zip") as archive:
        assert all(secret not in archive.read(name) for name in archive.namelist())
    with spare_app.app_context():
        assert restore_backup(tmp_path / "club.zip").key_is_missing


def test_a_bucket_is_backed_up_as_a_folder_is(app, spare_app, monkeypatch, tmp_path):
    bucket, other = Storage("memory:///"), Storage("memory:///")
    key = new_key()
    bucket.put(key, BytesIO(b"x" * 3_000_000))
    bucket.put("somebody-elses/file.txt", BytesIO(b"x"))
    monkeypatch.setitem(app.extensions, "club.storage", bucket)
    monkeypatch.setitem(spare_app.extensions, "club.storage", other)
    assert list(write_backup(tmp_path / "club.zip", now=NOW).files) == [key]

    with spare_app.app_context():
        restore_backup(tmp_path / "club.zip")
    assert [(found.key, found.size) for found in other.objects()] == [(key, 3_000_000)]


def test_new_rows_after_a_restore_get_new_numbers(app, spare_app, tmp_path):
    a_small_club()
    write_backup(tmp_path / "club.zip", now=NOW)

    with spare_app.app_context():
        restore_backup(tmp_path / "club.zip")
        highest = db.session.scalar(select(func.max(Person.id)))
        db.session.rollback()
        assert a_person().id == highest + 1


def test_only_its_owner_can_read_a_backup(app, tmp_path):
    write_backup(tmp_path / "club.zip", now=NOW)
    assert stat.S_IMODE((tmp_path / "club.zip").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["club.zip"]


def test_a_database_that_holds_rows_is_not_written_over(app, tmp_path):
    a_person()
    write_backup(tmp_path / "club.zip", now=NOW)
    with pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "club.zip")
    assert refused.value.refusal is RestoreRefusal.NOT_EMPTY


def test_a_damaged_backup_restores_nothing(app, spare_app, tmp_path):
    a_person()
    write_backup(tmp_path / "club.zip", now=NOW)
    with (
        zipfile.ZipFile(tmp_path / "club.zip") as good,
        zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content.replace(b"Nguy", b"Tran") if "person" in name else content)

    with spare_app.app_context():
        with pytest.raises(RefusedError) as refused:
            restore_backup(tmp_path / "bad.zip")
        assert refused.value.refusal is RestoreRefusal.DAMAGED
        assert db.session.scalar(select(func.count(Person.id))) == 0


def test_a_backup_of_other_tables_is_refused(app, spare_app, tmp_path):
    write_backup(tmp_path / "club.zip", now=NOW)
    rewrite_manifest(tmp_path / "club.zip", revision="9999")
    with spare_app.app_context(), pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "club.zip")
    assert refused.value.refusal is RestoreRefusal.OTHER_REVISION


@pytest.fixture
def migrated_app(app, tmp_path):
    """A second site whose tables were made by the migrations, as in earnest."""
    with migrated_site(app, tmp_path) as site:
        yield site


def a_backup(app, path, *, revision):
    with app.app_context():
        a_small_club()
        before = everything()
        db.session.rollback()
        write_backup(path, now=NOW)
    rewrite_manifest(path, revision=revision)
    return before


@pytest.mark.slow
@pytest.mark.parametrize("older", ["base", "0001", "0005"])
def test_a_database_of_an_older_version_is_brought_up_to_date_first(
    app, migrated_app, tmp_path, older
):
    before = a_backup(app, tmp_path / "club.zip", revision=present_revision())
    downgrade(revision=older)
    restore_backup(tmp_path / "club.zip")
    assert everything() == before
    assert not pending_migrations()


@pytest.mark.slow
def test_an_older_database_is_said_to_be_older_when_it_is_backed_up(migrated_app, tmp_path):
    downgrade(revision="0005")
    target = tmp_path / "club.zip"
    outcome = migrated_app.test_cli_runner().invoke(args=["backup", str(target)])
    assert outcome.exit_code == 1
    assert "Cơ sở dữ liệu cũ hơn mã nguồn." in outcome.output
    assert "flask --app club db upgrade" in outcome.output
    assert not target.exists()


@pytest.mark.slow
def test_an_older_database_that_holds_rows_stays_as_it_is(app, migrated_app, tmp_path):
    a_backup(app, tmp_path / "club.zip", revision=present_revision())
    downgrade(revision="0005")
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO remembered VALUES ('a', 'b', '2026-03-03')"))
    with pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "club.zip")
    assert refused.value.refusal is RestoreRefusal.NOT_EMPTY
    assert present_revision() == "0005"


@pytest.mark.slow
def test_a_database_of_a_newer_version_is_refused(app, migrated_app, tmp_path):
    a_backup(app, tmp_path / "club.zip", revision=present_revision())
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "club.zip")
    assert refused.value.refusal is RestoreRefusal.UNKNOWN_DATABASE


def test_a_backup_that_names_a_file_outside_is_refused(app, spare_app, stored, tmp_path):
    write_backup(tmp_path / "club.zip", now=NOW)
    rename_a_file(tmp_path / "club.zip", stored, "../../evil")

    with spare_app.app_context(), pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "club.zip")
    assert refused.value.refusal is RestoreRefusal.UNSAFE_NAME


def test_something_else_is_not_a_backup(app, tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"not a zip")
    with pytest.raises(RefusedError) as refused:
        restore_backup(tmp_path / "letter.docx")
    assert refused.value.refusal is RestoreRefusal.NOT_A_BACKUP


class Writing(threading.Thread):
    """Adds a person and remembers how many there are, in one transaction, again and again."""

    def __init__(self, app) -> None:
        super().__init__()
        self.app, self.stop, self.written, self.slowest = app, threading.Event(), 0, 0.0

    def run(self) -> None:
        with self.app.app_context():
            while not self.stop.is_set():
                begun = time.perf_counter()
                with transaction() as session:
                    a_person()
                    count = session.scalar(select(func.count(Person.id)))
                    remember("people", str(count), now=NOW)
                self.slowest = max(self.slowest, time.perf_counter() - begun)
                self.written += 1
                db.session.remove()

    def wait_for(self, more: int) -> None:
        enough = self.written + more
        while self.written < enough:
            time.sleep(0.01)


@pytest.mark.slow
def test_a_backup_under_load_is_one_moment_and_blocks_nobody(app, spare_app, tmp_path):
    writing = Writing(app)
    writing.start()
    try:
        writing.wait_for(50)
        write_backup(tmp_path / "club.zip", now=NOW)
        writing.wait_for(20)
    finally:
        writing.stop.set()
        writing.join()

    with zipfile.ZipFile(tmp_path / "club.zip") as archive:
        people = archive.read("tables/person.jsonl").splitlines()
        remembered = json.loads(archive.read("tables/remembered.jsonl").splitlines()[0])
    assert remembered["value"] == str(len(people))
    assert len(people) >= 50
    assert writing.slowest < 2
    with spare_app.app_context():
        restore_backup(tmp_path / "club.zip")
        assert db.session.scalar(select(func.count(Person.id))) == len(people)


def rewrite_manifest(path, **changes):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changes).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def rename_a_file(path, old, new):
    """As somebody would who wants to write outside of the folder."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    manifest["files"][new] = manifest["files"].pop(old)
    parts["manifest.json"] = json.dumps(manifest).encode()
    parts[f"files/{new}"] = parts.pop(f"files/{old}")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_money_and_bytes_keep_their_value():
    table = next(t for t in all_tables() if t.name == "training_record")
    line = line_of({"id": 1, "person_days": Decimal("1.5"), "day": date(2026, 3, 3)})
    assert reader(table)(line) == {
        "id": 1,
        "person_days": Decimal("1.5"),
        "day": date(2026, 3, 3),
    }
