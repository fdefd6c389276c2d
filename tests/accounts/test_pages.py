"""The own account, personal data, and the administrator's desk."""

from sqlalchemy import select

from club.accounts import consents
from club.accounts.models import Account, Consent, ConsentPurpose, RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from tests.accounts.test_joining import all_of
from tests.support.factories import NOW, a_person, an_account, reload

ADMINISTRATOR = RoleName.ADMINISTRATOR


def actions():
    return [e.action for e in all_of(AuditEntry)]


class TestPrivacy:
    def test_gives_and_takes_back_consent_without_forgetting(self, sign_in):
        account = an_account()
        client = sign_in(account)
        assert client.post("/me/privacy/records_for_employer/consent").location == "/me/privacy"
        client.post("/me/privacy/records_for_employer/withdrawal")
        client.post("/me/privacy/records_for_employer/consent")
        history = [(c.purpose.value, c.withdrawn_at is None) for c in all_of(Consent)]
        assert history == [("records_for_employer", False), ("records_for_employer", True)]

    def test_giving_twice_is_once(self, sign_in):
        client = sign_in(an_account())
        for _ in range(2):
            client.post("/me/privacy/news/consent")
        assert len(all_of(Consent)) == 1

    def test_shows_the_words_that_were_agreed_to(self, sign_in):
        account = an_account()
        consent = consents.give_consent(
            account.person_id, ConsentPurpose.NEWS, language="en", now=NOW
        )
        page = sign_in(account).get("/me/privacy").text
        assert consent.wording.replace("'", "&#39;") in page
        assert "Đồng ý ngày 03/03/2026, bản lời văn số 1." in page

    def test_processing_is_taken_back_by_closing_the_account(self, sign_in):
        account = an_account()
        consents.give_consent(
            account.person_id, ConsentPurpose.PERSONAL_DATA, language="vi", now=NOW
        )
        client = sign_in(account)
        assert client.post("/me/privacy/personal_data/withdrawal").status_code == 404
        assert client.post("/me/privacy/closing").location == "/"
        assert reload(account).active is False
        assert all_of(Consent)[0].withdrawn_at
        assert client.get("/me/privacy").status_code == 302
        assert [x.kind for x in all_of(Letter)] == ["accounts.account_closed"]

    def test_closing_the_account_ends_every_other_consent_too(self, sign_in):
        account = an_account()
        for purpose in ConsentPurpose:
            consents.give_consent(account.person_id, purpose, language="vi", now=NOW)
        sign_in(account).post("/me/privacy/closing")
        assert [c.purpose for c in all_of(Consent) if c.withdrawn_at is None] == []

    def test_unknown_purpose_is_not_there(self, sign_in):
        assert sign_in(an_account()).post("/me/privacy/all/consent").status_code == 404


class TestOwnAccount:
    def test_chooses_the_language_of_letters(self, sign_in):
        account = an_account()
        client = sign_in(account)
        client.post("/me/account/language", data={"language": "en"})
        assert reload(account.person).language == "en"
        assert client.post("/me/account/language", data={"language": "fr"}).status_code == 422


