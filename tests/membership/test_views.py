import re
import uuid
from datetime import date, timedelta

import pytest
from flask import current_app

from club import clock
from club.accounts.models import RoleName
from club.membership import operations, queries
from club.membership.models import ApplicationState
from club.membership.operations import Decision
from club.people.models import Sex
from club.web.page_parts import PageOf, PagePart
from tests.support.factories import (
    a_person,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

ORGANISATION = {"name": "Công ty Gỗ Demo", "kind": "enterprise", "size_class": "small"}


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo", sex=Sex.FEMALE))


@pytest.fixture
def browser(sign_in, account):
    return sign_in(account)


@pytest.fixture
def coordinator():
    return an_account(RoleName.COORDINATOR)


@pytest.fixture
def desk(sign_in, coordinator):
    return sign_in(coordinator)


def applied(account, statement=None):
    return operations.apply_as_person(account.person_id, statement=statement, now=clock.now())


def a_member(name, coordinator, **person):
    account = an_account(person=a_person(full_name=name, **person))
    application = applied(account)
    return operations.accept(
        application.id, Decision("Tốt", coordinator.id), from_day=clock.today(), now=clock.now()
    )


def pending(account):
    return queries.pending_of_person(account.person_id)


def test_everybody_reads_what_membership_is(client):
    page = client.get("/membership/")
    assert page.status_code == 200
    assert "không nói gì về điều kiện hay hội phí" in page.text


def test_a_new_person_is_greeted_and_led_on(browser):
    page = browser.get("/me/").text
    assert "Chào chị Demo" in page
    assert "Tài khoản đã sẵn sàng." in page
    assert "Hội viên là gì" in page


@pytest.mark.parametrize(
    ("sex", "greeting"), [(Sex.MALE, "Chào anh Demo"), (Sex.NOT_STATED, "Xin chào Trần Demo")]
)
def test_the_greeting_follows_what_the_person_said(sign_in, sex, greeting):
    account = an_account(person=a_person(full_name="Trần Demo", sex=sex))
    heading = re.search(r"<h1>(.*?)</h1>", sign_in(account).get("/me/").text)
    assert re.sub(r"<[^>]+>", "", heading[1]) == greeting


def test_my_page_leads_to_all_pages_of_ones_own(browser):
    page = browser.get("/me/").text
    ways = page[page.index('id="my-pages"') : page.index("</aside>")]
    assert re.findall(r'href="/me/(\w+)">', ways) == [
        "registrations", "records", "certificates", "certification", "calendar", "reading",
        "proposals", "questions", "topics", "profile", "account", "privacy",
    ]  # fmt: skip


def test_the_own_page_needs_a_sign_in(client):
    assert client.get("/me/").location == "/login?next=/me/"


def test_rooms_above_show_their_parts_on_the_own_page(browser, account, monkeypatch):
    from jinja2 import ChoiceLoader, DictLoader

    parts = {
        PageOf.OWN_LEAD: [lambda *_facts: PagePart("lead.html", {"word": "đầu"})],
        PageOf.OWN_MAIN: [
            lambda *_facts: None,
            lambda person, *_facts: PagePart("other.html", {"of": "giữa", "person": person.id}),
        ],
        PageOf.OWN_SIDE: [
            lambda person, *_facts: PagePart("other.html", {"of": "bên", "person": person.id})
        ],
    }
    words = DictLoader(
        {
            "lead.html": "<p>Câu {{ part.word }}</p>",
            "other.html": "<p>Phần {{ part.of }} của người số {{ part.person }}.</p>",
        }
    )
    monkeypatch.setitem(current_app.extensions, "club.page_parts", parts)
    monkeypatch.setattr(
        current_app.jinja_env, "loader", ChoiceLoader([words, current_app.jinja_env.loader])
    )

    page = browser.get("/me/").text

    assert "<p>Câu đầu</p>" in page
    assert "Tài khoản đã sẵn sàng." not in page
    middle, side = page.split("<aside", 1)
    assert f"<p>Phần giữa của người số {account.person_id}.</p>" in middle
    assert f"<p>Phần bên của người số {account.person_id}.</p>" in side


def test_applying_is_seen_on_the_own_page_and_can_be_taken_back(browser, account):
    answer = browser.post("/membership/application", data={"statement": "Góp sức"})
    assert (answer.status_code, answer.location) == (302, "/me/")
    assert "Đơn xin gia nhập gửi ngày" in browser.get("/me/").text
    assert "Đơn của anh chị đang chờ" in browser.get("/membership/application").text

    browser.post(f"/membership/applications/{pending(account).public_id}/withdrawal")

    assert pending(account) is None
    assert "Đơn xin gia nhập gửi ngày" not in browser.get("/me/").text


def test_applying_twice_is_one_application_and_a_clear_answer(browser, account):
    browser.post("/membership/application")
    again = browser.post("/membership/application", data={"statement": "Lần nữa"})

    assert again.status_code == 409
    assert "Anh chị đã gửi đơn rồi." in again.text
    assert "Lần nữa" in again.text
    assert len(queries.applications_by(account.person_id)) == 1


def test_a_statement_of_5000_letters_is_too_long_and_stays_typed(browser, account):
    answer = browser.post("/membership/application", data={"statement": "ă" * 5000})
    assert answer.status_code == 422
    assert "ă" * 5000 in answer.text
    assert pending(account) is None


def test_somebody_elses_application_is_not_to_be_found(browser, account, sign_in):
    application = applied(an_account())

    foreign = browser.post(f"/membership/applications/{application.public_id}/withdrawal")

    assert foreign.status_code == 404
    assert browser.post(f"/membership/applications/{uuid.uuid4()}/withdrawal").status_code == 404
    assert reload(application).state is ApplicationState.PENDING


def test_taking_back_a_decided_application_says_so(browser, account, coordinator):
    application = applied(account)
    operations.decline(application.id, Decision("Chưa", coordinator.id), now=clock.now())

    answer = browser.post(
        f"/membership/applications/{application.public_id}/withdrawal",
        headers={"Referer": "http://localhost/me/"},
    )

    assert answer.status_code == 409
    assert "Đơn này đã được quyết định hoặc đã rút." in answer.text
    assert "Đơn gần nhất không được nhận" in answer.text


def test_an_organisation_is_applied_for_with_its_facts(browser, account):
    ward = a_unit()
    typed = ORGANISATION | {"sector": "wood", "ward": ward.key, "tax_code": "0300588569"}

    answer = browser.post("/membership/application/organisation", data=typed)

    assert answer.status_code == 302
    application = queries.applications_by(account.person_id)[0]
    assert (application.organisation.name, application.organisation.ward_id) == (
        "Công ty Gỗ Demo",
        ward.id,
    )
    assert "Đơn của Công ty Gỗ Demo gửi ngày" in browser.get("/me/").text


def test_an_organisation_that_looks_alike_is_asked_about(browser, account):
    known = an_organisation(name="Công ty TNHH Gỗ Demo")

    asked = browser.post("/membership/application/organisation", data=ORGANISATION)
    assert asked.status_code == 422
    assert "Trong danh sách đã có đơn vị giống tên này." in asked.text

    browser.post(
        "/membership/application/organisation", data=ORGANISATION | {"same_as": known.code}
    )
    assert queries.applications_by(account.person_id)[0].organisation_id == known.id


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "x" * 5000},
        {"name": "Cоng ty"},
        {"kind": "individual"},
        {"sector": "gold"},
        {"ward": "nowhere"},
        {"tax_code": "x" * 5000},
        {"same_as": "dn-9999", "name": ""},
    ],
)
def test_bad_facts_make_no_application(browser, account, typed):
    answer = browser.post("/membership/application/organisation", data=ORGANISATION | typed)
    assert answer.status_code == 422
    assert queries.applications_by(account.person_id) == []


