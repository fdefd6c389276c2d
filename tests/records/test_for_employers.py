"""An organisation sees records of its people in a class: only of those who let it."""

from datetime import date

import pytest

from club import clock
from club.accounts.consents import give_consent, withdraw_consent
from club.accounts.models import ConsentPurpose, RoleName
from club.records.operations import close_run
from tests.records.kit import a_coordinator, a_taught_run, on_the_list, present
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation


@pytest.fixture(autouse=True)
def present_moment(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(NOW))


@pytest.fixture
def firm():
    return an_organisation()


def attended(run, firm, name, *, lets_see=True, **work):
    """Somebody who came to every session for the firm."""
    person = a_person(full_name=name)
    an_employment(person, firm, **work)
    on_the_list(run, person, organisation_id=firm.id, audience=firm.kind)
    present(run, person)
    if lets_see:
        purpose = ConsentPurpose.RECORDS_FOR_EMPLOYER
        give_consent(person.id, purpose, language="vi", now=NOW)
    return person


def test_only_of_those_who_agreed_and_still_work_there(sign_in, firm):
    run = a_taught_run()
    attended(run, firm, "Lê Bình")
    attended(run, firm, "Lê Chi", lets_see=False)
    attended(run, firm, "Lê Dung", to_day=date(2026, 3, 2))
    changed = attended(run, firm, "Lê Giang")
    withdraw_consent(changed.id, ConsentPurpose.RECORDS_FOR_EMPLOYER, now=NOW)
    close_run(run.id, by=a_coordinator().id, now=NOW)
    representative = an_account(RoleName.REPRESENTATIVE)
    an_employment(representative.person, firm, represents=True)

    page = sign_in(representative).get(f"/organisations/{firm.code}/classes/{run.code}").text

    records = page.split('id="records"')[1].split("</table>")[0]
    shown = [name for name in ("Bình", "Chi", "Dung", "Giang") if f"Lê {name}" in records]
    assert shown == ["Bình"]
