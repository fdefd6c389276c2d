"""One request, one line in the log, with the number that error pages show.

Addresses are logged by their route, never as typed: a feed's secret token or a reset
link must not end up in a log file.
"""

import json
import logging
import secrets
import sys
import time

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import inspect

log = logging.getLogger("club.requests")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
            **record.__dict__.get("facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = record.__dict__.get("facts")
        if facts is None:
            return super().format(record)
        return " ".join(str(value) for value in facts.values())


def init_journal(app: Flask, *, level: str, as_json: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    root = logging.getLogger("club")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
    app.before_request(_number_request)
    app.after_request(_write_line)
    app.jinja_env.globals["request_number"] = request_number


def request_number() -> str:
    """What a person reads out on the phone to find the line in the log."""
    if "request_number" not in g:
        g.request_number = secrets.token_hex(4)
    return str(g.request_number)


def current_request_number() -> str | None:
    """The number of the request that is being answered, or nothing in a command."""
    return request_number() if has_request_context() else None


def _number_request() -> None:
    request_number()
    g.started = time.perf_counter()


def _write_line(response: Response) -> Response:
    response.headers["X-Request-Number"] = request_number()
    if request.endpoint == "static":
        return response
    facts = {
        "request": request_number(),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "-",
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        "account": _account_id(),
    }
    log.info("request", extra={"facts": facts})
    return response


def _account_id() -> int | None:
    """Who asked, where this request found out; asking the database here would cost a query.

    After a transaction the account has to be read anew, but not for its key.
    """
    state = inspect(g._login_user, raiseerr=False) if "_login_user" in g else None  # noqa: SLF001
    return state.identity[0] if state is not None and state.identity else None
