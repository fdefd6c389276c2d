"""One verdict with all its reasons: the same before the form, and behind a hand-made POST."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import db
from club.registration import moving, operations, pool, terms
from club.registration.models import RunTerms, WayIn
from club.registration.places import Wishes
from club.registration.rules.coming import (
    Applicant,
    NotEligibleError,
    RegistrationRefusal,
    verdict_on,
)
from club.registration.rules.terms import Terms
from tests.registration.support import a_registrant, active, register, states
from tests.support.factories import NOW, a_run, an_account, reload
from tests.support.pages import words

ANYBODY = Applicant(account_confirmed=True, consents=True, is_registered=False)
NOBODY_YET = Applicant(account_confirmed=False, consents=False, is_registered=False)


pytestmark = pytest.mark.usefixtures("present")


def reasons(run, applicant):
    verdict = verdict_on(run, applicant, at=NOW)
    assert verdict.allows is (verdict.reasons == ())
    return [reason.refusal.name for reason in verdict.reasons]


def by(run, way_in):
    """The run, from now on with this way in."""
    by = an_account(RoleName.COORDINATOR)
    terms.set_terms(run.id, Terms(way_in=way_in), by=by.id, now=NOW)
    return reload(run)


def test_nothing_stands_in_the_way(app):
    assert reasons(a_run(), ANYBODY) == []


def test_all_reasons_are_there_at_once(app):
    run = a_run(sessions=0, registration_opens_at=NOW + timedelta(days=1))
    assert reasons(run, NOBODY_YET) == [
        "NO_SESSIONS", "NOT_OPEN_YET", "ACCOUNT_NOT_CONFIRMED", "NO_CONSENT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"state": RunState.DRAFT}, "NOT_ANNOUNCED"),
        ({"state": RunState.CANCELLED}, "RUN_CANCELLED"),
        ({"state": RunState.CLOSED}, "RUN_CLOSED"),
        ({"starts_at": NOW}, "STARTED"),
        ({"registration_closes_at": NOW}, "NO_LONGER_OPEN"),
    ],
)
def test_what_nobody_can_mend_stands_alone(app, given, reason):
    assert reasons(a_run(**given), NOBODY_YET) == [reason]


def test_who_is_on_the_list_hears_only_that(app):
    applicant = Applicant(account_confirmed=False, consents=False, is_registered=True)
    run = a_run(registration_opens_at=NOW + timedelta(days=1))
    assert reasons(run, applicant) == ["ALREADY_REGISTERED"]


def test_the_form_asks_for_a_missing_consent_itself(app):
    run, applicant = a_run(), Applicant(True, consents=False, is_registered=False)
    verdict = verdict_on(run, applicant, at=NOW)
    assert not verdict.allows
    assert verdict.hindrances == []


def test_the_page_says_every_reason_and_what_to_do_before_any_form(sign_in):
    run = a_run(registration_opens_at=NOW + timedelta(days=1))
    client = sign_in(a_registrant(confirmed_at=None))
    page = client.get(f"/runs/{run.code}?lang=en")
    assert RegistrationRefusal.NOT_OPEN_YET in words(page)
    assert "It opens on 04/03/2026" in words(page)
    assert RegistrationRefusal.ACCOUNT_NOT_CONFIRMED in words(page)
    assert 'href="/confirm"' in page.text
    assert f'action="/runs/{run.code}/registration"' not in page.text


def test_a_hand_made_request_hears_the_same(sign_in):
    run = a_run(registration_opens_at=NOW + timedelta(days=1))
    client = sign_in(a_registrant(confirmed_at=None))
    client.get(f"/runs/{run.code}?lang=en")
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert answer.status_code == 409
    assert RegistrationRefusal.NOT_OPEN_YET in words(answer)
    assert RegistrationRefusal.ACCOUNT_NOT_CONFIRMED in words(answer)
    assert states(run) == []


def test_who_can_register_is_told_so(sign_in):
    run = a_run()
    page = words(sign_in(a_registrant()).get(f"/runs/{run.code}?lang=en"))
    assert "You can register for this class." in page


def test_the_operation_names_every_reason(app):
    run = a_run(registration_opens_at=NOW + timedelta(days=1))
    an = a_registrant(confirmed_at=None, consents=False)
    with pytest.raises(NotEligibleError) as refused:
        register(an, run)
    assert [reason.refusal.name for reason in refused.value.verdict.reasons] == [
        "NOT_OPEN_YET", "ACCOUNT_NOT_CONFIRMED", "NO_CONSENT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way_in", "reason"),
    [(WayIn.INVITATION, "INVITED_ONLY"), (WayIn.NOMINATION, "NOMINATED_ONLY")],
)
def test_only_who_is_let_in_comes_into_a_run_that_is_not_open(app, way_in, reason):
    verdict = verdict_on(a_run(), NOBODY_YET, way_in=way_in, at=NOW)
    assert verdict.reasons[0].refusal.name == reason
    let_in = replace(ANYBODY, is_let_in=True)
    assert verdict_on(a_run(), let_in, way_in=way_in, at=NOW).allows


def test_a_run_by_nomination_says_so_and_refuses_a_hand_made_request(sign_in):
    run = by(a_run(), WayIn.NOMINATION)
    client = sign_in(a_registrant())
    page = client.get(f"/runs/{run.code}?lang=en")
    assert RegistrationRefusal.NOMINATED_ONLY in words(page)
    assert "By nomination: organisations name their people." in words(page)
    assert 'href="/me/profile"' in page.text
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert answer.status_code == 409
    assert RegistrationRefusal.NOMINATED_ONLY in words(answer)
    assert states(run) == []


@pytest.mark.parametrize(
    ("way_in", "told", "button"),
    [
        (WayIn.OPEN, "Sign in to take a place.", "Sign in and register"),
        (WayIn.APPROVAL, "the coordinator decides about each request.", "and ask for a place"),
        (
            WayIn.ENDORSED_APPROVAL,
            "first the representative of your organisation agrees",
            "Sign in and ask for a place",
        ),
        (WayIn.INVITATION, "for people whom the club invites.", "Sign in and register"),
        (WayIn.NOMINATION, "organisations nominate their people.", "Sign in"),
    ],
)
def test_strangers_read_who_may_come(client, way_in, told, button):
    run = by(a_run(), way_in)
    panel = client.get(f"/runs/{run.code}?lang=en").text.partition('id="run-register-title"')[2]
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", panel.partition("</section>")[0])).split())
    assert told in text
    assert button in text
    assert ("take a place." in text) is (way_in is WayIn.OPEN)
    assert ("Make an account" in text) is (way_in is not WayIn.NOMINATION)


def test_staff_are_a_way_into_any_run(app):
    run, an, staff = by(a_run(), WayIn.NOMINATION), a_registrant(), an_account()
    operations.register_on_behalf(
        an.person_id, run_id=run.id, organisation_id=None, by=staff.id, now=NOW
    )
    assert states(run) == [(1, "confirmed")]


def test_moving_is_no_way_around_the_way_in(app):
    here, an = a_run(), a_registrant()
    there = by(a_run(course=here.course), WayIn.NOMINATION)
    register(an, here)
    mine = active(an, here).id
    with pytest.raises(NotEligibleError) as refused:
        moving.move_to_run(mine, run_id=there.id, by=an.id, now=NOW)
    assert refused.value.refusal is RegistrationRefusal.NOMINATED_ONLY
    assert (states(here), states(there)) == ([(1, "confirmed")], [])


def test_the_pool_of_a_course_fills_no_run_that_is_not_open(app):
    full = a_run(seats=1)
    register(a_registrant(), full)
    register(a_registrant(), full, wishes=Wishes(any_run=True))
    new = by(a_run(course=full.course), WayIn.NOMINATION)
    pool.offer_to_pool(new, by=None, now=NOW)
    assert states(new) == []


def test_the_way_in_is_set_among_the_terms(sign_in):
    run, office = a_run(), sign_in(an_account(RoleName.COORDINATOR))
    given = {"cutoff_hours": "24", "offer_hours": "48"}
    address = f"/office/runs/{run.code}/terms"
    assert office.post(address, data=given | {"way_in": "secretly"}).status_code == 422
    office.post(address, data=given | {"way_in": "nomination"})
    assert db.session.get(RunTerms, run.id).way_in is WayIn.NOMINATION
