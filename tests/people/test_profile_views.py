import unicodedata
from datetime import date

import pytest

from club.people import queries
from tests.support.factories import (
    a_person,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

DETAILS = {"full_name": "Lê An", "sex": "not_stated", "job_group": "workers", "ward": ""}
WORK = {"kind": "enterprise", "size_class": "not_stated", "from_day": "2024-01-01"}


@pytest.fixture
def account():
    return an_account()


@pytest.fixture
def browser(sign_in, account):
    return sign_in(account)


def test_details_are_kept_tidy(browser, account):
    ward = a_unit()
    typed = {
        "full_name": unicodedata.normalize("NFD", " Lê  Ân\x00 "),
        "phone": "0912 345 678",
        "birth_year": "1990",
        "ward": ward.key,
    }

    answer = browser.post("/me/profile", data=DETAILS | typed)

    assert (answer.status_code, answer.location) == (302, "/me/profile")
    person = reload(account.person)
    assert (person.full_name, person.phone, person.birth_year) == ("Lê Ân", "+84912345678", 1990)
    assert person.ward_id == ward.id
    assert 'value="0912 345 678"' in browser.get("/me/profile").text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"full_name": ""}, "Ghi đầy đủ tên."),
        ({"full_name": "x" * 5000}, "5.000"),
        ({"full_name": "Nguyеn An"}, "bảng chữ cái khác"),
        ({"phone": "0912 345"}, "Nhập đủ 10 chữ số, ví dụ 0901 234 567. Số vừa nhập có 7."),
        ({"birth_year": "90"}, "Ghi năm đủ bốn chữ số"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_stays_typed(
    browser, account, typed, message
):
    name = account.person.full_name

    answer = browser.post("/me/profile", data=DETAILS | typed)

    assert answer.status_code == 422
    assert message in answer.text
    assert str(next(iter(typed.values())))[:100] in answer.text
    assert reload(account.person).full_name == name


@pytest.mark.parametrize(
    "forged",
    [{"sex": "boss"}, {"job_group": "king"}, {"ward": "no-such-ward"}, {"birth_year": "x"}],
)
def test_a_forged_choice_is_refused(browser, forged):
    assert browser.post("/me/profile", data=DETAILS | forged).status_code == 422


def test_an_ended_ward_stays_to_choose_for_whoever_has_it(browser, account):
    ended = a_unit(name="Phường Cũ", valid_to=date(2025, 6, 30))
    assert "Phường Cũ" not in browser.get("/me/profile").text
    browser.post("/me/profile", data=DETAILS)
    from club.db import transaction
    from club.people.models import Person

    with transaction() as session:
        session.get_one(Person, account.person_id).ward_id = ended.id
    assert "Phường Cũ" in browser.get("/me/profile").text


def test_a_new_place_of_work_is_entered_with_its_organisation(browser, account):
    answer = browser.post("/me/profile/work/new", data=WORK | {"name": "Công ty Demo Mới"})

    assert answer.status_code == 302
    employer = queries.employer_on(account.person_id, date(2026, 3, 3))
    assert employer.name == "Công ty Demo Mới"


def test_an_organisation_that_looks_alike_is_asked_about_first(browser, account):
    known = an_organisation(name="Công ty TNHH Gỗ Minh Demo")
    typed = WORK | {"name": "Gỗ Minh Demo"}

    asked = browser.post("/me/profile/work/new", data=typed)
    assert asked.status_code == 422
    assert "Công ty TNHH Gỗ Minh Demo" in asked.text
    assert queries.employments_of(account.person_id) == []

    browser.post("/me/profile/work/new", data=typed | {"same_as": known.code})
    assert [e.organisation for e in queries.employments_of(account.person_id)] == [known]
    assert not queries.employments_of(account.person_id)[0].represents


def test_none_of_those_is_an_answer(browser, account):
    an_organisation(name="Công ty TNHH Gỗ Minh Demo")

    answer = browser.post(
        "/me/profile/work/new", data=WORK | {"name": "Gỗ Minh Demo", "same_as": "none"}
    )

    assert answer.status_code == 302
    assert queries.employer_on(account.person_id, date(2026, 3, 3)).name == "Gỗ Minh Demo"


def test_a_doubtful_tax_code_warns_and_is_taken_when_kept(browser, account):
    typed = WORK | {"name": "Công ty Demo Mới", "tax_code": "0300588560"}

    asked = browser.post("/me/profile/work/new", data=typed)
    assert asked.status_code == 422
    assert "Số kiểm tra không khớp" in asked.text
    assert 'name="tax_code_kept" value="0300588560"' in " ".join(asked.text.split())

    kept = browser.post("/me/profile/work/new", data=typed | {"tax_code_kept": "0300588560"})
    assert kept.status_code == 302
    assert queries.employer_on(account.person_id, date(2026, 3, 3)).tax_code == "0300588560"


def test_a_kept_code_does_not_cover_another_one(browser):
    typed = WORK | {"name": "Công ty Demo", "tax_code": "0300588561", "tax_code_kept": "0300588560"}
    assert browser.post("/me/profile/work/new", data=typed).status_code == 422


def test_work_that_ends_before_it_begins_is_refused(browser):
    typed = WORK | {"name": "Công ty Demo", "to_day": "2023-12-31"}
    answer = browser.post("/me/profile/work/new", data=typed)
    assert answer.status_code == 422
    assert "Ngày cuối cùng đang ở trước ngày đầu tiên." in answer.text


def test_leaving_is_for_the_own_work_only(browser, account, sign_in):
    own = an_employment(account.person, an_organisation())
    others = an_employment(a_person(), an_organisation())

    assert browser.get(f"/me/profile/work/{others.id}/end").status_code == 404
    assert (
        browser.post(
            f"/me/profile/work/{others.id}/end", data={"last_day": "2026-03-01"}
        ).status_code
        == 404
    )
    assert browser.get(f"/me/profile/work/{own.id}/end").status_code == 200
    assert (
        browser.post(f"/me/profile/work/{own.id}/end", data={"last_day": "2026-03-01"}).status_code
        == 302
    )
    assert reload(own).to_day == date(2026, 3, 1)
    assert reload(others).to_day is None


@pytest.mark.parametrize("rows", [1, 20])
def test_the_profile_costs_the_same_however_much_there_is(browser, account, count_queries, rows):
    for number in range(rows):
        an_employment(
            account.person,
            an_organisation(),
            from_day=date(1990 + number, 1, 1),
            to_day=date(1990 + number, 2, 1),
        )
    with count_queries() as seen:
        assert browser.get("/me/profile").status_code == 200
    assert len(seen) <= 7
