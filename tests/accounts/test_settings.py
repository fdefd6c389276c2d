"""What the application is made of when nobody makes it easier for tests."""

from dataclasses import replace

import pytest

from club.accounts import operations
from club.app import create_app
from club.db import db
from tests.support.factories import NOW


@pytest.fixture
def make_app(app):
    made = []

    def make(**settings):
        made.append(create_app(replace(app.extensions["club.settings"], **settings)))
        return made[-1]

    yield make
    for each in made:
        with each.app_context():
            db.engine.dispose()


def test_passwords_are_hashed_with_argon2id(make_app):
    with make_app().app_context():
        new = operations.new_account(
            email="an@example.vn", full_name="An", password="con trâu đi trước"
        )
        account = operations.create_account(new, roles=[], now=NOW)
        assert account.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert account.verify_and_update_password("con trâu đi trước")
        assert not account.verify_and_update_password("con trâu đi sau")


def test_passwords_outlive_a_change_of_the_secret_key(make_app):
    given = {"email": "an@example.vn", "full_name": "An", "password": "con trâu đi trước"}
    with make_app().app_context():
        operations.create_account(operations.new_account(**given), roles=[], now=NOW)
    other = make_app(secret_key="another")
    other.config["WTF_CSRF_ENABLED"] = False
    assert other.test_client().post("/login", data=given).location == "/me/"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cookies_are_secure_behind_https(make_app, scheme):
    config = make_app(public_url=f"{scheme}://club.example").config
    secure = (config["SESSION_COOKIE_SECURE"], config["REMEMBER_COOKIE_SECURE"])
    assert secure == (scheme == "https",) * 2
    assert config["SESSION_COOKIE_SAMESITE"] == config["REMEMBER_COOKIE_SAMESITE"] == "Lax"
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["REMEMBER_COOKIE_HTTPONLY"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_else_browsers_are_given_is_as_secure_as_the_session(make_app, scheme):
    """Also where a proxy does not say that it was asked by https."""
    site = make_app(public_url=f"{scheme}://club.example")
    site.config["WTF_CSRF_ENABLED"] = False
    given = {"email": "an@example.vn", "full_name": "An", "password": "con trâu đi trước"}
    with site.app_context():
        operations.create_account(operations.new_account(**given), roles=[], now=NOW)
    browser = site.test_client()
    english = browser.get("/login?lang=en")
    signed_in = browser.post("/login", data=given)
    cookies = english.headers.getlist("Set-Cookie") + signed_in.headers.getlist("Set-Cookie")
    secure = {cookie.split("=")[0]: "; Secure;" in f"{cookie};" for cookie in cookies}
    assert secure == dict.fromkeys(["lang", "session", "whose"], scheme == "https")
