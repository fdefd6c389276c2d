"""Signing in and everything around it, through the browser's eyes."""

import json
import re
import sqlite3
import threading
import time
from datetime import timedelta

import pytest
from flask_security.totp import Totp  # noqa: F401
from webauthn.helpers import bytes_to_base64url

from club import clock
from club.accounts import doors
from club.accounts.models import Passkey, SignOut
from club.accounts.sign_ins import forget_sign_outs
from club.app import create_app
from club.db import db
from club.outbox.models import Letter
from club.web.models import Tries
from tests.accounts.test_joining import PASSWORD, all_of, link_in_last_letter
from tests.support.factories import NOW, an_account, reload, saved

TEST_APP = {
    "TESTING": True,
    "WTF_CSRF_ENABLED": False,
    "SECURITY_PASSWORD_HASH": "plaintext",
    "PROPAGATE_EXCEPTIONS": False,
}
SIGN_IN = {"email": "an@example.vn", "password": PASSWORD}


@pytest.fixture
def account():
    return an_account(email="an@example.vn", password=PASSWORD)


@pytest.fixture
def limits(app):
    app.extensions["club.tries"].storage.reset()
    app.extensions["club.limits"] = True
    yield
    app.extensions["club.limits"] = False


def code_of(page):
    return re.search(r'class="code-line">([A-Z0-9 -]+)<', page)[1]


def six_digits(app, key, at=None):
    totp = app.extensions["club.security"]._totp_factory._totp
    return totp(key=key.replace("-", "").replace(" ", ""), format="base32").generate(at).token


def turned_on(app, client):
    """Turn the second step on; returns the key that the authenticator app keeps."""
    client.post("/login", data=SIGN_IN)
    page = client.post("/me/account/totp", data={"setup": "authenticator"}).text
    assert "data:" not in page
    assert "<svg" in page
    action = re.search(r'action="(/me/account/totp/[^"]+)"', page)[1]
    key = code_of(page)
    answer = client.post(action, data={"code": six_digits(app, key)})
    assert answer.location == "/me/account"
    return key


def a_passkey(account, **given):
    defaults = {
        "account_id": account.id,
        "credential_id": b"1",
        "public_key": b"2",
        "name": "điện thoại",
        "transports": [],
        "backup_state": False,
        "device_type": "single_device",
        "usage": "first",
        "create_datetime": clock.now(),
        "lastuse_datetime": clock.now(),
    }
    return Passkey(**defaults | given)


def showing(credential_id):
    """What a browser sends that shows this passkey, signed by nobody."""
    said = bytes_to_base64url(b"nothing")
    shown = bytes_to_base64url(credential_id)
    parts = ("clientDataJSON", "authenticatorData", "signature")
    credential = {
        "id": shown,
        "rawId": shown,
        "type": "public-key",
        "response": dict.fromkeys(parts, said),
    }
    return {"credential": json.dumps(credential)}


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


class TestSecondStep:
    def test_asks_for_a_code_after_the_password(self, app, client, account):
        key = turned_on(app, client)
        client.post("/logout")
        assert client.post("/login", data=SIGN_IN).location.startswith("/login/code")
        assert client.get("/me/account").status_code == 302
        assert client.post("/login/code", data={"code": "000000"}).status_code == 422
        later = six_digits(app, key, clock.now().timestamp() + 30)
        answer = client.post("/login/code", data={"code": later})
        assert (answer.status_code, answer.location) == (302, "/me/")
        assert client.get("/me/account").status_code == 200

    def test_a_code_opens_once(self, app, client, account):
        key = turned_on(app, client)
        code = six_digits(app, key, clock.now().timestamp() + 30)
        for expected in (302, 422):
            client.post("/logout")
            client.post("/login", data=SIGN_IN)
            assert client.post("/login/code", data={"code": code}).status_code == expected

    def test_recovery_code_opens_once(self, app, client, account):
        turned_on(app, client)
        page = client.post("/me/account/recovery-codes", data={"generate_new_codes": "1"}).text
        codes = re.findall(r"code-line\">([0-9a-f-]{14})<", page)
        assert len(codes) == 8
        assert codes[0] not in str(reload(account).mf_recovery_codes)
        for expected in (302, 422):
            client.post("/logout")
            client.post("/login", data=SIGN_IN)
            answer = client.post("/login/recovery-code", data={"code": codes[0]})
            assert answer.status_code == expected

    def test_can_be_turned_off(self, app, client, account):
        turned_on(app, client)
        client.post("/me/account/totp", data={"setup": "disable"})
        client.post("/logout")
        assert client.post("/login", data=SIGN_IN).location == "/me/"


