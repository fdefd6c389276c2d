import re

import pytest
from sqlalchemy import select

from club.accounts.models import Account, Consent, ConsentPurpose
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.people.models import Person
from tests.support.factories import NOW, a_person, an_account

PASSWORD = "con trâu đi trước cái cày"
SIGN_UP = {
    "full_name": "Nguyễn Thị Demo",
    "email": "An@Example.VN",
    "password": PASSWORD,
    "personal_data": "y",
}


def all_of(model):
    return db.session.scalars(select(model).order_by(model.id)).all()


def letters():
    return [(x.kind, x.recipient) for x in all_of(Letter)]


def link_in_last_letter():
    return re.search(r"http://localhost(\S+/\S{20,})", all_of(Letter)[-1].body_text)[1]


def signed_up(client, **other):
    return client.post("/register", data=SIGN_UP | other)


def joined(client, **other):
    signed_up(client, **other)
    return client.post(link_in_last_letter(), data={"password": other.get("password", PASSWORD)})


class TestSigningUp:
    def test_opens_an_account_that_waits_for_its_letter(self, client):
        answer = signed_up(client)
        assert (answer.status_code, answer.location) == (302, "/register/mailbox")
        [account] = all_of(Account)
        assert (account.email, account.confirmed_at) == ("an@example.vn", None)
        assert account.person.full_name == "Nguyễn Thị Demo"
        assert letters() == [("accounts.confirm", "an@example.vn")]

    def test_stores_the_words_of_the_consent_and_no_other(self, client):
        signed_up(client)
        [consent] = all_of(Consent)
        assert consent.purpose is ConsentPurpose.PERSONAL_DATA
        assert (consent.version, consent.language) == ("1", "vi")
        assert consent.wording.startswith("Tôi đồng ý để câu lạc bộ xử lý dữ liệu cá nhân")

    def test_stores_english_words_for_an_english_reader(self, client):
        client.get("/register?lang=en")
        signed_up(client, news="y")
        consents = all_of(Consent)
        assert [c.purpose.value for c in consents] == ["personal_data", "news"]
        assert consents[0].wording.startswith("I agree that the club processes")
        assert all_of(Person)[0].language == "en"
        assert all_of(Letter)[0].subject == "Confirm your address"

    def test_boxes_are_not_ticked_beforehand(self, client):
        assert "checked" not in client.get("/register").text

    def test_needs_the_consent(self, client):
        answer = client.post("/register", data=SIGN_UP | {"personal_data": ""})
        assert answer.status_code == 422
        assert 'value="Nguyễn Thị Demo"' in answer.text
        assert all_of(Account) == []

    def test_answers_the_same_for_a_known_address(self, client):
        known = an_account(email="an@example.vn")
        answer = signed_up(client)
        assert (answer.status_code, answer.location) == (302, "/register/mailbox")
        assert [a.id for a in all_of(Account)] == [known.id]
        assert letters() == [("accounts.account_exists", "an@example.vn")]

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("full_name", "Đ" * 5000),
            ("full_name", "   "),
            ("password", "ngắn quá"),
            ("password", "aaaaaaaaaaaaaaaa"),
            ("password", "x" * 5000),
            ("email", "không phải thư"),
        ],
    )
    def test_refuses_with_the_input_kept(self, client, field, typed):
        answer = signed_up(client, **{field: typed})
        assert answer.status_code == 422
        assert "form-error" in answer.text
        kept = "an@example.vn" if field == "full_name" else "Nguyễn Thị Demo"
        assert kept in answer.text
        assert PASSWORD not in answer.text
        assert all_of(Account) == []

    def test_a_name_in_nfd_is_stored_in_nfc(self, client):
        signed_up(client, full_name="Nguye\u0302\u0303n   Thi\u0323 Demo")
        assert all_of(Person)[0].full_name == "Nguyễn Thị Demo"

    def test_gives_way_to_a_second_sign_up_before_confirmation(self, client):
        signed_up(client, full_name="Kẻ Xấu", password="mật khẩu của kẻ xấu")
        first = link_in_last_letter()
        signed_up(client)
        assert [p.full_name for p in all_of(Person)] == ["Nguyễn Thị Demo"]
        assert len(all_of(Consent)) == 1
        assert client.get(first).location == "/confirm"
        assert client.get(link_in_last_letter()).status_code == 200


