"""The store: a folder and a bucket behave the same, and what fails says so."""

import io
import os
from datetime import timedelta

import pytest

from club.db import db, transaction
from club.files import receiving
from club.files.models import StoredFile
from club.files.receiving import add_file, missing_files, receive, sweep_orphans
from club.files.storage import PIECE, MissingFileError, Storage, StorageError, is_key, new_key
from club.outbox.worker import Chore, Worker
from club.refusal import RefusedError
from tests.materials.kit import PDF
from tests.support.factories import NOW, an_account

CONTENT = os.urandom(2 * PIECE + 17)


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    return Storage("memory:///" if request.param == "bucket" else str(tmp_path / "files"))


@pytest.fixture
def site_store(app, monkeypatch, tmp_path):
    """The store of this site, with nothing in it."""
    store = Storage(str(tmp_path / "files"))
    monkeypatch.setitem(app.extensions, "club.storage", store)
    return store


def test_what_was_put_comes_back_whole_and_in_parts(store):
    key = new_key()
    store.put(key, io.BytesIO(CONTENT))
    assert store.size(key) == len(CONTENT)
    assert b"".join(store.pieces(key)) == CONTENT
    assert [len(piece) for piece in store.pieces(key)] == [PIECE, PIECE, 17]
    assert (
        b"".join(store.pieces(key, start=PIECE - 1, end=PIECE + 2))
        == CONTENT[PIECE - 1 : PIECE + 2]
    )
    assert [(found.key, found.size) for found in store.objects()] == [(key, len(CONTENT))]
    store.delete(key)
    assert list(store.objects()) == []


def test_a_file_that_is_not_there_is_told_apart_from_a_store_that_is_not(store):
    with pytest.raises(MissingFileError):
        store.size(new_key())
    with pytest.raises(MissingFileError):
        list(store.pieces(new_key(), end=10))


def test_a_store_that_works_has_no_trouble_and_keeps_no_trace(store):
    assert store.trouble() is None
    assert list(store.objects()) == []


def test_a_folder_that_cannot_be_has_trouble(tmp_path):
    (tmp_path / "taken").write_text("a file")
    store = Storage(str(tmp_path / "taken" / "files"))
    assert store.trouble()
    with pytest.raises(StorageError):
        store.put(new_key(), io.BytesIO(b"x"))


def test_keys_are_ours_or_not():
    assert is_key(new_key())
    assert len({new_key() for _ in range(100)}) == 100
    assert not any(map(is_key, ["../../etc/passwd", "ab/x", "ab/" + "g" * 32, "/" + new_key()]))


def test_a_received_file_has_a_row_that_says_what_it_is(site_store):
    account = an_account()
    received = receive(io.BytesIO(PDF), name="Đề cương.pdf")
    file = add_file(received, by=account.id, now=NOW)
    assert (file.name, file.media_type, file.size) == ("Đề cương.pdf", "application/pdf", len(PDF))
    assert b"".join(site_store.pieces(file.key)) == PDF
    assert missing_files() == []


def test_a_file_that_is_too_large_is_never_stored(site_store):
    with pytest.raises(RefusedError) as refused:
        receive(io.BytesIO(PDF), name="a.pdf", largest=10)
    assert refused.value.refusal is receiving.FileRefusal.TOO_LARGE
    assert list(site_store.objects()) == []


def test_what_got_no_row_is_swept_two_days_later(site_store):
    kept, lost = (receive(io.BytesIO(PDF), name="a.pdf") for _ in range(2))
    add_file(kept, by=None, now=NOW)
    site_store.put("somebody-elses/file.txt", io.BytesIO(b"x"))
    stored_at = next(site_store.objects()).modified_at
    assert sweep_orphans(now=stored_at + timedelta(days=1)) == 0
    assert sweep_orphans(now=stored_at + timedelta(days=3)) == 1
    assert {found.key for found in site_store.objects()} == {kept.key, "somebody-elses/file.txt"}
    assert lost.key not in {found.key for found in site_store.objects()}


def test_a_failed_transaction_leaves_no_row(site_store):
    received = receive(io.BytesIO(PDF), name="a.pdf")

    def fails_afterwards():
        with transaction():
            add_file(received, by=None, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_afterwards()
    assert db.session.query(StoredFile).count() == 0


def test_rows_without_their_file_are_found(site_store):
    whole, cut, gone = (
        add_file(receive(io.BytesIO(PDF), name=name), by=None, now=NOW) for name in "abc"
    )
    site_store.put(cut.key, io.BytesIO(PDF[:-3]))
    site_store.delete(gone.key)
    assert missing_files() == [cut, gone]
    assert whole.size == len(PDF)


def test_a_store_that_is_away_does_not_end_the_worker(app, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setitem(app.extensions, "club.storage", Storage(str(tmp_path / "taken")))
    swept = []
    Worker(
        [
            Chore("files", timedelta(0), lambda now, _stopped: sweep_orphans(now=now)),
            Chore("after", timedelta(0), lambda now, _stopped: swept.append(now)),
        ]
    ).one_round()
    assert len(swept) == 1
