"""The same secret shown twice at the same moment, on both engines."""

import re
import threading
from contextlib import suppress

import pytest
from flask_security.recovery_codes import MfRecoveryCodesUtil

from club import clock
from club.accounts.security_parts import OncePerCodeTotp
from tests.accounts.security.kit import SIGN_IN, six_digits, turned_on
from tests.accounts.test_joining import PASSWORD
from tests.support.factories import an_account


@pytest.fixture
def account():
    return an_account(email="an@example.vn", password=PASSWORD)


def waiting_for_each_other(monkeypatch, owner, name):
    """Who reads what decides waits a while for the other one to read it, too."""
    both, reads = threading.Barrier(2), getattr(owner, name)

    def read(self, *given):
        known = reads(self, *given)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)
        return known

    monkeypatch.setattr(owner, name, read)


def sent_twice_at_once(app, address, data):
    """The answers to two browsers in which the password has been typed."""
    browsers, answers = [app.test_client() for _ in range(2)], []
    for browser in browsers:
        browser.post("/login", data=SIGN_IN)

    def send(browser):
        with app.app_context():
            answers.append(browser.post(address, data=data).status_code)

    senders = [threading.Thread(target=send, args=(browser,)) for browser in browsers]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(30)
    return sorted(answers)


def test_a_code_that_comes_twice_at_once_opens_once(app, client, account, monkeypatch):
    key = turned_on(app, client)
    code = six_digits(app, key, clock.now().timestamp() + 30)
    waiting_for_each_other(monkeypatch, OncePerCodeTotp, "get_last_counter")
    assert sent_twice_at_once(app, "/login/code", {"code": code}) == [302, 422]


def test_a_recovery_code_that_comes_twice_at_once_opens_once(app, client, account, monkeypatch):
    turned_on(app, client)
    page = client.post("/me/account/recovery-codes", data={"generate_new_codes": "1"}).text
    code = re.findall(r"code-line\">([0-9a-f-]{14})<", page)[0]
    waiting_for_each_other(monkeypatch, MfRecoveryCodesUtil, "check_recovery_code")
    assert sent_twice_at_once(app, "/login/recovery-code", {"code": code}) == [302, 422]
