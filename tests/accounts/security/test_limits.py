"""How often somebody may try."""

import re

import pytest

from club.app import create_app
from club.db import db
from club.outbox.models import Letter
from club.web.models import Tries
from tests.accounts.security.kit import SIGN_IN, a_passkey, showing, turned_on
from tests.accounts.test_joining import PASSWORD, all_of, link_in_last_letter
from tests.support.factories import NOW, an_account, saved

TEST_APP = {
    "TESTING": True,
    "WTF_CSRF_ENABLED": False,
    "SECURITY_PASSWORD_HASH": "plaintext",
    "PROPAGATE_EXCEPTIONS": False,
}


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
