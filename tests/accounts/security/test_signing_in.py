"""Signing in and where it leads, through the browser's eyes."""

import re
import sqlite3
import threading
import time
from datetime import timedelta

import pytest

from club.accounts import doors
from club.accounts.models import SignOut
from club.accounts.sign_ins import forget_sign_outs
from club.db import db
from club.outbox.models import Letter
from tests.accounts.security.kit import SIGN_IN
from tests.accounts.test_joining import PASSWORD, all_of, link_in_last_letter
from tests.support.factories import an_account


class TestSigningIn:
    def test_right_password_opens_the_own_page(self, client, account):
        answer = client.post("/login", data=SIGN_IN)
        assert (answer.status_code, answer.location) == (302, "/me/")

    def test_address_may_be_written_in_capitals(self, client, account):
        answer = client.post("/login", data=SIGN_IN | {"email": " AN@Example.vn "})
        assert answer.status_code == 302

    def test_password_is_the_same_however_it_is_composed(self, client, account):
        import unicodedata

        typed = unicodedata.normalize("NFD", PASSWORD)
        assert typed != PASSWORD
        assert client.post("/login", data=SIGN_IN | {"password": typed}).status_code == 302

    def test_answers_the_same_for_wrong_password_and_unknown_address(self, client, account):
        wrong = client.post("/login", data=SIGN_IN | {"password": "wrong"})
        unknown = client.post("/login", data=SIGN_IN | {"email": "ai@example.vn"})
        closed_words = "Thư điện tử hoặc mật khẩu chưa đúng, hoặc tài khoản đã đóng."
        assert wrong.status_code == unknown.status_code == 422
        assert closed_words in wrong.text
        assert closed_words in unknown.text

    def test_closed_account_stays_outside(self, client):
        an_account(email="an@example.vn", password=PASSWORD, active=False)
        assert client.post("/login", data=SIGN_IN).status_code == 422

    def test_is_not_remembered_unless_asked(self, client, account):
        client.post("/login", data=SIGN_IN)
        assert client.get_cookie("remember_token") is None
        client.post("/logout")
        client.post("/login", data=SIGN_IN | {"remember": "y"})
        assert client.get_cookie("remember_token").http_only

    def test_box_for_remembering_is_not_ticked(self, client):
        assert "checked" not in client.get("/login").text

    def test_signing_out_needs_a_post(self, client, account):
        client.post("/login", data=SIGN_IN)
        assert client.get("/logout").status_code == 405
        assert client.post("/logout").status_code == 302
        assert client.get("/me/account").location.startswith("/login?next=")

    def test_a_copied_cookie_opens_nothing_after_signing_out(self, app, client, account):
        client.post("/login", data=SIGN_IN | {"remember": "y"})
        copies = {name: client.get_cookie(name).value for name in ("session", "remember_token")}
        elsewhere = app.test_client()
        elsewhere.post("/login", data=SIGN_IN)
        client.post("/logout")
        for name, value in copies.items():
            thief = app.test_client()
            thief.set_cookie(name, value)
            assert thief.get("/me/account").location.startswith("/login"), name
        assert elsewhere.get("/me/account").status_code == 200
        assert client.post("/login", data=SIGN_IN).location == "/me/"
        assert client.get("/me/account").status_code == 200

    def test_signing_out_twice_is_harmless(self, client, account):
        client.post("/login", data=SIGN_IN)
        assert [client.post("/logout").status_code for _ in range(2)] == [302, 302]

    def test_ended_sign_ins_are_forgotten_when_no_cookie_is_left(self, client, account):
        client.post("/login", data=SIGN_IN)
        client.post("/logout")
        [ended] = all_of(SignOut)
        day = timedelta(days=1)
        assert forget_sign_outs(now=ended.at + 31 * day) == 0
        assert forget_sign_outs(now=ended.at + 33 * day) == 1

    def test_session_cookie_is_kept_from_scripts(self, client, account):
        cookie = client.post("/login", data=SIGN_IN).headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_page_has_no_inline_script_or_style(self, client):
        page = client.get("/login").text
        assert not re.search(r"<script(?![^>]*src=)|style=|on(click|load)=", page)


REDIRECTS = [
    "//evil.test",
    "https://evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/%5cevil.test",
    "/%09/evil.test",
    "///evil.test",
    "http:evil.test",
    "https:///evil.test",
    "/..//evil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://127.0.0.1@evil.test",
    "http://127.0.0.1:5099.evil.test",
    "?next=//evil.test",
    "%0d%0aSet-Cookie:x=1",
    "/ok\t//evil.test",
    "\u3002evil.test",
    ".evil.test",
]


