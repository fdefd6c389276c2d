"""Sending stored files: as attachments, whole or in parts (RFC 9110), never shown in a page."""

from collections.abc import Iterator
from datetime import UTC

from flask import Response, request
from werkzeug.http import http_date, is_resource_modified

from club.files.models import StoredFile
from club.files.names import content_disposition
from club.files.storage import storage

_HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_response(file: StoredFile) -> Response:
    """The answer to a request for ``file``: 200, 206, 304 or 416. Asking for several parts at
    once gets the whole, as the standard allows.

    Raises ``StorageError`` before anything is sent where the store does not give its beginning.
    """
    headers = _HEADERS | {
        "ETag": f'"{file.sha256[:32]}"',
        "Last-Modified": http_date(file.uploaded_at),
        "Content-Disposition": content_disposition(file.name),
    }
    if not _is_news(file):
        return Response(status=304, headers=headers)
    is_part = _asks_for_part(file)
    wanted = _wanted_part(file) if is_part else (0, file.size)
    if wanted is None:
        headers["Content-Range"] = f"bytes */{file.size}"
        return Response(status=416, headers=headers)
    start, end = wanted
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["Content-Length"] = str(end - start)
    body = () if request.method == "HEAD" else _begun(file.key, start, end)
    status = 206 if is_part else 200
    return Response(body, status=status, headers=headers, content_type=file.media_type)


def personal_file_response(file: StoredFile) -> Response:
    """The same for a file about somebody: no phone that several people share keeps it."""
    answer = file_response(file)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def is_a_download(response: Response) -> bool:
    """Whether the answer begins to hand the file to somebody: a look at its headers, a part from
    the middle and "you have it already" are none.
    """
    if request.method != "GET" or response.status_code not in {200, 206}:
        return False
    return response.headers.get("Content-Range", "bytes 0-").startswith("bytes 0-")


def _is_news(file: StoredFile) -> bool:
    return is_resource_modified(
        request.environ,
        etag=file.sha256[:32],
        last_modified=file.uploaded_at.replace(microsecond=0).astimezone(UTC),
    )


def _wanted_part(file: StoredFile) -> tuple[int, int] | None:
    """From where up to without where; ``None``: the file has no such part."""
    assert request.range
    found = request.range.range_for_length(file.size)
    return (int(found[0] or 0), int(found[1] or file.size)) if found else None


def _asks_for_part(file: StoredFile) -> bool:
    """A part is wanted, and of this very content."""
    wanted, given = request.range, request.headers.get("If-Range")
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return False
    if request.method != "GET":
        return False
    known = {f'"{file.sha256[:32]}"', http_date(file.uploaded_at)}
    return given is None or given.strip() in known


def _begun(key: str, start: int, end: int) -> Iterator[bytes]:
    """The pieces, the first of which is there already: what fails then still gets a page."""
    pieces = storage().pieces(key, start=start, end=end)
    first = next(pieces)

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()
