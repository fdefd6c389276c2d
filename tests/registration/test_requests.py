"""Runs where somebody decides about each request: one step or two, a reason for every no."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.refusal import RefusedError
from club.registration import accepting, moving
from club.registration import operations as registering
from club.registration.models import NoRoom, WayIn
from club.registration.nominations.operations import verdict_on_nominations
from club.registration.requests import operations, queries
from club.registration.requests.rules import RequestRefusal
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.moving import MoveRefusal
from tests.registration.support import (
    a_registrant,
    a_run_by,
    active,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)
from tests.support.pages import words

START = NOW + timedelta(days=10)
MINUTE = timedelta(minutes=1)


pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR).id


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def a_firm_with_a_voice():
    """An organisation, and the account of who speaks for it."""
    firm, speaker = an_organisation(), an_account(RoleName.REPRESENTATIVE)
    an_employment(speaker.person, firm, represents=True)
    return firm, speaker


def a_worker(firm):
    account = a_registrant()
    an_employment(account.person, firm)
    return account


def test_a_request_keeps_no_seat_and_is_granted_like_a_registration(by):
    run, an = a_run_by(WayIn.APPROVAL, seats=1), a_registrant()
    register(an, run)
    assert (states(run), kept_places(run)) == ([(1, "requested")], (0, 0))
    mine = active(an, run)
    assert operations.approve(mine.id, by=by, now=NOW + MINUTE)
    assert (states(run), kept_places(run)) == ([(1, "confirmed")], (1, 0))
    assert story(mine) == [
        (None, "requested", "asked"), ("requested", "confirmed", "approved"),
    ]  # fmt: skip
    assert letters(an) == ["request_received", "confirmed"]
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "registration.approve")
    ).one()
    assert (entry.subject_id, entry.account_id) == (str(mine.public_id), by)


def test_granted_requests_stand_in_line_by_the_moment_of_asking(by):
    run = a_run_by(WayIn.APPROVAL, seats=1)
    first, second, third = (a_registrant() for _ in range(3))
    for n, account in enumerate((first, second, third)):
        register(account, run, now=NOW + n * MINUTE)
    assert operations.approve(active(third, run).id, by=by, now=NOW + 5 * MINUTE)
    for account in (second, first):
        assert not operations.approve(active(account, run).id, by=by, now=NOW + 6 * MINUTE)
        assert active(account, run).steps[-1].no_room is NoRoom.ALL_TAKEN
    assert letters(second) == ["request_received", "waiting"]
    letter = db.session.scalars(
        select(Letter).where(Letter.person_id == first.person_id).order_by(Letter.id.desc())
    ).first()
    assert "1" in letter.subject
    withdraw(third, run, now=NOW + 7 * MINUTE)
    assert states(run) == [(1, "offered"), (2, "waiting"), (3, "withdrawn")]


def test_who_waits_comes_before_a_request_that_is_granted_now(by):
    run = a_run_by(WayIn.APPROVAL, seats=1)
    holder, waits, asks = (a_registrant() for _ in range(3))
    for account in (holder, waits):
        register(account, run)
        operations.approve(active(account, run).id, by=by, now=NOW)
    register(asks, run)
    withdraw(holder, run)
    assert not operations.approve(active(asks, run).id, by=by, now=NOW)
    assert states(run) == [(1, "withdrawn"), (2, "offered"), (3, "waiting")]


def test_a_request_is_decided_once(by):
    run, an = a_run_by(WayIn.APPROVAL), a_registrant()
    register(an, run)
    mine = active(an, run).id
    operations.refuse(mine, reason="Lớp dành cho quản đốc.", by=by, now=NOW)
    for verb in (operations.approve, lambda *a, **g: operations.refuse(*a, reason="x", **g)):
        with refused(RequestRefusal.DECIDED):
            verb(mine, by=by, now=NOW)
    assert letters(an) == ["request_received", "request_refused"]
    register(an, run)
    assert states(run) == [(1, "refused"), (2, "requested")]


def test_two_steps_ask_the_organisation_first(by):
    firm, speaker = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.ENDORSED_APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    mine = active(an, run).id
    assert letters(speaker) == ["request_to_endorse"]
    with refused(RequestRefusal.BEFORE_THE_ORGANISATION):
        operations.approve(mine, by=by, now=NOW)
    operations.endorse(mine, by=speaker.id, now=NOW)
    with refused(RequestRefusal.NOT_THE_ORGANISATION):
        operations.endorse(mine, by=speaker.id, now=NOW)
    operations.approve(mine, by=by, now=NOW)
    assert [step[1] for step in story(active(an, run))] == ["requested", "endorsed", "confirmed"]
    assert letters(an) == ["request_received", "request_endorsed", "confirmed"]


def test_the_coordinator_may_go_ahead_and_says_why(by):
    firm, _ = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.ENDORSED_APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    operations.approve(active(an, run).id, remark="Đã gọi điện.", by=by, now=NOW)
    assert active(an, run).steps[-1].remark == "Đã gọi điện."


def test_nobody_is_waited_for_where_nobody_could_answer(by):
    silent, run = an_organisation(), a_run_by(WayIn.ENDORSED_APPROVAL)
    worker, alone = a_worker(silent), a_registrant()
    register(worker, run, organisation=silent)
    register(alone, run)
    for account in (worker, alone):
        operations.approve(active(account, run).id, by=by, now=NOW)
    assert states(run) == [(1, "confirmed"), (2, "confirmed")]


def test_the_organisation_may_turn_it_down():
    firm, speaker = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.ENDORSED_APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    mine = active(an, run)
    operations.decline_for_organisation(mine.id, reason="Tuần cao điểm.", by=speaker.id, now=NOW)
    assert (states(run), mine.steps[-1].remark) == ([(1, "refused")], "Tuần cao điểm.")
    assert (
        "Tuần cao điểm."
        in db.session.scalars(
            select(Letter.body_text).where(Letter.kind == "registration.request_refused")
        ).one()
    )


def test_with_one_step_the_organisation_has_no_say():
    firm, speaker = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    with refused(RequestRefusal.NOT_THE_ORGANISATION):
        operations.endorse(active(an, run).id, by=speaker.id, now=NOW)
    assert letters(speaker) == []


def test_a_request_ends_with_withdrawal_cancelling_or_the_start(by):
    run = a_run_by(WayIn.APPROVAL)
    gone, late = a_registrant(), a_registrant()
    for account in (gone, late):
        register(account, run)
    withdraw(gone, run)
    operations.end_undecided(now=lambda: START - MINUTE, stopped=lambda: False)
    assert states(run) == [(1, "withdrawn"), (2, "requested")]
    mine = active(late, run).id
    with refused(RequestRefusal.STARTED):
        operations.approve(mine, by=by, now=START)
    for _ in range(2):
        operations.end_undecided(now=lambda: START, stopped=lambda: False)
    assert states(run) == [(1, "withdrawn"), (2, "refused")]
    assert letters(late) == ["request_received", "request_refused"]
    other = a_run_by(WayIn.APPROVAL)
    register(gone, other)
    registering.cancel_run_with_registrations(other.id, reason="x", by=by, now=NOW)
    assert states(other) == [(1, "cancelled")]


def test_staff_enter_without_asking_and_moving_there_goes_by_request(by):
    run, person = a_run_by(WayIn.APPROVAL), a_registrant()
    registering.register_on_behalf(
        person.person_id, run_id=run.id, organisation_id=None, by=by, now=NOW
    )
    assert states(run) == [(1, "confirmed")]
    here, an = a_run(course=run.course), a_registrant()
    register(an, here)
    with refused(MoveRefusal.BY_REQUEST):
        moving.move_to_run(active(an, here).id, run_id=run.id, by=an.id, now=NOW)
    assert states(here) == [(1, "confirmed")]


def test_organisations_nominate_nobody_where_everybody_asks(app):
    run = a_run_by(WayIn.APPROVAL)
    verdict = verdict_on_nominations(run, way_in=WayIn.APPROVAL, at=NOW)
    assert [one.refusal for one in verdict.reasons] == [RegistrationRefusal.BY_REQUEST]


def test_a_request_cannot_be_accepted_like_an_offer():
    run, an = a_run_by(WayIn.APPROVAL), a_registrant()
    register(an, run)
    with pytest.raises(RefusedError):
        accepting.accept(active(an, run).id, by=an.id, now=NOW)
    assert states(run) == [(1, "requested")]


def test_a_person_asks_and_reads_how_it_stands(sign_in):
    run, an = a_run_by(WayIn.APPROVAL), a_registrant()
    client = sign_in(an)
    page = words(client.get(f"/runs/{run.code}?lang=en"))
    assert "Ask for a place" in page
    assert "By approval: the coordinator decides about each request." in page
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    page = words(client.get(answer.location))
    assert "Your request is on its way." in page
    assert "You asked for a place. We write as soon as it is decided." in page
    shown = words(client.get(f"/registrations/{active(an, run).public_id}"))
    assert "Asked for a place." in shown
    assert "You take your request back." in shown


def test_the_office_decides(office, sign_in):
    run = a_run_by(WayIn.APPROVAL)
    an, binh = a_registrant(), a_registrant()
    for account in (an, binh):
        register(account, run)
    desk = words(office.get(f"/office/runs/{run.code}?lang=en"))
    assert "2 requests for a place wait for a decision." in desk
    listed = words(office.get(f"/office/runs/{run.code}/requests"))
    assert an.person.full_name in listed
    theirs, his = active(an, run).public_id, active(binh, run).public_id
    assert office.get(f"/office/registrations/{theirs}/request").status_code == 200
    office.post(f"/office/registrations/{theirs}/approval")
    empty = office.post(f"/office/registrations/{his}/refusal", data={"reason": " "})
    assert empty.status_code == 422
    office.post(f"/office/registrations/{his}/refusal", data={"reason": "Đủ người rồi."})
    assert states(run) == [(1, "confirmed"), (2, "refused")]
    again = office.post(
        f"/office/registrations/{his}/approval?lang=en", data={"remark": "Có chỗ rồi."}
    )
    assert (again.status_code, RequestRefusal.DECIDED in words(again)) == (409, True)
    assert "Có chỗ rồi." in again.text
    late = office.post(f"/office/registrations/{his}/refusal", data={"reason": "Gõ muộn."})
    assert (late.status_code, "Gõ muộn." in late.text) == (409, True)
    told = words(sign_in(binh).get(f"/registrations/{his}?lang=en"))
    assert "Reason: Đủ người rồi." in told


def test_going_ahead_without_words_is_refused_at_the_field(office):
    firm, _ = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.ENDORSED_APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    theirs = active(an, run).public_id
    answer = office.post(f"/office/registrations/{theirs}/approval?lang=en")
    assert answer.status_code == 422
    assert RequestRefusal.BEFORE_THE_ORGANISATION in words(answer)
    office.post(f"/office/registrations/{theirs}/approval", data={"remark": "Gấp."})
    assert states(run) == [(1, "confirmed")]


def test_a_representative_answers_for_the_own_organisation_only(sign_in):
    firm, speaker = a_firm_with_a_voice()
    other, stranger = a_firm_with_a_voice()
    run = a_run_by(WayIn.ENDORSED_APPROVAL)
    an, binh = a_worker(firm), a_worker(firm)
    for account in (an, binh):
        register(account, run, organisation=firm)
    theirs, his = active(an, run).public_id, active(binh, run).public_id
    client = sign_in(speaker)
    page = f"/organisations/{firm.code}"
    assert "2 people of yours ask for a place" in words(client.get(f"{page}/?lang=en"))
    assert an.person.full_name in words(client.get(f"{page}/requests"))
    coordinator = an_account(RoleName.COORDINATOR)
    seen_by_staff = sign_in(coordinator).get(f"{page}/").text
    assert firm.name in seen_by_staff
    assert f"{page}/requests" not in seen_by_staff
    for intruder in (stranger, an, coordinator):
        bad = sign_in(intruder).post(f"{page}/requests/{theirs}/endorsement")
        assert bad.status_code == 404
    crossed = sign_in(stranger).post(f"/organisations/{other.code}/requests/{theirs}/endorsement")
    assert crossed.status_code == 404
    client.post(f"{page}/requests/{theirs}/endorsement")
    twice = client.post(f"{page}/requests/{theirs}/endorsement")
    assert twice.status_code == 409
    late = client.post(f"{page}/requests/{theirs}/refusal", data={"reason": "Gõ muộn."})
    assert (late.status_code, "Gõ muộn." in late.text) == (409, True)
    empty = client.post(f"{page}/requests/{his}/refusal", data={"reason": ""})
    assert (empty.status_code, f'id="reason-{his}"' in empty.text) == (422, True)
    client.post(f"{page}/requests/{his}/refusal", data={"reason": "Tuần cao điểm."})
    assert states(run) == [(1, "endorsed"), (2, "refused")]


def test_desks_take_as_many_queries_for_one_as_for_twenty(sign_in, count_queries):
    def queries_for(people):
        firm, speaker = a_firm_with_a_voice()
        run = a_run_by(WayIn.ENDORSED_APPROVAL)
        for _ in range(people):
            register(a_worker(firm), run, organisation=firm)
        staff = sign_in(an_account(RoleName.COORDINATOR))
        voice, code, page = sign_in(speaker), run.code, f"/organisations/{firm.code}/requests"
        with count_queries() as seen:
            staff.get(f"/office/runs/{code}/requests")
            voice.get(page)
        return len(seen)

    queries_for(1)
    assert queries_for(1) == queries_for(20)


def test_who_no_longer_speaks_for_the_organisation_is_not_waited_for():
    firm = an_organisation()
    an_employment(
        a_person(), firm, represents=True, to_day=clock.local_day(NOW - timedelta(days=2))
    )
    assert queries.organisations_that_answer([firm.id], on=clock.local_day(NOW)) == set()
