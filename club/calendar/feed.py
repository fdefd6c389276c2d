"""Answers a calendar program: nothing new in one query, else the whole calendar, packed."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, request

from club.calendar.contents import Fingerprint
from club.documents.icalendar import FORMAT

MAX_AGE = 300
_PACKED = "-gz"
#: Dates in headers have whole seconds: within them a second change could hide behind the first.
_SETTLED = timedelta(seconds=2)


def answer(
    fingerprint: Fingerprint, *, about: str, public: bool, write: Callable[[], bytes], now: datetime
) -> Response:
    """304 where the program has it already; ``write`` is called only where it has not.

    ``about`` is all else the text depends on: language, filters, the feed itself.
    """
    etag = _etag(fingerprint, about)
    if _is_known(etag, fingerprint.modified_at):
        response = Response(status=304)
    else:
        response = Response(write(), content_type="text/calendar; charset=utf-8")
        if request.accept_encodings["gzip"]:
            response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            etag += _PACKED
        if fingerprint.modified_at and fingerprint.modified_at + _SETTLED <= now:
            response.last_modified = fingerprint.modified_at
    response.set_etag(etag)
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={MAX_AGE}"
    response.headers["Vary"] = "Accept-Encoding"
    if not public:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_known(etag: str, modified_at: datetime | None) -> bool:
    """By its tag; only a program that sends none is answered by the date (RFC 9110)."""
    if request.headers.get("If-None-Match"):
        known = request.if_none_match
        return known.contains_weak(etag) or known.contains_weak(etag + _PACKED)
    since = request.if_modified_since
    return bool(since and modified_at and modified_at.replace(microsecond=0) <= since)


def _etag(fingerprint: Fingerprint, about: str) -> str:
    facts = f"{FORMAT}|{fingerprint.parts}|{fingerprint.modified_at}|{about}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]
