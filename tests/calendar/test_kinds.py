"""A trainer's calendar and an organisation's: what each shows, and when its address dies."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from club import clock
from club.accounts.models import RoleName
from club.accounts.operations import deactivate, reactivate, set_roles
from club.calendar import operations, queries
from club.calendar.models import FeedKind
from club.calendar.rules import FeedRefusal
from club.courses.models import RunTrainer
from club.courses.operations import (
    add_trainer,
    cancel_session,
    create_run,
    move_session,
    remove_trainer,
)
from club.courses.rules import RunFacts, Slot
from club.db import db, transaction
from club.membership.models import Membership
from club.people.operations import end_employment
from club.refusal import RefusedError
from club.registration.models import RegistrationState, StepReason
from tests.calendar.support import a_feed, a_registration, events, only_reads, shown, step, withdraw
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    saved,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_trainer():
    return an_account(RoleName.TRAINER)


def a_representative(organisation):
    account = an_account(RoleName.REPRESENTATIVE)
    work = an_employment(account.person, organisation, represents=True)
    return account, work


def an_organisations_feed():
    firm = an_organisation()
    account, work = a_representative(firm)
    _, address = a_feed(account.person, kind=FeedKind.ORGANISATION, organisation=firm)
    return firm, account, work, address


def uid(run, number=0):
    return str(run.sessions[number].public_id)


# What a trainer's calendar shows


def test_a_trainers_calendar_shows_only_what_is_taught(client):
    trainer = a_trainer()
    taught, attended = a_run(trainers=[trainer.person]), a_run()
    a_registration(attended, trainer.person)
    _, address = a_feed(trainer.person, kind=FeedKind.TEACHING)
    assert shown(client.get(address)) == [(uid(taught), "CONFIRMED", 0)]


def test_who_ceases_to_teach_sees_the_sessions_cancelled_and_not_vanish(client):
    trainer, by = a_trainer(), an_account(RoleName.COORDINATOR)
    run = a_run(trainers=[trainer.person, a_person()])
    _, address = a_feed(trainer.person, kind=FeedKind.TEACHING)
    before = client.get(address)
    remove_trainer(run, trainer.person_id, by=by.id, now=LATER)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert shown(before) == [(uid(run), "CONFIRMED", 0)]
    assert shown(after) == [(uid(run), "CANCELLED", 1)]
    add_trainer(run, trainer.person, by=by.id, now=LATER)
    assert shown(client.get(address)) == [(uid(run), "CONFIRMED", 2)]


def test_drafts_are_in_nobodys_calendar(client):
    trainer = a_trainer()
    run = create_run(a_run().course, RunFacts(seats=5), by=None, now=NOW)
    add_trainer(run, trainer.person, by=None, now=NOW)
    _, address = a_feed(trainer.person, kind=FeedKind.TEACHING)
    assert shown(client.get(address)) == []


# What an organisation's calendar shows


def test_an_organisations_calendar_says_how_many_come_and_never_who(client):
    firm, _, _, address = an_organisations_feed()
    run, other = a_run(), a_run()
    for number in (1, 2):
        a_registration(run, a_person(full_name="Trần Thị Kín"), number=number, organisation=firm)
    a_registration(run, a_person(), RegistrationState.WAITING, number=3, organisation=firm)
    a_registration(other, a_person())
    answer = client.get(address)
    assert shown(answer) == [(uid(run), "CONFIRMED", 0)]
    assert events(answer)[0]["description"].splitlines()[0] == "Đơn vị có 2 người học."
    assert "Kín" not in answer.text
    assert firm.name in events(answer)[0].to_ical().decode() or firm.name in answer.text


def test_another_number_is_news_without_another_sequence(client):
    firm, _, _, address = an_organisations_feed()
    run = a_run()
    a_registration(run, a_person(), number=1, organisation=firm)
    before = client.get(address)
    a_registration(run, a_person(), number=2, steps=3, organisation=firm)
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert shown(after) == shown(before)
    assert events(after)[0]["last-modified"].dt > events(before)[0]["last-modified"].dt


def test_when_the_last_one_leaves_the_session_is_cancelled_in_the_organisations_calendar(client):
    firm, _, _, address = an_organisations_feed()
    run = a_run()
    one, two = (a_registration(run, a_person(), number=n, organisation=firm) for n in (1, 2))
    withdraw(one)
    assert shown(client.get(address)) == [(uid(run), "CONFIRMED", 0)]
    withdraw(two)
    assert shown(client.get(address)) == [(uid(run), "CANCELLED", 1)]


def test_a_run_in_which_people_only_wait_is_not_shown_until_one_has_a_place(client):
    firm, _, _, address = an_organisations_feed()
    run = a_run()
    waiting = a_registration(run, a_person(), RegistrationState.WAITING, organisation=firm)
    assert shown(client.get(address)) == []
    step(waiting, RegistrationState.CONFIRMED, StepReason.SEAT_FELL_FREE, LATER)
    assert shown(client.get(address)) == [(uid(run), "CONFIRMED", 0)]


# How a run's changes reach every kind


@pytest.mark.parametrize("kind", list(FeedKind))
def test_moved_and_cancelled_sessions_stay_with_a_higher_sequence(client, kind):
    firm, account, _, address = an_organisations_feed()
    set_roles(account.id, [RoleName.REPRESENTATIVE, RoleName.TRAINER], by=account.id, now=NOW)
    run = a_run(sessions=2)
    a_registration(run, account.person, organisation=firm)
    if kind is not FeedKind.ORGANISATION:
        with transaction() as session:
            session.add(RunTrainer(run_id=run.id, person_id=account.person_id))
        _, address = a_feed(account.person, kind=kind)
    first = client.get(address)
    meeting = run.sessions[0]
    slot = Slot(meeting.starts_at + timedelta(hours=2), meeting.ends_at + timedelta(hours=2))
    move_session(meeting, slot, by=account.id, now=LATER)
    cancel_session(run.sessions[1], by=account.id, now=LATER)
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert shown(first) == [(uid(run), "CONFIRMED", 0), (uid(run, 1), "CONFIRMED", 0)]
    assert shown(second) == [(uid(run), "CONFIRMED", 1), (uid(run, 1), "CANCELLED", 1)]
    assert events(second)[0].decoded("dtstart") == slot.starts_at


# What a poll costs


@pytest.mark.parametrize("kind", list(FeedKind))
def test_a_304_of_a_private_address_costs_one_statement(client, count_queries, kind):
    firm, account, _, address = an_organisations_feed()
    set_roles(account.id, [*RoleName], by=account.id, now=NOW)
    a_registration(a_run(trainers=[account.person]), account.person, organisation=firm)
    if kind is not FeedKind.ORGANISATION:
        _, address = a_feed(account.person, kind=kind)
    etag = client.get(address).headers["ETag"]
    with count_queries() as seen:
        answer = client.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert len(seen) == 1
    assert only_reads(seen)


def test_a_304_of_a_private_address_asks_at_one_moment(client):
    """What it is and whether there is news must not come from two states of the database."""
    _firm, _account, _run, address = an_organisations_feed()
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    taken = []
    event.listen(db.engine, "checkout", note := lambda *_: taken.append(1))
    answer = client.get(address, headers=known)
    event.remove(db.engine, "checkout", note)
    assert (answer.status_code, len(taken)) == (304, 1)


@pytest.mark.parametrize("runs", [1, 20])
def test_a_whole_private_calendar_costs_the_same_however_long(client, count_queries, runs):
    account = an_account()
    for _ in range(runs):
        a_registration(a_run(sessions=2), account.person)
    _, address = a_feed(account.person)
    with count_queries() as seen:
        answer = client.get(address)
    assert len(events(answer)) == runs * 2
    assert len(seen) <= 7


# When an address dies


def test_the_trainers_address_dies_with_the_role_and_stays_dead(client):
    trainer, by = a_trainer(), an_account(RoleName.ADMINISTRATOR)
    _, address = a_feed(trainer.person, kind=FeedKind.TEACHING)
    _, own = a_feed(trainer.person)
    set_roles(trainer.id, [], by=by.id, now=LATER)
    assert client.get(address).status_code == 404
    assert client.get(own).status_code == 200
    set_roles(trainer.id, [RoleName.TRAINER], by=by.id, now=LATER)
    assert client.get(address).status_code == 404
    _, new = a_feed(trainer.person, kind=FeedKind.TEACHING, now=LATER + timedelta(minutes=1))
    assert client.get(new).status_code == 200


@pytest.mark.parametrize("kind", [FeedKind.PERSON, FeedKind.TEACHING])
def test_an_address_dies_with_the_account_and_stays_dead(client, kind):
    trainer, by = a_trainer(), an_account(RoleName.ADMINISTRATOR)
    _, address = a_feed(trainer.person, kind=kind)
    deactivate(trainer.id, by=by.id, now=LATER)
    assert client.get(address).status_code == 404
    reactivate(trainer.id, by=by.id, now=LATER)
    assert client.get(address).status_code == 404


def test_the_organisations_address_dies_with_the_employment_and_stays_dead(client):
    firm, account, work, address = an_organisations_feed()
    assert client.get(address).status_code == 200
    end_employment(work.id, last_day=clock.local_day(NOW), by=account.id, now=LATER)
    assert client.get(address).status_code == 404
    an_employment(account.person, firm, from_day=clock.local_day(NOW), represents=True)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client.get(address).status_code == 404


def test_the_organisations_address_dies_with_the_mandate(client):
    _, _, work, address = an_organisations_feed()
    with transaction():
        work.represents = False
    assert client.get(address).status_code == 404


def test_the_organisations_address_dies_with_the_representatives_role(client):
    _, account, _, address = an_organisations_feed()
    set_roles(account.id, [], by=account.id, now=LATER)
    assert client.get(address).status_code == 404


def test_the_organisations_address_dies_with_its_membership(client):
    firm, _, _, address = an_organisations_feed()
    today = clock.local_day(NOW)
    membership = saved(Membership(organisation_id=firm.id, from_day=today - timedelta(days=9)))
    assert client.get(address).status_code == 200
    with transaction():
        membership.to_day = today
    assert client.get(address).status_code == 404


# Who may make one


def refused(refusal):
    return pytest.raises(RefusedError, check=lambda error: error.refusal is refusal)


def test_only_trainers_get_a_trainers_calendar():
    with refused(FeedRefusal.NOT_A_TRAINER):
        a_feed(an_account().person, kind=FeedKind.TEACHING)


def test_only_representatives_get_an_organisations_calendar():
    firm, account = an_organisation(), an_account()
    an_employment(account.person, firm)
    with refused(FeedRefusal.NO_REPRESENTATIVE):
        a_feed(account.person, kind=FeedKind.ORGANISATION, organisation=firm)


def test_a_dead_address_cannot_be_replaced():
    trainer = a_trainer()
    feed, _ = a_feed(trainer.person, kind=FeedKind.TEACHING)
    set_roles(trainer.id, [], by=trainer.id, now=LATER)
    with refused(FeedRefusal.REVOKED):
        operations.replace_feed(feed.id, now=LATER)


def test_another_organisations_code_in_a_hand_made_form_is_refused(sign_in):
    other = an_organisation()
    _, account, _, _ = an_organisations_feed()
    answer = sign_in(account).post(
        "/me/calendar", data={"shows": other.code, "name": "máy", "language": "vi"}
    )
    assert answer.status_code == 422
    assert 'value="máy"' in answer.text


def test_the_page_offers_what_the_person_may_have(sign_in):
    firm, account, _, _ = an_organisations_feed()
    page = sign_in(account).get(f"/me/calendar?shows={firm.code}").text
    assert f"Các buổi có người của {firm.name} học" in page
    assert "Chỉ các buổi tôi dạy" not in page
    assert f"Người của {firm.name}" in page


def test_a_new_address_offers_the_ways_to_follow_it(sign_in):
    page = sign_in(an_account()).post("/me/calendar", data={"name": "máy", "language": "vi"}).text
    assert 'href="webcal://localhost/calendar/' in page
    assert (
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Fcalendar%2F" in page
    )
    assert "https://outlook.live.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost" in page


# Where their owners find them


def test_the_trainers_desk_leads_to_the_trainers_calendar_and_lists_its_addresses(sign_in):
    trainer = a_trainer()
    desk = sign_in(trainer)
    assert 'href="/me/calendar?shows=teaching#make"' in desk.get("/teaching/").text
    made = desk.post(
        "/me/calendar?lang=en", data={"shows": "teaching", "name": "máy ở trường", "language": "vi"}
    )
    assert "name=What%20I%20teach" in made.text
    feed = trainers_only(trainer)
    page = desk.get("/teaching/?lang=vi").text
    assert "máy ở trường, tạo ngày 03/03/2026" in page
    assert f'action="/me/calendar/{feed.id}/replacement"' in page
    assert f'action="/me/calendar/{feed.id}/revocation"' in page
    desk.post(f"/me/calendar/{feed.id}/revocation")
    assert "máy ở trường" not in desk.get("/teaching/").text


def trainers_only(account):
    feeds = queries.working_feeds_of(account.person_id, today=clock.today())
    return next(feed for feed in feeds if feed.kind is FeedKind.TEACHING)


def test_a_desk_of_somebody_who_does_not_teach_offers_no_trainers_calendar(sign_in):
    coordinator = an_account(RoleName.COORDINATOR)
    a_feed(coordinator.person)
    page = sign_in(coordinator).get("/teaching/").text
    assert "shows=teaching" not in page


def test_an_organisations_page_leads_its_representative_to_its_calendar(sign_in):
    firm, account, _, _ = an_organisations_feed()
    other = an_organisation()
    an_employment(account.person, other, represents=True)
    client = sign_in(account)
    page = client.get(f"/organisations/{firm.code}/").text
    assert f'href="/me/calendar?shows={firm.code}#make"' in page
    assert "điện thoại, tạo ngày" in page
    assert "điện thoại, tạo ngày" not in client.get(f"/organisations/{other.code}/").text


def test_who_only_reads_an_organisations_page_gets_no_calendar_of_it(sign_in):
    firm, _, _, _ = an_organisations_feed()
    page = sign_in(an_account(RoleName.COORDINATOR)).get(f"/organisations/{firm.code}/")
    assert page.status_code == 200
    assert "shows=" not in page.text


# The public calendars of a course, a topic and a ward


def test_a_course_has_a_public_calendar_of_its_own(client):
    run = a_run()
    a_run()
    answer = client.get(f"/calendar.ics?course={run.course.slug}")
    assert [s[0] for s in shown(answer)] == [uid(run)]
    assert run.course.title in answer.text.replace("\r\n ", "")
    page = client.get(f"/calendar?course={run.course.slug}").text
    assert f'value="http://localhost/calendar.ics?course={run.course.slug}"' in page
    assert (
        f"/calendar?course={run.course.slug}#subscribe"
        in client.get(f"/courses/{run.course.slug}").text
    )
