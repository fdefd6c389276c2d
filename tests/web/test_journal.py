"""The log: one line for each request, and nothing in it that opens a door."""

import json
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from club.accounts.models import RoleName
from club.db import db
from club.web.journal import JsonLines
from tests.support.factories import an_account

log = logging.getLogger("club")


class Kept(logging.Handler):
    """Keeps the lines as they would be written in production."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def requests(self):
        return [line for line in map(json.loads, self.lines) if line["message"] == "request"]


@pytest.fixture
def kept(monkeypatch):
    handler = Kept()
    monkeypatch.setattr(log, "level", logging.INFO)
    logging.getLogger("club.requests").manager._clear_cache()
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)
    logging.getLogger("club.requests").manager._clear_cache()


def test_a_request_is_one_line_with_the_number_that_the_answer_carries(sign_in, kept):
    account = an_account(RoleName.MEMBER)
    answer = sign_in(account).get("/me/records")
    [line] = kept.requests()
    number = answer.headers["X-Request-Number"]
    assert line | {"at": "", "ms": 0} == {
        "at": "",
        "level": "INFO",
        "from": "club.requests",
        "message": "request",
        "request": number,
        "method": "GET",
        "route": "/me/records",
        "status": 200,
        "ms": 0,
        "account": account.id,
    }


def test_an_error_page_shows_the_number_of_its_line(client, kept):
    answer = client.get("/no-such-page")
    [line] = kept.requests()
    assert line["status"] == 404
    assert line["request"] in answer.text


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/calendar/S3cretS3cretS3cretS3cretS3cret.ics"),
        ("get", "/verify/S3cretS3cret"),
        ("get", "/reset/link/S3cretS3cret"),
        ("get", "/register/confirmation/S3cretS3cret"),
        ("post", "/login?next=/S3cret"),
    ],
)
def test_no_secret_reaches_the_log(client, kept, method, address):
    getattr(client, method)(address, data={"email": "an@example.vn", "password": "S3cretS3cret"})
    assert kept.requests()
    assert "S3cret" not in "".join(kept.lines)


def test_an_error_of_the_database_keeps_what_was_written_to_itself(context):
    with pytest.raises((OperationalError, ProgrammingError)) as broke:
        db.session.execute(text("SELECT :word FROM nowhere"), {"word": "S3cret"})
    assert "S3cret" not in str(broke.value)
