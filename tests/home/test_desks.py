"""Whoever works for the club finds every desk of the own roles, and the daily ones on each page."""

import re

import pytest

from club.accounts.models import RoleName
from club.web.desks import Field
from tests.support.factories import an_account


@pytest.fixture
def desks_of(sign_in):
    """Addresses in the row on every page, and those listed at ``/office/``."""

    def found(*roles):
        page = sign_in(an_account(*roles)).get("/office/").text
        row = re.search(r'<nav class="desk-bar".*?</nav>', page, re.DOTALL).group()
        listed = re.search(r"<main.*?</main>", page, re.DOTALL).group()
        return [re.findall(r'<a href="([^"]+)"', part) for part in (row, listed)]

    return found


def test_the_row_holds_the_daily_desks_and_leads_to_all(desks_of):
    row, listed = desks_of(RoleName.COORDINATOR)
    assert row[-1] == "/office/"
    assert set(row[:-1]) < set(listed)
    assert {"/office/privacy", "/office/imports", "/office/letters"} <= set(listed) - set(row)


def test_a_desk_of_another_role_is_not_listed(desks_of):
    row, listed = desks_of(RoleName.TRAINER)
    assert row == ["/teaching/", "/office/"]
    assert listed == ["/teaching/", "/teaching/questions", "/office/knowledge/"]


def test_members_have_no_desk(sign_in):
    assert sign_in(an_account()).get("/office/").status_code == 403


def test_each_field_of_work_stands_once(sign_in):
    page = sign_in(an_account(*RoleName)).get("/office/").text
    fields = re.findall(r'<h2 id="field-\d+">(.+?)</h2>', page)
    assert len(fields) == len(set(fields)) == len(Field)
