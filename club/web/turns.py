"""One page at a time in each process, while slow lines are waited for.

Pages are made one after the other: two at once in one interpreter only hinder each other. But
a large file that comes or goes over a slow line takes minutes in which nothing is computed.
So there are more threads than pages in hand: whoever computes holds the turn, whoever only
waits for a line gives it up: what a form sends is read before the turn is taken, and an
answer is sent after it.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from club.db import db

#: What a form without files may send, and the text beside a file.
LARGEST_FORM = 2 << 20
_TURN = threading.Lock()
_HOLDS = threading.local()


def taking_turns(app: WSGIApplication) -> WSGIApplication:
    """``app``, called by one thread at a time."""

    def one_at_a_time(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        _read_form(environ)
        _take()
        try:
            return app(environ, start_response)
        finally:
            _give_up()

    return one_at_a_time


@contextmanager
def letting_others_go_on() -> Iterator[None]:
    """Around what waits for a line or for the store. What was read from the database is let go
    of first: nobody keeps a snapshot for as long as an upload takes.
    """
    if not db.session().info.get("writing"):
        db.session.rollback()
    if not getattr(_HOLDS, "turn", False):
        yield
        return
    _give_up()
    try:
        yield
    finally:
        _take()


def _read_form(environ: WSGIEnvironment) -> None:
    """Have what somebody sends slowly, unless it is too much for a form: then it stays unread."""
    announced = environ.get("CONTENT_LENGTH") or "0"
    missing = int(announced) if announced.isdecimal() else 0
    if not 0 < missing <= LARGEST_FORM:
        return
    pieces = []
    while missing and (piece := environ["wsgi.input"].read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    environ["wsgi.input"] = BytesIO(b"".join(pieces))


def _take() -> None:
    _TURN.acquire()
    _HOLDS.turn = True


def _give_up() -> None:
    _HOLDS.turn = False
    _TURN.release()
