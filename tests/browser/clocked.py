"""The site in this process, on a clock that the test sets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from werkzeug.serving import make_server

from club.config import Settings


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve ``app`` from a thread; gives its address, to which its codes lead."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    settings: Settings = app.extensions["club.settings"]
    app.extensions["club.settings"] = replace(settings, public_url=address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["club.settings"] = settings
