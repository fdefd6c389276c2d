"""People who use a running site all at once: signed in, each with a token, none waiting."""

import http.client
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from flask import session
from flask_wtf.csrf import generate_csrf

from club.app import create_app
from club.config import settings_from
from club.db import db


@dataclass
class Visitor:
    """One account's cookie and token, made without the sign-in page."""

    cookie: str
    csrf: str

    def post(self, address: str, path: str, **fields: str) -> tuple[int, str]:
        """Status and ``Location``; raises ``OSError`` when the site is not there."""
        to = urlsplit(address)
        connection = http.client.HTTPConnection(to.hostname, to.port, timeout=30)
        try:
            connection.request(
                "POST",
                path,
                urlencode({"csrf_token": self.csrf, **fields}),
                {
                    "Cookie": self.cookie,
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Referer": f"{address}{path}",
                },
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location") or ""
        finally:
            connection.close()


@contextmanager
def inside(site):
    """The application of a running site, in this process, over the same database."""
    app = create_app(settings_from(site.environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def signed_in(app, account) -> Visitor:
    with app.app_context(), app.test_request_context():
        session["_user_id"] = account.get_id()
        session["_fresh"] = True
        token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)
        return Visitor(f"session={signer.dumps(dict(session))}", token)


@dataclass
class Crowd:
    """Threads that each repeat something until told to stop."""

    answers: list[int] = field(default_factory=list)
    slowest: float = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def repeating(self, *actions):
        threads = [threading.Thread(target=self._repeat, args=(action,)) for action in actions]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _repeat(self, action) -> None:
        while not self._stop.is_set():
            begun = time.perf_counter()
            try:
                status = action()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            self.answers.append(status)
            self.slowest = max(self.slowest, time.perf_counter() - begun)
