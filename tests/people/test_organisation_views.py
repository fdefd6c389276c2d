from datetime import date

import pytest

from club.accounts.models import RoleName
from club.people import queries
from tests.support.factories import a_person, an_account, an_employment, an_organisation, reload

TODAY = date(2026, 3, 3)
COLLEAGUE = {"full_name": "Võ Demo Châu", "email": "chau@example.vn", "from_day": "2026-03-01"}


@pytest.fixture
def organisation():
    return an_organisation(name="Công ty Gỗ Demo", sector="wood", tax_code="0300588569")


@pytest.fixture
def representative(organisation):
    account = an_account(RoleName.REPRESENTATIVE)
    an_employment(account.person, organisation, represents=True)
    return account


@pytest.fixture
def browser(sign_in, representative):
    return sign_in(representative)


def pages(organisation, work):
    here = f"/organisations/{organisation.code}/"
    return [here, f"{here}facts", f"{here}people/new", f"{here}people/{work.id}/end"]


def test_strangers_find_nothing(sign_in, client, organisation, representative):
    work = an_employment(a_person(), organisation)
    colleague = an_account()
    an_employment(colleague.person, organisation)
    other_representative = an_account(RoleName.REPRESENTATIVE)
    an_employment(other_representative.person, an_organisation(), represents=True)
    trainer = an_account(RoleName.TRAINER, RoleName.MEMBER, RoleName.ASSESSOR)

    for account in (an_account(), colleague, other_representative, trainer):
        stranger = sign_in(account)
        assert [stranger.get(page).status_code for page in pages(organisation, work)] == [404] * 4
        assert [stranger.post(page).status_code for page in pages(organisation, work)[1:]] == [
            404
        ] * 3
    assert client.get(f"/organisations/{organisation.code}/").status_code == 302


def test_an_official_reads_and_changes_nothing(sign_in, organisation):
    work = an_employment(a_person(), organisation)
    official = sign_in(an_account(RoleName.OFFICIAL))

    answers = [official.get(page).status_code for page in pages(organisation, work)]

    assert answers == [200, 404, 404, 404]
    assert "people/new" not in official.get(f"/organisations/{organisation.code}/").text


def test_a_representative_whose_work_has_ended_finds_nothing(sign_in, organisation):
    former = an_account(RoleName.REPRESENTATIVE)
    an_employment(former.person, organisation, represents=True, to_day=date(2025, 1, 1))
    assert sign_in(former).get(f"/organisations/{organisation.code}/").status_code == 404


def test_the_page_shows_facts_and_people_by_given_name(browser, organisation):
    for name in ("Lê Demo Đạt", "Lê Demo Dũng", "Võ Demo Châu"):
        an_employment(a_person(full_name=name), organisation)

    page = browser.get(f"/organisations/{organisation.code}/").text

    assert "Gỗ, nội thất" in page
    found = [page.index(name) for name in ("Võ Demo Châu", "Lê Demo Dũng", "Lê Demo Đạt")]
    assert found == sorted(found)


def test_somebody_new_is_added(browser, organisation):
    answer = browser.post(f"/organisations/{organisation.code}/people/new", data=COLLEAGUE)

    assert answer.status_code == 302
    person = queries.people_matching("vo demo chau")[0]
    assert queries.employer_on(person.id, TODAY) == organisation


def test_a_known_person_is_asked_about_never_joined_silently(browser, organisation):
    known = a_person(full_name="Võ Demo Châu", email="chau@example.vn")
    address = f"/organisations/{organisation.code}/people/new"

    asked = browser.post(address, data=COLLEAGUE)
    assert asked.status_code == 422
    assert "Câu lạc bộ đã biết một người trùng tên" in asked.text
    assert queries.employer_on(known.id, TODAY) is None

    browser.post(address, data=COLLEAGUE | {"same_as": str(known.public_id)})
    assert queries.employer_on(known.id, TODAY) == organisation
    assert len(queries.people_matching("vo demo chau")) == 1