def test_only_coordinators_and_administrators_open_the_desk(sign_in, client, account):
    application = applied(account)
    pages = [
        "/office/members",
        f"/office/members/applications/{application.public_id}",
        "/office/members/1",
    ]

    for role in (RoleName.MEMBER, RoleName.OFFICIAL, RoleName.TRAINER, RoleName.REPRESENTATIVE):
        stranger = sign_in(an_account(role))
        assert [stranger.get(page).status_code for page in pages] == [403] * 3
        forged = {"decision": "accept", "reason": "x", "from_day": clock.today().isoformat()}
        assert stranger.post(pages[1], data=forged).status_code == 403
    assert reload(application).state is ApplicationState.PENDING
    assert client.post(pages[1]).status_code == 401
    assert sign_in(an_account(RoleName.ADMINISTRATOR)).get(pages[0]).status_code == 200


def test_a_coordinator_accepts_with_a_reason(desk, account):
    application = applied(account, "Tôi muốn chia sẻ")
    address = f"/office/members/applications/{application.public_id}"
    assert "Tôi muốn chia sẻ" in desk.get(address).text

    typed = {"decision": "accept", "reason": "Chào mừng", "from_day": clock.today().isoformat()}
    assert desk.post(address, data=typed | {"reason": ""}).status_code == 422
    assert desk.post(address, data=typed).status_code == 302
    assert queries.is_member(account.person_id, on=clock.today())

    again = desk.post(address, data=typed)
    assert again.status_code == 409
    assert "Đơn này đã được quyết định hoặc đã rút." in again.text


