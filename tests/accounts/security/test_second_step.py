"""Codes, passkeys, and what is asked again of who is signed in."""

import re

import pytest

from club import clock
from club.accounts.models import Passkey
from club.outbox.models import Letter
from tests.accounts.security.kit import SIGN_IN, a_passkey, six_digits, turned_on
from tests.accounts.test_joining import PASSWORD, all_of
from tests.support.factories import an_account, reload, saved


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
