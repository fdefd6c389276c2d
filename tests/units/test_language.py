"""Wards have names in the reader's language wherever they are shown or chosen."""

import re
from datetime import date, timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from tests.support.factories import a_course, a_run, a_unit, an_account


@pytest.fixture(autouse=True)
def ward(app):
    return a_unit(name="Phường Lái Thiêu", name_en="Lai Thieu Ward", valid_from=date(2025, 7, 1))


@pytest.fixture
def run(ward):
    return a_run(starts_at=clock.now() + timedelta(days=9), place="Phòng 2", ward=ward)


def test_the_agenda_and_its_calendar_name_the_ward(client, run):
    agenda = client.get("/calendar?lang=en").text
    assert "Phòng 2, Lai Thieu Ward" in agenda
    assert "Phường Lái Thiêu" not in agenda
    assert "LOCATION:Phòng 2\\, Lai Thieu Ward" in client.get("/calendar.ics?lang=en").text
    assert "Phòng 2, phường Lái Thiêu" in client.get("/calendar?lang=vi").text


@pytest.mark.parametrize(
    "address",
    [
        "/me/profile",
        "/membership/application/organisation",
        "/office/runs/new?course={course}",
        "/office/runs/{run}/terms",
    ],
)
def test_forms_offer_wards_in_the_readers_language(sign_in, run, address):
    coordinator = sign_in(an_account(RoleName.COORDINATOR))
    page = coordinator.get(address.format(run=run.code, course=a_course().code)).text
    assert "Phường Lái Thiêu" in page
    coordinator.get("/?lang=en")
    page = coordinator.get(address.format(run=run.code, course=a_course().code)).text
    choices = re.findall(r"<option[^>]*>([^<]*Thi[^<]*)</option>", page)
    assert choices == ["Lai Thieu Ward"]