class TestAfterSigningIn:
    def test_leads_back_to_the_page_that_was_wanted(self, client, account):
        answer = client.post("/login?next=/courses/?q=5S", data=SIGN_IN)
        assert answer.location == "/courses/?q=5S"

    @pytest.mark.parametrize("address", REDIRECTS)
    def test_stays_on_this_site(self, client, account, address):
        by_form = client.post("/login", data=SIGN_IN | {"next": address})
        client.post("/logout")
        by_address = client.post("/login", query_string={"next": address}, data=SIGN_IN)
        assert (by_form.location, by_address.location) == ("/me/", "/me/")

    def test_at_sign_in_a_path_is_only_a_path(self, client, account):
        answer = client.post("/login", data=SIGN_IN | {"next": "/;@evil.test"})
        assert answer.location in {"/;@evil.test", "/%3B%40evil.test"}


class TestTrustedHosts:
    @pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
    def test_foreign_host_is_refused(self, client, account, header):
        for path in ("/login", "/healthz"):
            assert client.get(path, headers={header: "evil.test"}).status_code == 400
        answer = client.post(
            "/reset", data={"email": "an@example.vn"}, headers={header: "evil.test"}
        )
        assert answer.status_code == 400
        assert all_of(Letter) == []

    def test_letters_name_the_public_address_whatever_host_was_asked(self, client, account):
        client.post("/reset", data={"email": "an@example.vn"}, headers={"Host": "127.0.0.1"})
        body = all_of(Letter)[0].body_text
        assert "http://localhost/reset/link/" in body
        assert "127.0.0.1" not in body


@pytest.mark.parametrize("address", ["/login/code", "/login/recovery-code"])
def test_no_link_signs_out_who_is_signed_in(client, account, address):
    client.post("/login", data=SIGN_IN)
    for answer in (client.get(address), client.post(address, data={"code": "000000"})):
        assert (answer.status_code, answer.location) == (302, "/me/")
    assert client.get("/me/").status_code == 200


class TestDoors:
    def test_every_page_of_the_library_says_who_may_enter(self, app):
        for endpoint, view in app.view_functions.items():
            if endpoint.startswith("security."):
                assert view.audiences, endpoint

    def test_pages_without_a_door_are_walled_up(self, client, app):
        assert client.get("/login/rescue").status_code == 404
        assert client.get("/login/second-step").status_code == 404
        assert "security.us_signin" not in app.view_functions

    def test_table_names_only_pages_that_exist(self, app):
        known = {e.partition(".")[2] for e in app.view_functions if e.startswith("security.")}
        assert set(doors.DOORS) | set(doors.MOVED) <= known

    def test_token_in_a_header_opens_nothing(self, client, account):
        token = account.get_auth_token()
        answer = client.get("/me/account", headers={"Authentication-Token": token})
        assert answer.status_code == 302

    def test_stranger_is_asked_to_sign_in_and_led_back(self, client):
        answer = client.get("/me/account/password")
        assert answer.location == "/login?next=/me/account/password"
        assert client.post("/me/account/password").status_code == 401


class TestWaitingForTheLock:
    def test_signing_in_never_waits_for_a_writer(self, app, client, account):
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite has one lock for all writers")
        db.session.rollback()
        other = sqlite3.connect(db.engine.url.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert client.post("/login", data=SIGN_IN).status_code == 302
        finally:
            other.rollback()
            other.close()

    def test_a_writing_page_takes_the_lock_before_it_reads(self, app, client, account):
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite has one lock for all writers")
        client.post("/reset", data={"email": "an@example.vn"})
        link = link_in_last_letter()
        db.session.rollback()
        new = {"password": PASSWORD + "!", "password_confirm": PASSWORD + "!"}
        seen = []
        other = sqlite3.connect(
            db.engine.url.database, isolation_level=None, check_same_thread=False
        )
        other.execute("BEGIN IMMEDIATE")
        # Changed by a writer that the page waits for: read before the lock, it would be stale.
        other.execute("UPDATE person SET language = 'en'")

        def post():
            with app.app_context():
                seen.append(app.test_client().post(link, data=new).status_code)

        page = threading.Thread(target=post)
        page.start()
        time.sleep(0.3)
        assert seen == []
        other.commit()
        other.close()
        page.join(10)
        assert seen == [302]
        assert all_of(Letter)[-1].subject == "Your password has been changed"


def test_words_of_the_library_are_vietnamese_and_english(client, account):
    client.post("/reset", data={"email": "an@example.vn"})
    link = link_in_last_letter()
    vietnamese = client.post(link, data={"password": PASSWORD, "password_confirm": "khác"}).text
    english = client.post(
        f"{link}?lang=en", data={"password": PASSWORD, "password_confirm": "khác"}
    ).text
    assert "Hai lần nhập mật khẩu chưa giống nhau" in vietnamese
    assert "Passwords do not match" in english