class TestOffice:
    def test_only_administrators_enter(self, sign_in):
        other = an_account()
        for account in (other, an_account(RoleName.COORDINATOR), an_account(RoleName.OFFICIAL)):
            client = sign_in(account)
            address = f"/office/accounts/{other.person.public_id}"
            assert client.get("/office/accounts").status_code == 403
            assert client.get(address).status_code == 403
            assert (
                client.post(f"{address}/roles", data={"roles": "administrator"}).status_code == 403
            )

    def test_finds_by_folded_name_by_address_and_by_role(self, sign_in):
        client = sign_in(an_account(ADMINISTRATOR, person=a_person(full_name="Quản Trị")))
        an_account(RoleName.TRAINER, person=a_person(full_name="Đỗ Thị Ánh"), email="a1@x.vn")
        an_account(person=a_person(full_name="Lê Văn Bình"), email="b1@x.vn")
        for query, found in (("do thi anh", "Đỗ Thị Ánh"), ("B1@", "Lê Văn Bình")):
            page = client.get("/office/accounts", query_string={"q": query}).text
            assert [n for n in ("Đỗ Thị Ánh", "Lê Văn Bình") if f">{n}<" in page] == [found]
        page = client.get("/office/accounts?role=trainer").text
        assert "Đỗ Thị Ánh" in page
        assert "Lê Văn Bình" not in page
        assert client.get("/office/accounts?role=king").status_code == 200

    def test_list_costs_the_same_for_one_and_for_twenty(self, sign_in, count_queries):
        client = sign_in(an_account(ADMINISTRATOR))
        with count_queries() as one:
            client.get("/office/accounts")
        for _ in range(19):
            an_account(RoleName.TRAINER, RoleName.MEMBER)
        with count_queries() as twenty:
            client.get("/office/accounts")
        assert len(twenty) == len(one)

    def test_gives_and_takes_roles_and_writes_it_down(self, sign_in):
        administrator, account = an_account(ADMINISTRATOR), an_account(RoleName.MEMBER)
        client = sign_in(administrator)
        address = f"/office/accounts/{account.person.public_id}"
        client.post(f"{address}/roles", data={"roles": ["trainer", "coordinator"]})
        assert {r.name for r in reload(account).roles} == {"trainer", "coordinator"}
        [entry] = all_of(AuditEntry)
        assert (entry.account_id, entry.action) == (administrator.id, "accounts.roles")
        assert entry.detail == {"given": ["trainer", "coordinator"], "taken": ["member"]}
        assert "Giảng viên" in client.get(address).text

    def test_role_that_is_none_is_refused(self, sign_in):
        client, account = sign_in(an_account(ADMINISTRATOR)), an_account()
        address = f"/office/accounts/{account.person.public_id}"
        assert client.post(f"{address}/roles", data={"roles": "king"}).status_code == 422

    def test_last_administrator_cannot_be_lost(self, sign_in):
        account = an_account(ADMINISTRATOR)
        an_account(ADMINISTRATOR, active=False)
        client = sign_in(account)
        address = f"/office/accounts/{account.person.public_id}"
        for path in (f"{address}/roles", f"{address}/deactivation", "/me/privacy/closing"):
            answer = client.post(path)
            assert answer.status_code == 409
            assert "quản trị viên cuối cùng" in answer.text
        assert reload(account).holds(ADMINISTRATOR)

    def test_closing_ends_open_sessions_and_can_be_undone(self, sign_in):
        client, account = sign_in(an_account(ADMINISTRATOR)), an_account()
        inside = sign_in(account)
        address = f"/office/accounts/{account.person.public_id}"
        client.post(f"{address}/deactivation")
        assert inside.get("/me/account").status_code == 302
        client.post(f"{address}/reactivation")
        assert reload(account).active
        assert actions() == ["accounts.deactivate", "accounts.reactivate"]

    def test_unknown_account_is_not_there(self, sign_in):
        client = sign_in(an_account(ADMINISTRATOR))
        unknown = "/office/accounts/00000000-0000-0000-0000-000000000000"
        assert client.get(unknown).status_code == 404


class TestAccountCreate:
    def create(self, app, *more):
        given = ["--name", "Trần Thị Demo", "--password", "nang-suat-demo-2026", *more]
        return app.test_cli_runner().invoke(args=["account", "create", *given])

    def test_opens_an_account_that_signs_in_at_once(self, app, client):
        answer = self.create(
            app, "--email", "QUANTRI@club.example", "--role", "administrator", "--role", "official"
        )
        assert answer.exit_code == 0
        account = db.session.scalars(select(Account)).one()
        assert account.email == account.person.email == "quantri@club.example"
        assert account.holds(ADMINISTRATOR)
        assert account.holds(RoleName.OFFICIAL)
        given = {"email": "quantri@club.example", "password": "nang-suat-demo-2026"}
        assert client.post("/login", data=given).status_code == 302

    def test_refuses_an_address_that_is_taken(self, app):
        an_account(email="an@example.vn")
        answer = self.create(app, "--email", "an@example.vn")
        assert answer.exit_code == 1
        assert answer.output == "Error: Địa chỉ này đã có tài khoản.\n"

    def test_refuses_what_is_no_role(self, app):
        assert self.create(app, "--email", "a@example.vn", "--role", "king").exit_code == 2