class TestPasskeys:
    def test_asks_for_any_authenticator_that_knows_its_owner(self, client, account):
        client.post("/login", data=SIGN_IN)
        page = client.post("/me/account/passkeys", data={"name": "điện thoại"}).text
        options = re.search(r'data-options="([^"]+)"', page)[1].replace("&#34;", '"')
        assert '"userVerification": "required"' in options
        assert '"residentKey": "required"' in options
        assert "authenticatorAttachment" not in options

    def test_a_name_that_is_too_long_is_refused_with_its_length(self, client, account):
        client.post("/login", data=SIGN_IN)
        page = client.post("/me/account/passkeys", data={"name": "m" * 5000}).text
        assert "Viết gọn còn 64 ký tự; hiện có 5.000." in page

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.0.0.5", "[::1]:8000"])
    def test_are_not_offered_at_a_number_but_explained(self, app, host, monkeypatch):
        monkeypatch.setitem(app.config, "TRUSTED_HOSTS", None)
        client, here = app.test_client(), f"http://{host}"
        an_account(email="an@example.vn", password=PASSWORD)
        page = client.get("/login", base_url=here).text
        assert 'action="/login/passkey"' not in page
        assert f"đang mở trang bằng địa chỉ số {host}" in page
        assert ("http://localhost:8000/login" in page) == host.startswith("127")
        client.post("/login", base_url=here, data=SIGN_IN)
        own = client.get("/me/account/passkeys", base_url=here).text
        assert 'name="name"' not in own
        assert "địa chỉ số" in own

    def test_are_offered_at_a_name(self, client, account):
        assert 'action="/login/passkey"' in client.get("/login").text

    def test_sign_in_page_tells_nothing_about_anybody(self, client, account):
        page = client.post("/login/passkey").text
        options = re.search(r'data-options="([^"]+)"', page)[1].replace("&#34;", '"')
        assert '"allowCredentials": []' in options

    def test_own_page_lists_and_removes_them(self, client, account, sign_in):
        saved(a_passkey(account, name="máy tính"))
        client.post("/login", data=SIGN_IN)
        assert "máy tính" in client.get("/me/account").text
        client.post("/me/account/passkeys/removal", data={"name": "máy tính"})
        assert all_of(Passkey) == []


class TestFreshness:
    def test_old_session_shows_who_it_is_before_security_changes(self, sign_in, account):
        client = sign_in(account)
        answer = client.get("/me/account/passkeys")
        assert answer.location.startswith("/login/again")
        answer = client.post(answer.location, data={"password": PASSWORD})
        assert answer.location == "/me/account/passkeys"
        assert client.get("/me/account/passkeys").status_code == 200


class TestChangingThePassword:
    def test_signs_other_devices_out_and_tells_the_owner(self, client, account, sign_in):
        elsewhere = sign_in(account)
        client.post("/login", data=SIGN_IN)
        new = "một câu khác hẳn trước"
        answer = client.post(
            "/me/account/password",
            data={"password": PASSWORD, "new_password": new, "new_password_confirm": new},
        )
        assert answer.location == "/me/account"
        assert client.get("/me/account").status_code == 200
        assert elsewhere.get("/me/account").status_code == 302
        assert [x.kind for x in all_of(Letter)] == ["accounts.password_changed"]

    def test_wrong_present_password_is_refused(self, client, account):
        client.post("/login", data=SIGN_IN)
        answer = client.post(
            "/me/account/password",
            data={
                "password": "x",
                "new_password": PASSWORD * 2,
                "new_password_confirm": PASSWORD * 2,
            },
        )
        assert answer.status_code == 422
        assert "Mật khẩu không đúng" in answer.text


