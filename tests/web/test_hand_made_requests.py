"""Requests that no form of ours sends: files and JSON where text is expected."""

from io import BytesIO

import pytest

from club.accounts.models import RoleName
from tests.support.factories import a_course, a_run, an_account

#: Forms with fields of different kinds: texts with filters, numbers, days.
FORMS = [
    ("/office/courses/new", "title"),
    ("/office/plan/values/new", "value"),
    ("/office/units/new", "name"),
    ("/me/profile", "full_name"),
    ("/me/calendar", "name"),
    ("/login", "email"),
]


@pytest.fixture
def administrator(sign_in):
    return sign_in(an_account(RoleName.ADMINISTRATOR))


@pytest.mark.parametrize(("address", "field"), FORMS)
def test_a_file_in_place_of_a_text_counts_as_nothing_typed(administrator, client, address, field):
    browser = client if address == "/login" else administrator
    answer = browser.post(address, data={field: (BytesIO(b"hello"), "a.txt")})
    assert answer.status_code == 422


@pytest.mark.parametrize("body", ['{"name": 5, "title": ["x"]}', "[1, 2]", "null", "{"])
@pytest.mark.parametrize(("address", "_field"), FORMS)
def test_json_in_place_of_a_form_counts_as_nothing_typed(
    administrator, client, address, _field, body
):
    browser = client if address == "/login" else administrator
    answer = browser.post(address, data=body, content_type="application/json")
    assert answer.status_code == (415 if address == "/login" else 422)


#: Forms with numbers, each of which goes into a column or is compared with one.
NUMBERS = [
    ("/office/courses/new", "duration_days_min"),
    ("/office/plan/values/new", "value"),
    ("/office/runs/new?course=C-1", "seats"),
    ("/office/runs/new?course=C-1", "price_vnd"),
    ("/office/runs/R-1/terms", "most_per_organisation"),
    ("/office/runs/R-1/terms", "offer_hours"),
    ("/office/runs/R-1/groups", "seats"),
    ("/office/runs/R-1/groups", "ward"),
    ("/office/runs/R-1/seats", "seats"),
    ("/me/profile", "birth_year"),
]


@pytest.mark.parametrize("number", ["9" * 10, "9" * 20, "9" * 5000, "-" + "9" * 20, "²"])
@pytest.mark.parametrize(("address", "field"), NUMBERS)
def test_a_number_that_no_column_holds_is_told_in_the_form(administrator, address, field, number):
    a_run(code="R-1", course=a_course(code="C-1"))
    assert administrator.post(address, data={field: number}).status_code == 422


@pytest.mark.parametrize("number", ["0", "-1", "9" * 20, "9" * 5000, "²", "x", ""])
@pytest.mark.parametrize(
    "address",
    [
        "/courses/?page={}",
        "/api/runs?page={}",
        "/knowledge/?page={}",
        "/search?q=5S&page={}",
        "/office/courses?page={}",
        "/office/audit?page={}",
        "/office/accounts?page={}",
        "/office/letters?page={}",
        "/me/notices?page={}",
    ],
)
def test_a_number_of_a_page_that_is_none_means_the_first(administrator, address, number):
    assert administrator.get(address.format(number)).status_code == 200
