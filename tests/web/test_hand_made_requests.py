"""Requests that no form of ours sends: files and JSON where text is expected."""

from io import BytesIO

import pytest

from club.accounts.models import RoleName
from tests.support.factories import an_account

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
