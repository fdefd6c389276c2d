"""The application, and the session of a browser, in its signed cookie."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class Sessions(SecureCookieSessionInterface):
    """Whoever brings no cookie costs no signer: calendar programs come day and night."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) in request.cookies:
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """A session without content that nobody looked into says nothing to the browser."""
        if session or session.accessed:
            super().save_session(app, session, response)


class Site(Flask):
    session_interface = Sessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view and no hook is a coroutine; Flask looks a dozen times in each request."""
        return func
