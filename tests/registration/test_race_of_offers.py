"""Offers, places of the last hours and moves, while others do the same from another process."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from club.accounts.models import RoleName
from club.courses.models import Run
from club.db import db, transaction
from club.registration.models import Offer, OfferAnswer
from tests.registration.racing import at_once
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    active,
    kept_places,
    letters,
    register,
    states,
    withdraw,
)
from tests.support.factories import NOW, a_course, a_run, an_account

pytestmark = pytest.mark.slow


def accepting(account, run):
    return "accept", {"registration_id": active(account, run).id, "by": account.id}


def withdrawing(account, run):
    return "withdraw", {"registration_id": active(account, run).id, "by": account.id}


def lapsing(account, run):
    return "lapse", {"registration_id": active(account, run).id}


def moving(account, here, there):
    return "move_to_run", {
        "registration_id": active(account, here).id,
        "run_id": there.id,
        "by": account.id,
    }


def failures(answers):
    return [answer for answer in answers if str(answer).startswith("failed")]


def answers_to_offers():
    return list(db.session.scalars(select(Offer.answer).order_by(Offer.id)))


def offers_ran_out():
    with transaction() as session:
        session.execute(update(Offer).values(made_at=NOW - timedelta(days=2), expires_at=NOW))


def test_everybody_takes_the_one_place_of_the_last_hours(app):
    run = a_run(seats=1, starts_at=NOW + timedelta(days=5))
    [holder], waiting = a_waiting_list(run, 8)
    begins = NOW + timedelta(hours=12)
    with transaction() as session:
        session.execute(update(Run).values(starts_at=begins, ends_at=begins + timedelta(hours=2)))
    db.session.expire_all()
    withdraw(holder, run, reason="Ốm")
    told = letters().count("late_place")
    answers = at_once(app, [accepting(account, run) for account in waiting])
    assert failures(answers) == []
    assert answers.count(True) == 1
    assert kept_places(run) == (1, 7)
    assert sorted(state for _, state in states(run)) == ["confirmed", *["waiting"] * 7, "withdrawn"]
    assert (told, letters().count("late_place")) == (8, 8)
    assert letters().count("confirmed") == 2


def test_two_workers_end_an_offer_while_it_is_accepted_and_declined(app):
    run = a_run(seats=1)
    [holder], [first, second] = a_waiting_list(run, 2)
    withdraw(holder, run)
    offers_ran_out()
    verbs = [lapsing(first, run), accepting(first, run), withdrawing(first, run)] * 3
    assert failures(at_once(app, verbs)) == []
    ended, then = answers_to_offers()
    assert ended in {OfferAnswer.LAPSED, OfferAnswer.DECLINED}
    assert then is None
    assert states(run)[1:] == [
        (2, {"lapsed": "lapsed", "declined": "withdrawn"}[ended.value]),
        (3, "offered"),
    ]
    assert kept_places(run) == (1, 0)
    assert letters(second) == ["waiting", "offered"]
    assert letters(first)[2:] in (["offer_lapsed"], ["offer_declined"])


def test_seats_are_taken_away_while_two_leave_and_one_accepts(app):
    run, by = a_run(seats=4), an_account(RoleName.COORDINATOR)
    holders, waiting = a_waiting_list(run, 3)
    withdraw(holders[0], run)
    verbs = [withdrawing(account, run) for account in holders[1:3]]
    verbs += [accepting(waiting[0], run)]
    verbs += [("change_seats", {"run_id": run.id, "seats": 2, "by": by.id})]
    assert failures(at_once(app, verbs)) == []
    left = [state for _, state in states(run)]
    taken, in_line = kept_places(run)
    assert left[:5] == ["withdrawn"] * 3 + ["confirmed", "confirmed"]
    # Two at most were offered a place before the seats were taken away; nobody after it.
    assert left[5:].count("offered") == taken - 2
    assert taken in {2, 3, 4}
    assert taken + in_line == 4
    assert len(letters(waiting[0])) == 3


def test_people_of_two_classes_change_places(app):
    course = a_course()
    one, other = a_run(course=course, seats=5), a_run(course=course, seats=5)
    here, there = [a_registrant() for _ in range(4)], [a_registrant() for _ in range(4)]
    for account in here:
        register(account, one)
    for account in there:
        register(account, other)
    verbs = [moving(account, one, other) for account in here]
    verbs += [moving(account, other, one) for account in there]
    answers = at_once(app, verbs)
    assert failures(answers) == []
    moved = sum(not str(answer).startswith("refused") for answer in answers)
    assert moved >= 2
    taken = [kept_places(run)[0] for run in (one, other)]
    assert sum(taken) == 8
    assert max(taken) <= 5
    everything = [state for run in (one, other) for _, state in states(run)]
    assert everything.count("withdrawn") == moved
    assert everything.count("confirmed") == 8
