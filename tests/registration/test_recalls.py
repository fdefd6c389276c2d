"""What waits for an answer is recalled once, by day: invitations, and requests for a place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import Account, RoleName
from club.db import db
from club.outbox.models import Letter
from club.registration.inviting import operations as inviting
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.operations import Guests
from club.registration.models import WayIn
from club.registration.reminders.invitations import remind_of_invitations
from club.registration.reminders.models import RequestRecall
from club.registration.reminders.requests import remind_of_requests
from club.registration.reminders.rules import OF_INVITATIONS, OF_REQUESTS
from club.registration.requests import operations as requests
from tests.registration.support import a_registrant, a_run_by, active, letters, register
from tests.registration.test_requests import a_firm_with_a_voice, a_worker
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Nine in the morning, eight days after.
START = NOW + 8 * DAY

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR)


def remind(hours):
    """The worker's rounds so many hours after the invitation or the request."""
    for verb in (remind_of_invitations, remind_of_requests):
        verb(now=lambda: NOW + hours * HOUR)


def written(kind):
    """The letters of a kind by address."""
    query = select(Letter).filter_by(kind=f"registration.{kind}").order_by(Letter.id)
    return {letter.recipient: letter for letter in db.session.scalars(query)}


# Invitations


def an_inviting_run(**given):
    return a_run_by(WayIn.INVITATION, starts_at=START, **given)


def invite(run, *emails, by, now=NOW):
    inviting.invite(run.id, Guests(emails), by=by.id, now=now)


def test_who_has_not_come_is_reminded_once_before_registration_ends(by):
    run = an_inviting_run(registration_closes_at=START - DAY, seats=5)
    invite(run, "an@example.vn", "la@example.vn", by=by)
    an = a_registrant(email="an@example.vn")
    register(an, run)
    remind(7 * 24 - 42.1)  # a quarter of seven days before the end
    assert written("invitation_reminder") == {}
    for hours in (7 * 24 - 42, 7 * 24 - 41, 7 * 24 - 1):
        remind(hours)
    assert letters().count("invitation_reminder") == 1
    letter = written("invitation_reminder")["la@example.vn"]
    assert letter.subject.startswith("Hạn đăng ký 10/03/2026 09:00")
    assert f"/runs/{run.code}" in letter.body_text
    assert "danh sách chờ" not in letter.body_text


def test_without_an_end_of_registration_it_is_the_start_and_a_full_class_is_said_to_be_one(by):
    run = an_inviting_run(seats=1)
    invite(run, "an@example.vn", "la@example.vn", by=by)
    register(a_registrant(email="an@example.vn"), run)
    remind(6 * 24)
    assert "danh sách chờ" in written("invitation_reminder")["la@example.vn"].body_text


def test_at_night_it_waits_for_the_morning_and_after_the_end_nothing_is_said(by):
    run = an_inviting_run(registration_closes_at=START - DAY)
    invite(run, "la@example.vn", by=by)
    remind(6 * 24 + 14)  # 23:00
    assert letters() == ["invited"]
    remind(6 * 24 + 22)  # 7:00
    assert letters() == ["invited", "invitation_reminder"]
    other = an_inviting_run(registration_closes_at=START - DAY)
    invite(other, "la@example.vn", by=by)
    remind(7 * 24)
    assert letters() == ["invited", "invitation_reminder", "invited"]


def test_a_withdrawn_invitation_is_not_recalled(by):
    run = an_inviting_run()
    invite(run, "la@example.vn", by=by)
    [invitation] = db.session.scalars(select(RunInvitation))
    inviting.withdraw_invitation(invitation, by=by.id, now=NOW)
    remind(7 * 24)
    assert written("invitation_reminder") == {}


def test_many_are_reminded_a_few_at_a_time_and_the_office_reads_when(by, sign_in):
    run = an_inviting_run()
    invite(run, *(f"a{n}@example.vn" for n in range(60)), by=by)
    remind(7 * 24)
    assert len(written("invitation_reminder")) == 60
    page = words(sign_in(by).get(f"/office/runs/{run.code}/invitations?lang=en"))
    assert page.count("Reminded on") == 60


