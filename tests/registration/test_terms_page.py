"""The page of a run's groups: a list, each group with its own form and its own errors."""

from datetime import timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import db
from club.people.models import AudienceKind
from club.registration.terms import Group, add_group
from tests.support.factories import a_run, an_account
from tests.support.inspector import complaints
from tests.support.pages import words


@pytest.fixture
def account():
    return an_account(RoleName.COORDINATOR)


@pytest.fixture
def coordinator(sign_in, account):
    return sign_in(account)


@pytest.fixture
def run(account):
    run = a_run(seats=20, starts_at=clock.now() + timedelta(days=20))
    for audience, seats in ((AudienceKind.ENTERPRISE, 10), (AudienceKind.STATE_AGENCY, 4)):
        add_group(run.id, Group(audience=audience), seats=seats, by=account.id, now=clock.now())
    return run


def groups(page):
    """The entries of the list, each from its heading on."""
    listed = page.partition('class="group-list"')[2].partition('class="table-note"')[0]
    return listed.split("<h3>")[1:]


def test_each_group_is_an_entry_with_its_numbers_and_its_form(coordinator, run):
    page = coordinator.get(f"/office/runs/{run.code}/terms?lang=en").text
    enterprises, agencies, everybody = groups(page)
    assert "0 places taken" in enterprises
    assert f"/office/runs/{run.code}/groups/1/seats" in enterprises
    assert 'aria-label="Places for: State agency"' in agencies
    assert "6 places" in everybody


def test_an_error_stands_beside_its_group(coordinator, run):
    answer = coordinator.post(f"/office/runs/{run.code}/groups/2/seats", data={"seats": "x"})
    enterprises, agencies, _everybody = groups(answer.text)
    assert answer.status_code == 422
    assert ("form-error" in enterprises, "form-error" in agencies) == (False, True)
    assert 'href="#seats-2"' in agencies
    assert 'id="seats-2"' in agencies


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.CLOSED])
def test_a_class_that_ended_keeps_its_terms_and_offers_no_form(coordinator, run, state):
    page = f"/office/runs/{run.code}"
    before = coordinator.get(f"{page}/terms?lang=en").text
    assert 'name="seats"' in before
    run.state = state
    if state is RunState.CANCELLED:
        run.cancelled_at = clock.now()
    db.session.commit()
    ended = "The places of a cancelled or closed class stay as they are."
    shown = coordinator.get(f"{page}/terms").text
    assert ended in words(coordinator.get(f"{page}/terms"))
    assert ("<form" in shown.partition("<main")[2].partition("</main")[0]) is False
    for address, typed in (
        ("groups", {"seats": "3", "audience": "individual"}),
        ("groups/1/seats", {"seats": "7"}),
        ("groups/1/removal", {}),
        ("terms", {"way_in": "open", "offer_hours": "30", "cutoff_hours": "24"}),
        ("seats", {"seats": "33"}),
    ):
        answer = coordinator.post(f"{page}/{address}", data=typed)
        assert (address, answer.status_code) == (address, 409)
        assert ended in words(answer)
        assert all(
            f'value="{number}"' in answer.text for number in typed.values() if number.isdigit()
        )


def test_the_page_is_well_made_and_the_desk_leads_to_it(app, coordinator, run, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert complaints(coordinator.get(f"/office/runs/{run.code}/terms").text) == []
    assert (
        f'href="/office/runs/{run.code}/terms"' in coordinator.get(f"/office/runs/{run.code}").text
    )
