"""Doors are counted by all processes together."""

import re
import sys
import threading
from datetime import timedelta

import pytest
from flask import Flask
from limits import parse

from club import clock
from club.app import create_app
from club.db import db
from club.web import counted_tries
from club.web.limits import init_limits
from club.web.models import KeptInput, Tries
from tests.accounts.test_joining import PASSWORD, all_of
from tests.support.browser_client import OneContextARequest
from tests.support.factories import an_account

FIVE = parse("5 per hour")
SOMEBODY = {
    "full_name": "Nguyễn Thị Demo",
    "email": "an@example.vn",
    "password": PASSWORD,
    "personal_data": "y",
}


@pytest.fixture(scope="module")
def processes(app):
    """The site as two processes have it: nothing in common but the database."""
    made = []
    for _ in range(2):
        made.append(
            create_app(
                app.extensions["club.settings"],
                TESTING=True,
                WTF_CSRF_ENABLED=False,
                SECURITY_PASSWORD_HASH="plaintext",
                EVEN_ANSWER_SECONDS=0,
            )
        )
        made[-1].test_client_class = OneContextARequest
    yield made
    for one in made:
        with one.app_context():
            db.engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "typed", "allowed"),
    [
        ("/login", {"email": "an@example.vn", "password": "wrong"}, 10),
        ("/reset", {"email": "an@example.vn"}, 5),
        ("/confirm", {"email": "an@example.vn"}, 5),
        ("/register", SOMEBODY, 5),
    ],
)
def test_two_processes_allow_no_more_than_one(processes, address, typed, allowed):
    an_account(email="an@example.vn", password=PASSWORD)
    answers = [
        processes[n % 2].test_client().post(address, data=typed).status_code
        for n in range(allowed + 4)
    ]
    assert [status == 429 for status in answers] == [False] * allowed + [True] * 4


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/register", "/reset", "/confirm"])
def test_mending_a_form_again_and_again_shuts_nobody_out(processes, address):
    browser = processes[0].test_client()
    for _slip in range(50):
        assert browser.post(address, data={"email": "an@example"}).status_code == 422
    assert browser.post(address, data=SOMEBODY).status_code == 302


@pytest.mark.slow
def test_whoever_signs_up_too_often_finds_what_was_typed_later(processes):
    browser = processes[0].test_client()
    for _time in range(5):
        browser.post("/register", data=SOMEBODY)
    refused = browser.post("/register", data=SOMEBODY)
    assert refused.status_code == 429
    assert "Những gì đã nhập vẫn được giữ" in refused.text
    page = browser.get(re.search(r'href="(/register\?kept=[^"]+)"', refused.text)[1]).text
    assert 'value="Nguyễn Thị Demo"' in page
    assert PASSWORD not in page


@pytest.mark.slow
def test_of_guessing_passwords_nothing_is_kept(processes):
    browser = processes[0].test_client()
    wrong = {"email": "an@example.vn", "password": "wrong"}
    answers = [browser.post("/login", data=wrong).status_code for _try in range(12)]
    assert answers[-1] == 429
    assert all_of(KeptInput) == []


@pytest.mark.slow
def test_two_processes_count_looks_at_certificates_together(processes):
    answers = [
        processes[n % 2].test_client().get("/verify/ABCD-EFGH").status_code for n in range(64)
    ]
    assert answers == [404] * 60 + [429] * 4


def test_of_many_at_once_as_many_pass_as_may(app):
    passed, storage = [], counted_tries.InDatabase()
    barrier = threading.Barrier(12)

    def try_the_door():
        with app.app_context():
            barrier.wait(30)
            passed.append(storage.incr("door/an", 3600) <= FIVE.amount)

    tries = [threading.Thread(target=try_the_door) for _ in range(12)]
    for one in tries:
        one.start()
    for one in tries:
        one.join(60)
    assert sorted(passed) == [False] * 7 + [True] * 5


def test_a_window_that_has_passed_begins_anew(app, monkeypatch):
    storage, begun = counted_tries.InDatabase(), clock.now()
    assert [storage.incr("door/an", 60) for _ in range(3)] == [1, 2, 3]
    assert storage.get_expiry("door/an") == pytest.approx(begun.timestamp() + 60, abs=10)
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=2))
    assert storage.get("door/an") == 0
    assert storage.incr("door/an", 60) == 1
    assert counted_tries.sweep(now=begun + timedelta(minutes=2)) == 0
    assert counted_tries.sweep(now=begun + timedelta(minutes=4)) == 1


def test_no_name_is_kept(app):
    counted_tries.InDatabase().incr("sign-up/name/an@example.vn", 60)
    assert "an@example.vn" not in repr(db.session.query(Tries.key_hash).all())


def test_redis_without_its_package_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(RuntimeError, match=r"REDIS_URL .* pip install redis"):
        init_limits(Flask("x"), storage="redis://127.0.0.1:1/0")