def test_a_forged_choice_of_somebody_else_is_asked_again(browser, organisation):
    a_person(full_name="Võ Demo Châu", email="chau@example.vn")
    victim = a_person(full_name="Trần Demo Bí Mật")

    answer = browser.post(
        f"/organisations/{organisation.code}/people/new",
        data=COLLEAGUE | {"same_as": str(victim.public_id)},
    )

    assert answer.status_code == 422
    assert queries.employer_on(victim.id, TODAY) is None


def test_a_forged_choice_without_a_question_makes_somebody_new(browser, organisation):
    victim = a_person(full_name="Trần Demo Bí Mật")

    browser.post(
        f"/organisations/{organisation.code}/people/new",
        data=COLLEAGUE | {"same_as": str(victim.public_id)},
    )

    assert queries.employer_on(victim.id, TODAY) is None
    assert len(queries.people_matching("vo demo chau")) == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"full_name": "x" * 5000}, "5.000"),
        ({"email": "chаu@example.vn"}, "chữ không dấu"),
        ({"email": "chau"}, "Ghi đủ địa chỉ"),
        ({"phone": "12"}, "Nhập đủ 10 chữ số"),
        ({"from_day": "0026-03-01"}, "năm"),
        ({"from_day": "2029-03-01"}, "mười hai tháng tới"),
        ({"from_day": ""}, "Chọn ngày bắt đầu"),
    ],
)
def test_bad_input_is_said_and_nobody_is_added(browser, organisation, typed, message):
    answer = browser.post(f"/organisations/{organisation.code}/people/new", data=COLLEAGUE | typed)

    assert answer.status_code == 422
    assert message in answer.text
    assert queries.people_matching("vo demo chau") == []


def test_work_is_ended_in_the_own_organisation_only(browser, organisation):
    work = an_employment(a_person(), organisation)
    elsewhere = an_employment(a_person(), an_organisation())
    here = f"/organisations/{organisation.code}/people"

    assert (
        browser.post(f"{here}/{elsewhere.id}/end", data={"last_day": "2026-03-01"}).status_code
        == 404
    )
    assert browser.post(f"{here}/{work.id}/end", data={"last_day": "2020-03-01"}).status_code == 422
    assert browser.post(f"{here}/{work.id}/end", data={"last_day": "2026-03-01"}).status_code == 302
    assert reload(work).to_day == date(2026, 3, 1)


def test_facts_are_changed(browser, organisation):
    address = f"/organisations/{organisation.code}/facts"
    typed = {
        "name": "Công ty Gỗ Demo Mới",
        "kind": "enterprise",
        "size_class": "small",
        "sector": "wood",
    }

    assert 'value="0300588569"' in browser.get(address).text
    assert browser.post(address, data=typed | {"sector": "gold"}).status_code == 422
    assert browser.post(address, data=typed | {"kind": "individual"}).status_code == 422
    assert browser.post(address, data=typed).status_code == 302
    assert reload(organisation).name == "Công ty Gỗ Demo Mới"


def test_the_tax_code_of_another_organisation_is_refused(browser, organisation):
    an_organisation(tax_code="0100109106")
    typed = {
        "name": "Công ty",
        "kind": "enterprise",
        "size_class": "small",
        "tax_code": "0100109106",
    }

    answer = browser.post(f"/organisations/{organisation.code}/facts", data=typed)

    assert answer.status_code == 422
    assert "Đã có đơn vị khác mang mã số thuế này." in answer.text


def queries_for(browser, count_queries, address):
    with count_queries() as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_twenty_people_cost_as_many_queries_as_one(browser, organisation, count_queries):
    address = f"/organisations/{organisation.code}/"
    few = queries_for(browser, count_queries, address)
    for _ in range(20):
        an_employment(a_person(), organisation)
    assert queries_for(browser, count_queries, address) == few
