"""Moving to another run of the course, and within the line by a decision."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.refusal import RefusedError
from club.registration import moving, operations, queries
from club.registration.models import Registration, RegistrationState
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.moving import MoveRefusal
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    active,
    kept_places,
    letters,
    register,
    states,
    story,
)
from tests.support.factories import (
    NOW,
    a_course,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)

START = NOW + timedelta(days=10)


def refused(refusal):
    return pytest.raises(RefusedError, check=lambda error: error.refusal is refusal)


def move(account, here, there, *, now=NOW):
    mine = active(account, here)
    return moving.move_to_run(mine.id, run_id=there.id, by=account.id, now=now)


@pytest.fixture
def two_runs(app):
    course = a_course()
    return a_run(course=course, seats=1), a_run(course=course, seats=1)


def test_who_has_a_place_moves_in_one_step_and_the_next_is_offered_it(two_runs):
    here, there = two_runs
    [an], [waits] = a_waiting_list(here, 1)
    taken = move(an, here, there)
    assert taken.state is RegistrationState.CONFIRMED
    assert (states(here), states(there)) == ([(1, "withdrawn"), (2, "offered")], [(1, "confirmed")])
    assert (kept_places(here), kept_places(there)) == ((1, 0), (1, 0))
    assert letters(an) == ["confirmed", "confirmed"]
    left = queries.registrations_of(an.person_id, now=NOW)[0].registration
    assert story(left)[-1] == ("confirmed", "withdrawn", "moved_away")
    assert queries.story_of(left)[-1].step.remark == there.code
    assert active(waits, here).state is RegistrationState.OFFERED


def test_a_place_is_not_given_up_for_a_line(two_runs):
    here, there = two_runs
    [an], _ = a_waiting_list(here, 0)
    a_waiting_list(there, 0)
    with refused(MoveRefusal.NO_ROOM):
        move(an, here, there)
    assert (states(here), states(there)) == ([(1, "confirmed")], [(1, "confirmed")])


def test_who_waits_may_move_to_another_line(two_runs):
    here, there = two_runs
    _, [an] = a_waiting_list(here, 1)
    a_waiting_list(there, 0)
    taken = move(an, here, there)
    assert (taken.state, taken.position) == (RegistrationState.WAITING, 1)
    assert (kept_places(here), kept_places(there)) == ((1, 0), (1, 1))


def test_only_runs_of_the_same_course_are_exchanged(two_runs):
    here, an = two_runs[0], a_registrant()
    register(an, here)
    with refused(MoveRefusal.OTHER_COURSE):
        move(an, here, a_run())
    with refused(MoveRefusal.SAME_RUN):
        move(an, here, here)


def test_nobody_moves_once_either_class_has_begun(two_runs):
    here, there = two_runs
    late = a_run(course=here.course, starts_at=START + timedelta(days=9))
    an = a_registrant()
    register(an, here)
    with refused(MoveRefusal.STARTED):
        move(an, here, late, now=START)
    register(an, late)
    with refused(RegistrationRefusal.STARTED):
        move(an, late, there, now=START)


def test_who_is_on_the_other_list_already_does_not_move_there(two_runs):
    here, there = two_runs
    an = a_registrant()
    register(an, here)
    register(an, there)
    with refused(MoveRefusal.NO_ROOM):
        move(an, here, there)
    there.seats = 2
    db.session.commit()
    with refused(RegistrationRefusal.ALREADY_REGISTERED):
        move(an, here, there)


def test_staff_move_somebody_up_and_everybody_overtaken_reads_why():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    people = [a_registrant() for _ in range(5)]
    for minute, account in enumerate(people):
        register(account, run, now=NOW + timedelta(minutes=minute))
    _, first, second, third, fourth = people
    mine = active(third, run)
    moving.move_in_line(mine.id, place=1, reason="Đã hứa từ lớp trước", by=by.id, now=NOW)
    assert [r.person_id for r in queries.waiting_of(run.id)] == [
        a.person_id for a in (third, first, second, fourth)
    ]
    assert story(mine)[-1] == ("waiting", "waiting", "moved_by_staff")
    for account in (first, second):
        last = queries.story_of(active(account, run))[-1].step
        assert (last.reason.value, last.remark) == ("overtaken", "Đã hứa từ lớp trước")
    assert story(active(fourth, run))[-1] == (None, "waiting", "list_full")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.detail["place_before"], entry.detail["place_after"]) == (3, 1)


def test_staff_move_somebody_down():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    people = [a_registrant() for _ in range(4)]
    for minute, account in enumerate(people):
        register(account, run, now=NOW + timedelta(minutes=minute))
    _, first, second, third = people
    moving.move_in_line(active(first, run).id, place=2, reason="Xin lùi", by=by.id, now=NOW)
    assert [r.person_id for r in queries.waiting_of(run.id)] == [
        a.person_id for a in (second, first, third)
    ]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_who_is_given_the_place_they_have_keeps_it(place):
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    _, waiting = a_waiting_list(run, 3)
    mine = active(waiting[place - 1], run)
    moving.move_in_line(mine.id, place=place, reason="x", by=by.id, now=NOW)
    assert [r.person_id for r in queries.waiting_of(run.id)] == [a.person_id for a in waiting]
    assert story(mine)[-1] == (None, "waiting", "list_full")


def test_every_decision_gives_the_place_it_names_although_moments_are_close():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    _, (first, second, third, fourth) = a_waiting_list(run, 4)
    for account, place in ((fourth, 1), (second, 2), (first, 2), (third, 2)):
        moving.move_in_line(active(account, run).id, place=place, reason="x", by=by.id, now=NOW)
        order = [r.person_id for r in queries.waiting_of(run.id)]
        assert order.index(account.person_id) == place - 1
    assert order == [a.person_id for a in (fourth, third, first, second)]


@pytest.mark.parametrize("place", [0, -1, 3, 10**9])
def test_there_is_no_place_outside_the_line(place):
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    _, [first, _second] = a_waiting_list(run, 2)
    with refused(MoveRefusal.NO_SUCH_PLACE):
        moving.move_in_line(active(first, run).id, place=place, reason="x", by=by.id, now=NOW)


def test_who_has_a_place_is_not_in_the_line():
    run, an, by = a_run(), a_registrant(), an_account(RoleName.COORDINATOR)
    register(an, run)
    with refused(MoveRefusal.NOT_WAITING):
        moving.move_in_line(active(an, run).id, place=1, reason="x", by=by.id, now=NOW)


# A cancelled run offers its people the next one


@pytest.fixture
def cancelled(two_runs):
    """A run with one place and one who waits, cancelled; and the next one, with one place."""
    here, there = two_runs
    [an], [waits] = a_waiting_list(here, 1)
    lost = {account: active(account, here).id for account in (an, waits)}
    by = an_account(RoleName.COORDINATOR).id
    operations.cancel_run_with_registrations(here.id, reason="Mưa bão", by=by, now=NOW)
    return there, an, waits, lost


def come_instead(account, there, lost, *, now=NOW):
    return moving.move_to_run(lost[account], run_id=there.id, by=account.id, now=now)


def test_who_waited_for_a_cancelled_run_comes_into_the_next_one_in_one_step(cancelled):
    there, _an, waits, lost = cancelled
    taken = come_instead(waits, there, lost)
    assert (taken.state, taken.position) == (RegistrationState.CONFIRMED, None)
    assert letters(waits) == ["waiting", "run_cancelled", "confirmed"]
    assert story(active(waits, there)) == [(None, "confirmed", "registered")]
    assert story(db.session.get(Registration, lost[waits]))[-1] == (
        "waiting", "cancelled", "run_cancelled",
    )  # fmt: skip


def test_who_lost_a_place_may_join_the_line_of_a_full_run(cancelled):
    there, an, waits, lost = cancelled
    come_instead(waits, there, lost)
    taken = come_instead(an, there, lost)
    assert (taken.state, taken.position) == (RegistrationState.WAITING, 1)
    assert kept_places(there) == (1, 1)


def test_the_step_is_taken_once(cancelled):
    there, an, _waits, lost = cancelled
    come_instead(an, there, lost)
    with pytest.raises(RefusedError):
        come_instead(an, there, lost)
    assert states(there) == [(1, "confirmed")]


def test_a_cancelled_run_leads_to_runs_of_its_course_only(cancelled):
    _there, an, _waits, lost = cancelled
    with refused(MoveRefusal.OTHER_COURSE):
        come_instead(an, a_run(), lost)


def test_who_comes_instead_comes_for_the_same_organisation(two_runs):
    here, there = two_runs
    an, firm = a_registrant(), an_organisation()
    an_employment(an.person, firm)
    register(an, here, organisation=firm)
    mine = active(an, here)
    operations.cancel_run_with_registrations(here.id, reason="Mưa", by=an.id, now=NOW)
    moving.move_to_run(mine.id, run_id=there.id, by=an.id, now=NOW)
    assert active(an, there).organisation_id == firm.id