def test_a_coordinator_declines_without_a_day(desk, account):
    application = applied(account)
    typed = {"decision": "decline", "reason": "Chưa đủ thông tin", "from_day": "xx"}

    answer = desk.post(f"/office/members/applications/{application.public_id}", data=typed)

    assert answer.status_code == 302
    assert reload(application).state is ApplicationState.DECLINED


def test_an_unknown_application_or_member_is_not_there(desk):
    assert desk.get(f"/office/members/applications/{uuid.uuid4()}").status_code == 404
    assert desk.get("/office/members/99").status_code == 404


def test_a_coordinator_ends_a_membership(desk, coordinator):
    membership = a_member("Lê An", coordinator)
    address = f"/office/members/{membership.id}"
    today = clock.today()

    early = {"last_day": (today - timedelta(days=9)).isoformat(), "reason": "Thôi"}
    assert desk.post(f"{address}/end", data=early).status_code == 422
    assert (
        desk.post(f"{address}/end", data=early | {"last_day": today.isoformat()}).status_code == 302
    )
    assert "Thôi" in desk.get(address).text
    assert reload(membership).to_day == today


@pytest.mark.parametrize("typed", ["nguyen thi anh", "Ánh", "anh thi"])
def test_members_are_found_with_and_without_marks(desk, coordinator, typed):
    a_member("Nguyễn Thị Ánh", coordinator)
    a_member("Trần Bình", coordinator)

    page = desk.get("/office/members", query_string={"tab": "persons", "q": typed}).text

    assert "Nguyễn Thị Ánh" in page
    assert "Trần Bình" not in page
    assert "1 hội viên" in page


def test_members_are_listed_by_given_name_and_filtered(desk, coordinator):
    ward = a_unit(name="Phường Một")
    for name in ("Lê Đạt", "Lê Dũng", "Võ Châu"):
        a_member(name, coordinator)
    a_member("Phan Ở Đây", coordinator, ward_id=ward.id)

    everybody = desk.get("/office/members?tab=persons").text
    here = desk.get(f"/office/members?tab=persons&ward={ward.key}").text
    ended = desk.get("/office/members?tab=persons&standing=ended").text

    places = [everybody.index(name) for name in ("Võ Châu", "Lê Dũng", "Lê Đạt")]
    assert places == sorted(places)
    assert ("Phan Ở Đây" in here, "Lê Dũng" in here) == (True, False)
    assert "Không có kết quả với bộ lọc này" in ended


def test_nonsense_in_the_address_shows_the_list(desk):
    nonsense = "tab=x&page=-1&state=x&kind=individual&standing=x&ward=x"
    assert desk.get(f"/office/members?{nonsense}").status_code == 200
    assert desk.get("/office/members?tab=organisations&page=99999999999").status_code == 200


@pytest.mark.parametrize("tab", ["applications", "persons", "organisations"])
def test_twenty_rows_cost_as_many_queries_as_one(desk, coordinator, count_queries, tab):
    def cost():
        with count_queries() as seen:
            assert desk.get(f"/office/members?tab={tab}").status_code == 200
        return len(seen)

    def one(number):
        applied(an_account())
        a_member(f"Lê An {number}", coordinator)
        account = an_account()
        application = operations.apply_for_organisation(
            account.person_id, an_organisation().id, statement=None, now=clock.now()
        )
        operations.accept(
            application.id, Decision("x", coordinator.id), from_day=clock.today(), now=clock.now()
        )

    one(0)
    few = cost()
    for number in range(1, 20):
        one(number)
    assert cost() == few
    assert few <= 7


def test_twenty_employers_cost_the_own_page_as_many_queries_as_one(browser, account, count_queries):
    def cost():
        with count_queries() as seen:
            assert browser.get("/me/").status_code == 200
        return len(seen)

    an_employment(account.person, an_organisation())
    few = cost()
    for number in range(20):
        an_employment(account.person, an_organisation(), from_day=date(2000 + number, 1, 1))
    assert cost() == few


def test_a_representative_lets_a_colleague_represent(sign_in):
    organisation, speaker, colleague = an_organisation(), an_account(), an_account()
    an_employment(speaker.person, organisation, represents=True)
    work = an_employment(colleague.person, organisation)
    elsewhere = an_employment(an_account().person, an_organisation())
    address = f"/organisations/{organisation.code}/representatives"

    assert sign_in(colleague).post(address, data={"employment": work.id}).status_code == 404
    browser = sign_in(speaker)
    assert browser.post(address, data={"employment": elsewhere.id}).status_code == 404
    assert browser.post(address, data={"employment": "x"}).status_code == 404
    assert browser.post(address, data={"employment": work.id}).status_code == 302
    assert reload(work).represents
    assert reload(colleague).holds(RoleName.REPRESENTATIVE)
