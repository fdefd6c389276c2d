from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from club.accounts.models import RoleName
from club.courses.models import Run
from club.courses.operations import change_run
from club.courses.rules import facts_of
from club.db import db, transaction
from club.outbox.models import Letter
from club.registration.changes.models import RunTelling
from club.registration.changes.queries import news_of
from club.registration.models import Registration, RegistrationStep
from tests.registration.racing import at_once
from tests.registration.support import a_registrant, active, kept_places, letters, register, states
from tests.support.factories import NOW, a_run, an_account

pytestmark = pytest.mark.slow


def registering(account, run):
    return "register", {
        "person_id": account.person_id,
        "run_id": run.id,
        "organisation_id": None,
        "by": account.id,
    }


def withdrawing(account, run):
    return "withdraw", {"registration_id": active(account, run).id, "by": account.id}


def seats_to(number, run, by):
    return "change_seats", {"run_id": run.id, "seats": number, "by": by.id}


def failures(answers):
    return [a for a in answers if str(a).startswith("failed")]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_twenty_people_want_the_one_seat(app):
    run = a_run(seats=1)
    answers = at_once(app, [registering(a_registrant(), run) for _ in range(20)])
    assert failures(answers) == []
    assert states(run) == [(1, "confirmed")] + [(n, "waiting") for n in range(2, 21)]
    assert sorted(a.position or 0 for a in answers) == list(range(20))
    by_arrival = db.session.scalars(
        select(Registration.public_id)
        .where(Registration.run_id == run.id)
        .order_by(Registration.queue_number)
    ).all()
    assert by_arrival == [a.public_id for a in sorted(answers, key=lambda a: a.position or 0)]
    assert kept_places(run) == (1, 19)
    assert (count(RegistrationStep), count(Letter)) == (20, 20)


def test_one_person_presses_the_button_in_ten_places_at_once(app):
    run, an = a_run(seats=5), a_registrant()
    answers = at_once(app, [registering(an, run) for _ in range(10)])
    assert failures(answers) == []
    assert len({a.public_id for a in answers}) == 1
    assert [a.is_new for a in answers].count(True) == 1
    assert states(run) == [(1, "confirmed")]
    assert letters() == ["confirmed"]


def test_some_give_back_while_others_come(app):
    run = a_run(seats=5)
    holders = [a_registrant() for _ in range(10)]
    for account in holders:
        register(account, run)
    verbs = [withdrawing(account, run) for account in holders]
    verbs += [registering(a_registrant(), run) for _ in range(10)]
    assert failures(at_once(app, verbs)) == []
    left = states(run)
    assert [n for n, _ in left] == list(range(1, 21))
    assert [state for _, state in left][:10] == ["withdrawn"] * 10
    assert [state in {"confirmed", "offered"} for _, state in left[10:]] == [True] * 5 + [False] * 5
    assert kept_places(run) == (5, 5)
    assert_letters_match_the_steps()


def test_places_are_taken_away_while_people_leave(app):
    run, by = a_run(seats=6), an_account(RoleName.COORDINATOR)
    people = [a_registrant() for _ in range(12)]
    for account in people:
        register(account, run)
    verbs = [withdrawing(account, run) for account in people[:5]]
    verbs += [seats_to(2, run, by)]
    assert failures(at_once(app, verbs)) == []
    assert db.session.scalar(select(Run.seats).where(Run.id == run.id)) == 2
    now_states = [state for _, state in states(run)]
    seated = sum(state in {"confirmed", "offered"} for state in now_states)
    assert now_states[:5] == ["withdrawn"] * 5
    # Who had a place before the change keeps it; nobody moved up beyond two places after it.
    assert now_states[5 + seated :] == ["waiting"] * (7 - seated)
    assert 2 <= seated <= 6
    assert kept_places(run) == (seated, 7 - seated)
    assert_letters_match_the_steps()


def test_two_workers_and_the_button_at_once_tell_everybody_once(app):
    run, by = a_run(seats=2, place="Phòng 1"), an_account(RoleName.COORDINATOR)
    for _ in range(4):
        register(a_registrant(), run)
    edited_at = NOW - timedelta(hours=1)
    with transaction() as session:
        # Everybody was registered before the edit.
        session.execute(update(Registration).values(registered_at=NOW - timedelta(days=1)))
    facts = facts_of(run)
    change_run(run, replace(facts, place="Phòng 2"), by=by.id, now=edited_at)
    seen = news_of(run.id, now=NOW).version_id
    verbs = [("tell_what_has_come_to_rest", {})] * 8
    verbs += [("tell_now", {"run_id": run.id, "seen": seen, "by": by.id})] * 4
    answers = at_once(app, verbs)
    assert failures(answers) == []
    assert sum(answer for answer in answers if isinstance(answer, int)) == 4
    assert letters().count("run_changed") == 4
    assert count(RunTelling) == 1


def assert_letters_match_the_steps():
    """Exactly one letter for every step."""
    steps = db.session.scalars(select(RegistrationStep.reason)).all()
    told = {
        "registered": "confirmed",
        "list_full": "waiting",
        "seat_fell_free": "offered",
        "seats_added": "offered",
        "withdrawn_by_person": "withdrawn",
        "offer_declined": "offer_declined",
    }
    assert sorted(told[step.value] for step in steps) == sorted(letters())