class TestLimits:
    def test_ten_wrong_passwords_close_the_door_for_a_while(self, client, account, limits):
        answers = [
            client.post("/login", data=SIGN_IN | {"password": "wrong"}).status_code
            for _ in range(100)
        ]
        assert answers == [422] * 10 + [429] * 90
        shut = client.post("/login", data=SIGN_IN)
        assert shut.status_code == 429
        assert 0 < int(shut.headers["Retry-After"]) <= 600
        assert "Thử quá nhiều lần" in shut.text

    def test_owner_still_gets_in_by_the_mailbox(self, client, account, limits):
        for _ in range(20):
            client.post("/login", data=SIGN_IN | {"password": "wrong"})
        client.post("/reset", data={"email": "an@example.vn"})
        new = {"password": PASSWORD, "password_confirm": PASSWORD}
        client.post(link_in_last_letter(), data=new)
        assert client.post("/login", data=SIGN_IN).location == "/me/"

    def test_owner_who_came_by_the_mailbox_gets_in_at_every_process(
        self, app, client, account, limits
    ):
        other = create_app(app.extensions["club.settings"], **TEST_APP)
        for one in (client, other.test_client()):
            for _ in range(20):
                one.post("/login", data=SIGN_IN | {"password": "wrong"})
        client.post("/reset", data={"email": "an@example.vn"})
        new = {"password": PASSWORD, "password_confirm": PASSWORD}
        client.post(link_in_last_letter(), data=new)
        assert other.test_client().post("/login", data=SIGN_IN).location == "/me/"
        with other.app_context():
            db.engine.dispose()

    def test_owner_who_came_by_the_mailbox_does_not_wait_for_a_guesser_at_the_same_gateway(
        self, client, account, limits
    ):
        an_account(email="binh@example.vn", password=PASSWORD)
        for number in range(60):
            client.post("/login", data={"email": f"a{number}@example.vn", "password": "x"})
        client.post("/reset", data={"email": "an@example.vn"})
        new = {"password": PASSWORD, "password_confirm": PASSWORD}
        assert client.post("/login", data=SIGN_IN).status_code == 429
        client.post(link_in_last_letter(), data=new)
        others = SIGN_IN | {"email": "binh@example.vn"}
        assert client.post("/login", data=others).status_code == 429
        wrong = SIGN_IN | {"password": "wrong"}
        answers = [client.post("/login", data=wrong).status_code for _try in range(5)]
        assert answers == [422] * 5
        assert client.post("/login", data=SIGN_IN).location == "/me/"

    def test_owner_may_still_use_a_passkey(self, client, account, limits):
        for _ in range(20):
            client.post("/login", data=SIGN_IN | {"password": "wrong"})
        assert "data-passkey" in client.post("/login/passkey").text

    def test_right_passwords_cost_nothing(self, client, account, limits):
        for _ in range(30):
            assert client.post("/login", data=SIGN_IN).status_code == 302
            client.post("/logout")

    def test_others_behind_the_same_gateway_get_in(self, client, account, limits):
        for _ in range(20):
            client.post("/login", data={"email": "ai@example.vn", "password": "wrong"})
        assert client.post("/login", data=SIGN_IN).status_code == 302

    def test_many_names_from_one_address_are_stopped(self, client, limits):
        answers = [
            client.post("/login", data={"email": f"a{n}@example.vn", "password": "x"}).status_code
            for n in range(70)
        ]
        assert answers.count(429) == 10

    def test_letters_to_one_mailbox_are_few(self, client, account, limits):
        answers = [
            client.post("/reset", data={"email": "an@example.vn"}).status_code for _ in range(8)
        ]
        assert answers == [302] * 5 + [429] * 3
        assert len(all_of(Letter)) == 5

    @pytest.mark.parametrize("address", ["/reset", "/confirm"])
    def test_a_mailbox_gets_a_letter_whatever_others_at_the_same_gateway_ask_for(
        self, client, limits, address
    ):
        an_account(email="an@example.vn", confirmed_at=None if address == "/confirm" else NOW)
        for number in range(45):
            client.post(address, data={"email": f"a{number}@example.vn"})
        counted = db.session.query(Tries).count()
        answers = [
            client.post(address, data={"email": f"{name}@example.vn"})
            for name in ("an", "an", "binh", "binh")
        ]
        assert {(answer.status_code, answer.location) for answer in answers} == {
            (302, "/register/mailbox")
        }
        assert [letter.recipient for letter in all_of(Letter)] == ["an@example.vn"]
        assert db.session.query(Tries).count() == counted + 1

    def test_own_passkey_does_not_wait_for_who_invents_some_at_the_same_gateway(
        self, app, client, account, limits
    ):
        saved(a_passkey(account, credential_id=b"of the club"))
        address = self.asked_for(client)
        shown = [client.post(address, data=showing(b"invented")).status_code for _ in range(122)]
        assert shown == [302] * 120 + [429] * 2
        own = [client.post(address, data=showing(b"of the club")).status_code for _ in range(32)]
        assert own == [302] * 30 + [429] * 2
        assert "data-passkey" in client.post("/login/passkey").text

    @pytest.mark.parametrize(
        "credential", ["", "{", "[]", '{"id": 1}', '{"id": "a", "rawId": "b"}']
    )
    def test_what_is_no_passkey_counts_by_address(self, client, account, limits, credential):
        client.post(self.asked_for(client), data={"credential": credential})
        assert db.session.query(Tries.number).all() == [(1,)]

    def asked_for(self, client):
        return re.search(r'action="(/login/passkey/[^"]+)"', client.post("/login/passkey").text)[1]

    def test_second_step_cannot_be_guessed(self, app, client, account, limits):
        turned_on(app, client)
        client.post("/logout")
        client.post("/login", data=SIGN_IN)
        answers = [
            client.post("/login/code", data={"code": "000000"}).status_code for _ in range(12)
        ]
        assert answers == [422] * 10 + [429] * 2


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