@pytest.mark.parametrize(("days", "hours_before"), [(30, 48), (8, 48), (2, 12), (0.9, None)])
def test_the_notice_of_an_invitation_is_a_quarter_of_its_time_and_two_days_at_most(
    days, hours_before
):
    ends = NOW + days * DAY
    due = [h for h in range(1, 30 * 24) if OF_INVITATIONS.is_due(NOW, ends, at=ends - h * HOUR)]
    assert (due[-1] if due else None) == hours_before


# Requests


def test_coordinators_are_reminded_once_of_what_nobody_decided(by, sign_in):
    run = a_run_by(WayIn.APPROVAL, starts_at=START)
    colleague = an_account(RoleName.COORDINATOR)
    an_account(RoleName.COORDINATOR, active=False)
    for _ in range(2):
        register(a_registrant(), run)
    remind(6 * 24 - 0.1)
    assert written("requests_undecided") == {}
    remind(6 * 24)
    register(a_registrant(), run, now=NOW + 6 * DAY)
    remind(7 * 24)
    told = written("requests_undecided")
    assert {by.email, colleague.email} <= set(told)
    assert letters(by) == letters(colleague) == ["requests_undecided"]
    letter = told[by.email]
    assert "Còn 2 đề nghị học lớp này" in letter.body_text
    assert f"/office/runs/{run.code}/requests" in letter.body_text
    assert "người đại diện" not in letter.body_text
    [recall] = db.session.scalars(select(RequestRecall))
    assert (recall.at, recall.requests) == (NOW + 6 * DAY, 2)
    page = words(sign_in(by).get(f"/office/runs/{run.code}/requests?lang=en"))
    assert "The coordinators were reminded on" in page


def test_what_is_decided_is_not_recalled(by):
    run, an = a_run_by(WayIn.APPROVAL, starts_at=START), a_registrant()
    register(an, run)
    requests.refuse(active(an, run).id, reason="x", by=by.id, now=NOW)
    remind(7 * 24)
    assert written("requests_undecided") == {}


def test_a_class_that_moves_is_recalled_anew(by):
    run, an = a_run_by(WayIn.APPROVAL, starts_at=START), a_registrant()
    register(an, run)
    remind(7 * 24)
    reload(run).starts_at = START + 10 * DAY
    db.session.commit()
    remind(8 * 24)
    assert letters(by) == ["requests_undecided"]
    remind(17 * 24)
    assert letters(by) == ["requests_undecided"] * 2


def test_at_night_coordinators_sleep(by):
    run = a_run_by(WayIn.APPROVAL, starts_at=START)
    register(a_registrant(), run)
    remind(6 * 24 + 14)  # 23:00
    assert letters(by) == []


def test_it_is_said_how_many_wait_for_an_organisation(by):
    firm, _ = a_firm_with_a_voice()
    run = a_run_by(WayIn.ENDORSED_APPROVAL, starts_at=START)
    register(a_worker(firm), run, organisation=firm)
    register(a_registrant(), run)
    remind(7 * 24)
    text = written("requests_undecided")[by.email].body_text
    assert "Trong đó 1 đề nghị chưa có ý kiến của người đại diện" in text


def test_a_club_without_coordinators_tells_its_administrators():
    administrator = an_account(RoleName.ADMINISTRATOR)
    run = a_run_by(WayIn.APPROVAL, starts_at=START)
    for one in db.session.scalars(select(Account).where(Account.id != administrator.id)):
        one.active = False
    db.session.commit()
    register(a_registrant(), run)
    remind(7 * 24)
    assert letters(administrator) == ["requests_undecided"]


def test_a_request_of_the_last_hours_is_no_reason(by):
    assert not OF_REQUESTS.is_due(START - 11 * HOUR, START, at=START - HOUR)
    assert OF_REQUESTS.is_due(START - 12 * HOUR, START, at=START - 3 * HOUR)
