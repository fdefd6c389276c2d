"""Pages that say when they last changed, so that a browser need not fetch them again.

The ETag comes from stored revisions, never from the rendered page: making that one would cost
what it is meant to save.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache

from flask import Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from club.config import ROOT

_SHOWN_IN_PAGES = ("templates", "club", "static/css")


def unless_known(
    *revisions: object, changed_at: datetime | None, page: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """Answer 304 to whoever has the page in this state already, else ``page()``.

    ``revisions`` is all that the page's own part depends on. The layout shows who is signed in
    and what an action came to, so only strangers without such a message are answered from here.
    """
    if current_user.is_authenticated or session.get("_flashes"):
        return page()
    etag = _etag(revisions)
    known = request.if_none_match.contains_weak(etag)
    response = Response(status=304) if known else make_response(page())
    if response.status_code in {200, 304}:
        response.set_etag(etag, weak=True)
        response.last_modified = changed_at
        response.vary.add("Cookie")
    return response


def _etag(revisions: tuple[object, ...]) -> str:
    if "club_facts" not in g:
        g.club_facts = current_app.extensions["club.facts"]()
    parts = (revisions, str(get_locale()), g.club_facts, _installed())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


@cache
def _installed() -> int:
    """When the code and the templates that make the pages were last touched."""
    files = (path for folder in _SHOWN_IN_PAGES for path in (ROOT / folder).rglob("*.*"))
    return max(path.stat().st_mtime_ns for path in files if path.suffix != ".pyc")
