"""The site in this process, on a clock that the test sets."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from club.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass
class Cable:
    """Between a site and its visitors: once cut, no request is answered or reaches the site; while
    it hangs, requests are taken and never answered.
    """

    app: Flask
    is_cut: bool = False
    #: Set as long as the line is alive.
    lives: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.lives.set()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if not self.lives.is_set():
            self.lives.wait()
            raise ConnectionResetError
        if self.is_cut:
            raise ConnectionResetError
        # Read to its end and closed here: the server forgets that where a phone hangs up meanwhile.
        with closing(ClosingIterator(self.app(environ, start))) as answer:
            return list(answer)


@contextmanager
def served(cable: Cable) -> Iterator[str]:
    """Serve its site from a thread; gives the address, to which the site's codes lead."""
    app = cable.app
    server = make_server("127.0.0.1", 0, cable, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    settings: Settings = app.extensions["club.settings"]
    app.extensions["club.settings"] = replace(settings, public_url=address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        cable.lives.set()
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["club.settings"] = settings