class TestConfirming:
    def test_needs_letter_and_password(self, client):
        signed_up(client)
        link = link_in_last_letter()
        assert client.get(link).status_code == 200
        assert all_of(Account)[0].confirmed_at is None
        answer = client.post(link, data={"password": "das ist falsch hier"})
        assert answer.status_code == 422
        assert all_of(Account)[0].confirmed_at is None

    def test_signs_in(self, client):
        answer = joined(client)
        assert (answer.status_code, answer.location) == (302, "/me/")
        assert all_of(Account)[0].confirmed_at
        assert all_of(Person)[0].email == "an@example.vn"
        assert client.get("/me/account").status_code == 200

    def test_unconfirmed_account_does_not_sign_in(self, client):
        signed_up(client)
        answer = client.post("/login", data={"email": "an@example.vn", "password": PASSWORD})
        assert (answer.status_code, answer.location) == (302, "/confirm")
        assert client.get("/me/account").status_code == 302

    def test_takes_over_the_one_person_known_by_address_and_name(self, client):
        known = a_person(full_name="NGUYEN THI DEMO", email="an@example.vn", language="en")
        joined(client)
        [account] = all_of(Account)
        assert account.person_id == known.id
        assert [p.id for p in all_of(Person)] == [known.id]
        assert [c.person_id for c in all_of(Consent)] == [known.id]
        assert [e.action for e in all_of(AuditEntry)] == ["accounts.recognise"]

    def test_keeps_a_namesake_less_stranger_apart(self, client):
        known = a_person(full_name="Trần Văn Khác", email="an@example.vn")
        joined(client)
        assert all_of(Account)[0].person_id != known.id
        assert [e.action for e in all_of(AuditEntry)] == ["accounts.possible_duplicate"]

    def test_keeps_two_people_behind_one_mailbox_apart(self, client):
        a_person(full_name="Nguyễn Thị Demo", email="an@example.vn")
        a_person(full_name="Nguyễn Thị Demo", email="an@example.vn")
        joined(client)
        assert len(all_of(Person)) == 3

    def test_never_takes_a_person_who_has_an_account(self, client):
        known = a_person(full_name="Nguyễn Thị Demo", email="an@example.vn")
        an_account(person=known, email="khac@example.vn")
        joined(client)
        assert len(all_of(Person)) == 2

    def test_unknown_address_gets_no_second_letter(self, client):
        answer = client.post("/confirm", data={"email": "ai@example.vn"})
        assert answer.location == "/register/mailbox"
        assert letters() == []


class TestForgottenPassword:
    def test_is_answered_the_same_for_known_and_unknown(self, client):
        an_account(email="an@example.vn")
        for address in ("an@example.vn", "ai@example.vn"):
            answer = client.post("/reset", data={"email": address})
            assert (answer.status_code, answer.location) == (302, "/register/mailbox")
        assert letters() == [("accounts.reset", "an@example.vn")]

    def test_link_in_the_letter_changes_the_password_once(self, client, sign_in):
        account = an_account(email="an@example.vn", confirmed_at=NOW)
        elsewhere = sign_in(account)
        client.post("/reset", data={"email": "an@example.vn"})
        link = link_in_last_letter()
        new = {"password": PASSWORD, "password_confirm": PASSWORD}
        assert client.post(link, data=new).location == "/login"
        assert client.post(link, data=new).location == "/reset/link"
        assert client.get("/reset/link").location == "/reset"
        assert elsewhere.get("/me/account").status_code == 302
        assert letters()[-1] == ("accounts.password_changed", "an@example.vn")
        signed_in = client.post("/login", data={"email": "an@example.vn", "password": PASSWORD})
        assert signed_in.location == "/me/"

    def test_short_password_is_refused(self, client):
        an_account(email="an@example.vn")
        client.post("/reset", data={"email": "an@example.vn"})
        answer = client.post(
            link_in_last_letter(), data={"password": "ngắn", "password_confirm": "ngắn"}
        )
        assert answer.status_code == 422
        assert "12" in answer.text

    def test_closed_account_gets_no_letter(self, client):
        an_account(email="an@example.vn", active=False)
        client.post("/reset", data={"email": "an@example.vn"})
        assert letters() == []
