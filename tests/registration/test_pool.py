"""Waiting for a course: any run will do, or none is planned yet."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses import operations as courses
from club.courses.models import RunState
from club.db import db
from club.registration import demand, operations, pool
from club.registration.models import CourseInterest, Registration, RegistrationState
from tests.registration.support import (
    a_registrant,
    accept,
    active,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import NOW, a_course, a_run, an_account


@pytest.fixture
def course(app):
    return a_course()


@pytest.fixture
def full(course):
    """A full run with three who wait since one minute after the other: two for any run."""
    run = a_run(course=course, seats=1)
    people = [a_registrant() for _ in range(4)]
    for minute, account in enumerate(people):
        register(account, run, now=NOW + timedelta(minutes=minute))
    for account in (people[3], people[1]):
        pool.wait_for_any_run(active(account, run).id, now=NOW)
    return run, people


def publish(course, seats):
    run = a_run(
        course=course, seats=seats, state=RunState.DRAFT, published_at=None, place="Hội trường"
    )
    by = an_account(RoleName.COORDINATOR)
    courses.publish_run(run, by=by.id, now=NOW + timedelta(hours=1))
    return run


def cancel(run):
    by = an_account(RoleName.COORDINATOR).id
    operations.cancel_run_with_registrations(run.id, reason="Mưa bão", by=by, now=NOW)


def test_who_waited_for_any_run_goes_on_waiting_when_the_run_is_cancelled(course, full):
    old, people = full
    cancel(old)
    new = publish(course, 1)
    assert [active(people[n], new).state.value for n in (1, 3)] == ["offered", "waiting"]
    assert len(states(new)) == 2


def test_who_came_again_or_wants_it_no_more_is_not_in_the_pool_of_a_cancelled_run(course, full):
    old, people = full
    mine = active(people[3], old).id
    other = a_run(course=course, seats=5)
    cancel(old)
    register(people[1], other)
    withdraw(people[1], other)
    pool.wait_for_this_run_only(mine, now=NOW)
    assert states(publish(course, 1)) == []


def test_a_run_that_was_cancelled_long_ago_is_forgotten(course, full):
    old, _people = full
    cancel(old)
    new = a_run(course=course)
    assert len(demand.pool_of(new, now=old.starts_at + timedelta(days=364))) == 2
    assert demand.pool_of(new, now=old.starts_at + timedelta(days=365)) == []


def round_of_the_worker():
    pool.leave_other_lines(now=lambda: NOW + timedelta(hours=2), stopped=lambda: False)


def test_a_new_run_offers_its_places_to_the_pool_in_the_order_of_waiting(course, full):
    old, people = full
    new = publish(course, 1)
    assert states(new) == [(1, "offered"), (2, "waiting")]
    assert active(people[1], new).state is RegistrationState.OFFERED
    assert story(active(people[1], new)) == [
        (None, "waiting", "pooled"),
        ("waiting", "offered", "pool_offer"),
    ]
    assert (kept_places(new), kept_places(old)) == ((1, 1), (1, 3))
    assert letters(people[1]) == ["waiting", "offered"]
    assert letters(people[3]) == ["waiting"]


def test_who_comes_later_stands_behind_the_pool(course, full):
    new = publish(course, 2)
    late = a_registrant()
    assert register(late, new, now=NOW + timedelta(hours=2)).position == 1
    assert [state for _, state in states(new)] == ["offered", "offered", "waiting"]


def test_who_took_a_place_no_longer_waits_elsewhere(course, full):
    old, people = full
    new = publish(course, 1)
    round_of_the_worker()
    assert active(people[1], old).state is RegistrationState.WAITING
    accept(people[1], new, now=NOW + timedelta(hours=2))
    mine = active(people[1], old)
    round_of_the_worker()
    assert story(mine)[-1] == ("waiting", "withdrawn", "place_elsewhere")
    assert kept_places(old) == (1, 2)


def test_who_declines_the_new_run_keeps_the_place_in_the_old_line(course, full):
    old, people = full
    new = publish(course, 1)
    withdraw(people[1], new, now=NOW + timedelta(hours=2))
    assert active(people[1], old).state is RegistrationState.WAITING
    assert active(people[3], new).state is RegistrationState.OFFERED


def test_a_wish_taken_back_counts_no_more(course, full):
    old, people = full
    pool.wait_for_this_run_only(active(people[1], old).id, now=NOW)
    new = publish(course, 2)
    assert [
        r.person_id for r in db.session.scalars(select(Registration).filter_by(run_id=new.id))
    ] == [people[3].person_id]


def test_who_asked_is_told_once_of_the_next_run(course):
    an = a_registrant()
    for _ in range(2):
        pool.ask_to_be_told(course.id, person_id=an.person_id, now=NOW)
    publish(course, 1)
    publish(course, 1)
    assert letters(an) == ["course_planned"]
    assert demand.open_interest(course.id, an.person_id) is None


def test_who_no_longer_wants_to_be_told_is_not(course):
    an = a_registrant()
    pool.ask_to_be_told(course.id, person_id=an.person_id, now=NOW)
    pool.stop_being_told(course.id, person_id=an.person_id, now=NOW)
    pool.stop_being_told(course.id, person_id=an.person_id, now=NOW)
    publish(course, 1)
    assert letters(an) == []


def test_who_registered_since_asking_need_not_be_told(course):
    an = a_registrant()
    pool.ask_to_be_told(course.id, person_id=an.person_id, now=NOW)
    register(an, a_run(course=course), now=NOW + timedelta(minutes=1))
    pool.forget_met_interests(now=NOW + timedelta(hours=1))
    [interest] = db.session.scalars(select(CourseInterest))
    assert interest.ended_at == NOW + timedelta(hours=1)


def test_demand_counts_each_person_once_in_each_column(course, full):
    _, people = full
    pool.ask_to_be_told(course.id, person_id=people[0].person_id, now=NOW)
    other = a_run(course=course, seats=1)
    register(a_registrant(), other)
    register(people[1], other)
    [row] = [d for d in demand.demand_by_course(now=NOW) if d.code == course.code]
    assert (row.waiting, row.any_run, row.interested, row.runs, row.places_free) == (3, 2, 1, 2, 0)


def test_the_pages_of_interest_and_demand(course, sign_in):
    an = a_registrant()
    client = sign_in(an)
    address = f"/courses/{course.slug}/interest"
    assert f'href="{address}"' in client.get(f"/courses/{course.slug}").text
    assert "Tell me" in client.get(f"{address}?lang=en").text
    client.post(address, data={"wish": "start"})
    assert demand.open_interest(course.id, an.person_id) is not None
    assert "You asked on" in client.get(f"{address}?lang=en").text
    office = sign_in(an_account(RoleName.COORDINATOR))
    assert course.title_en in office.get("/office/demand?lang=en").text
    client.post(address, data={"wish": "stop"})
    assert demand.open_interest(course.id, an.person_id) is None


def test_who_asks_to_be_told_of_a_retired_course_is_refused(sign_in):
    course = a_course(retired_on=NOW.date())
    an = a_registrant()
    page = sign_in(an).post(f"/courses/{course.slug}/interest?lang=en", data={"wish": "tell"})
    assert page.status_code == 409
    assert "The club no longer offers this course." in page.text
    assert demand.open_interest(course.id, an.person_id) is None
