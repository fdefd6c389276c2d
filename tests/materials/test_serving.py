"""Fetching files: whole, in parts, not again, and only as attachments."""

import io
import os

import pytest
from sqlalchemy import func, select

from club.db import db
from club.files.serving import file_response
from club.files.storage import PIECE, storage
from club.materials.models import MaterialDownloads, Visibility
from tests.materials.kit import a_material, a_page
from tests.support.factories import a_run

SIZE = 2 * PIECE + 100


@pytest.fixture
def material(app):
    return a_material(
        a_run(),
        content=b"%PDF-1.7 " + os.urandom(SIZE) + b" startxref\n9\n",
        visibility=Visibility.EVERYBODY,
    )


@pytest.fixture
def content(material):
    return b"".join(storage().pieces(material.versions[0].file.key))


@pytest.fixture
def fetch(client, material):
    address = f"/materials/{material.public_id}/file"

    def fetch(method="GET", **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(address, method=method, headers=names)

    return fetch


def downloads():
    return db.session.scalar(select(func.coalesce(func.sum(MaterialDownloads.downloads), 0)))


def test_a_file_comes_whole_as_an_attachment(fetch, material, content):
    answer = fetch()
    assert answer.status_code == 200
    assert answer.data == content
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"] == f'"{material.versions[0].file.sha256[:32]}"'


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        (f"bytes={PIECE - 5}-{PIECE + 5}", PIECE - 5, PIECE + 6),
        ("bytes=0-999999999", 0, None),
    ],
)
def test_a_part_is_exactly_that_part(fetch, content, wanted, start, end):
    answer = fetch(Range=wanted)
    assert answer.status_code == 206
    assert answer.data == content[start:end]
    first = start if start >= 0 else len(content) + start
    last = first + len(answer.data) - 1
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(content)}"


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=9999999-99999999"])
def test_a_part_beyond_the_end_is_refused(fetch, content, wanted):
    answer = fetch(Range=wanted)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(content)}"
    assert answer.data == b""


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=5-1", ""])
def test_what_is_no_single_part_gets_the_whole(fetch, content, wanted):
    answer = fetch(Range=wanted)
    assert (answer.status_code, len(answer.data)) == (200, len(content))


def test_a_part_of_another_content_gets_the_whole(fetch, content):
    whole = fetch()
    etag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]
    assert fetch(Range="bytes=5-9", If_Range=etag).status_code == 206
    assert fetch(Range="bytes=5-9", If_Range=changed).status_code == 206
    for other in ('"other"', f"W/{etag}", "Mon, 01 Jan 2024 00:00:00 GMT"):
        answer = fetch(Range="bytes=5-9", If_Range=other)
        assert (answer.status_code, len(answer.data)) == (200, len(content))


def test_what_somebody_has_is_not_sent_again(fetch):
    whole = fetch()
    again = fetch(If_None_Match=whole.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert fetch(If_Modified_Since=whole.headers["Last-Modified"]).status_code == 304
    assert fetch(If_None_Match='"other"').status_code == 200


def test_a_look_at_the_headers_says_the_same_without_the_bytes(fetch, content):
    answer = fetch("HEAD")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(content))


def test_only_what_begins_a_download_is_counted(fetch, content):
    fetch()
    fetch(Range="bytes=0-99")
    assert downloads() == 2
    fetch("HEAD")
    fetch(Range="bytes=100-")
    fetch(Range="bytes=-50")
    fetch(Range="bytes=99999999-")
    fetch(If_None_Match=fetch("HEAD").headers["ETag"])
    assert downloads() == 2


def test_a_file_that_the_store_lost_is_an_error_page_and_no_download(fetch, material):
    storage().delete(material.versions[0].file.key)
    answer = fetch()
    assert answer.status_code == 503
    assert "<h1" in answer.text
    assert downloads() == 0


def test_a_page_has_no_file(client, app):
    page = a_page(a_run(), visibility=Visibility.EVERYBODY)
    assert client.get(f"/materials/{page.public_id}/file").status_code == 404


def test_bytes_are_fetched_as_they_are_sent(app, material):
    """A hundred megabytes for a slow reader do not lie in the memory meanwhile."""
    with app.test_request_context("/"):
        response = file_response(material.versions[0].file)
        pieces = list(response.response)
    assert max(map(len, pieces)) <= PIECE
    assert io.BytesIO(b"".join(pieces)).getbuffer().nbytes == material.versions[0].file.size
