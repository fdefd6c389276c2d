"""A refused POST answers with the page its form stood on: as things stand now, with the reason
above and what was typed in the form.

One mechanism for all rooms. A view that has nothing to add lets ``RefusedError`` go by.
"""

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, request, session
from flask.ctx import RequestContext
from flask.sessions import SessionMixin
from werkzeug.exceptions import HTTPException

from club.refusal import RefusedError
from club.web import kept_input

#: How far above the posted address its page may lie: ``/courses/x/sessions/y/cancellation``.
_STEPS_UP = 2


def shown_again(reason: str) -> Response | None:
    """The page, to be answered in place of what was asked; ``None`` where none can be shown."""
    for address in _pages_of_the_form():
        page = _drawn(address, (reason, "error"))
        if page is None:
            continue
        lost = kept_input.texts_lost_in(page.get_data(as_text=True))
        said = (kept_input.words_of(lost), "info")
        return _drawn(address, (reason, "error"), said) if lost else page
    return None


def _pages_of_the_form() -> Iterator[str]:
    """The page it was sent from; where the browser does not say, what lies above its address."""
    yield kept_input.form_page()
    path = dirname(request.path)
    for _step in range(_STEPS_UP):
        if path != "/":
            yield path
        path = dirname(path)


def _drawn(address: str, *messages: tuple[str, str]) -> Response | None:
    """What a GET of ``address`` answers to the same browser, within this request; each of the
    messages with its kind.
    """
    parts = urlsplit(address)
    environ = request.environ | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": "0",
        "wsgi.input": BytesIO(),
        kept_input.TYPED: request.form,
    }
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    known: SessionMixin = session._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    with RequestContext(app, environ, session=known):
        for message, kind in messages:
            flash(message, kind)
        try:
            page = app.make_response(app.dispatch_request())
        except (HTTPException, RefusedError):
            page = None
        if page is None or page.status_code != 200 or page.mimetype != "text/html":
            session.pop("_flashes", None)
            return None
        return page
