"""Answers a calendar program: nothing new in one query, else the whole text, packed."""

import gzip
import hashlib
from collections.abc import Callable

from flask import Response, request

from club.calendar.contents import Fingerprint
from club.documents.icalendar import FORMAT

MAX_AGE = 300
_PACKED = "-gz"


def answer(
    fingerprint: Fingerprint, *, about: str, public: bool, write: Callable[[], str]
) -> Response:
    """304 where the program has it already; ``write`` is called only where it has not.

    ``about`` is all else the text depends on: language, filters, the feed itself.
    """
    etag = _etag(fingerprint, about)
    known = request.if_none_match
    if known and (known.contains_weak(etag) or known.contains_weak(etag + _PACKED)):
        response = Response(status=304)
    else:
        response = Response(write().encode(), content_type="text/calendar; charset=utf-8")
        if request.accept_encodings["gzip"]:
            response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            etag += _PACKED
    response.set_etag(etag)
    response.last_modified = fingerprint.modified_at
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={MAX_AGE}"
    response.headers["Vary"] = "Accept-Encoding"
    if not public:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _etag(fingerprint: Fingerprint, about: str) -> str:
    facts = f"{FORMAT}|{fingerprint.parts}|{fingerprint.modified_at}|{about}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]
