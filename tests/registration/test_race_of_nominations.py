"""Organisations send people and somebody else, while others do the same from another process."""

import uuid

import pytest
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.db import db
from club.people.models import Person
from club.registration.nominations.operations import Slip
from club.registration.nominations.rules.sheet import read_sheet
from club.registration.nominations.substituting import Instead
from tests.registration.nominating_kit import nominate
from tests.registration.racing import at_once
from tests.registration.support import a_registrant, active, kept_places, letters, register, states
from tests.support.factories import a_run, an_account, an_employment

pytestmark = pytest.mark.slow
LIST = [f"Người {n}, n{n}@congty.vn" for n in range(20)]


def colleague(firm):
    """Somebody with an account, who can also act alone."""
    account = a_registrant()
    an_employment(account.person, firm)
    return account


def nominating(by, firm, run, lines, *, once=None):
    rows = read_sheet("\n".join(lines)).rows
    slip = Slip(once or uuid.uuid4(), run.id, firm.id, [], rows, 0, "Đã đồng ý")
    return "nominate", {"slip": slip, "by": by.id}


def sending(by, theirs, line):
    instead = Instead([], read_sheet(line).rows)
    return "substitute", {"registration_id": theirs, "instead": instead, "by": by.id}


def failures(answers):
    return [answer for answer in answers if str(answer).startswith("failed")]


def tally(run):
    found = [state for _, state in states(run)]
    return {state: found.count(state) for state in sorted(set(found))}


def test_one_list_is_confirmed_in_eight_places_at_once(app, firm, representative):
    run, once = a_run(seats=10), uuid.uuid4()
    answers = at_once(app, [nominating(representative, firm, run, LIST, once=once)] * 8)
    assert failures(answers) == []
    assert set(answers) == {once}
    assert tally(run) == {"confirmed": 10, "waiting": 10}
    assert letters() == ["nominated"] * 20


def test_two_lists_name_the_same_people(app, firm, representative):
    run = a_run(seats=10)
    answers = at_once(app, [nominating(representative, firm, run, LIST) for _ in range(4)])
    assert failures(answers) == []
    assert kept_places(run) == (10, 10)
    assert db.session.scalar(select(func.count()).where(Person.full_name.like("Người %"))) == 20


def test_ten_people_are_sent_in_one_place(app, firm, representative):
    run = a_run(seats=1)
    an = colleague(firm)
    nominate(representative, firm, run, ticked=[an.person])
    theirs = active(an, run).id
    answers = at_once(app, [sending(representative, theirs, line) for line in LIST[:10]])
    assert failures(answers) == []
    assert tally(run) == {"confirmed": 1, "replaced": 1}
    assert kept_places(run) == (1, 0)
    assert sorted(letters()) == ["nominated", "nominated", "replaced"]


def test_somebody_else_is_sent_while_the_person_leaves_and_seats_go(app, firm, representative):
    run, by = a_run(seats=4), an_account(RoleName.COORDINATOR)
    people = [colleague(firm) for _ in range(4)]
    nominate(representative, firm, run, ticked=[account.person for account in people])
    for _ in range(4):
        register(a_registrant(), run)
    verbs = []
    for account, line in zip(people, LIST, strict=False):
        theirs = active(account, run).id
        verbs.append(sending(representative, theirs, line))
        verbs.append(("withdraw", {"registration_id": theirs, "by": account.id}))
    verbs.append(("change_seats", {"run_id": run.id, "seats": 2, "by": by.id}))

    answers = at_once(app, verbs)

    assert failures(answers) == []
    found = tally(run)
    seated = found.get("confirmed", 0) + found.get("offered", 0)
    assert found.get("replaced", 0) + found.get("withdrawn", 0) == 4
    assert seated <= 4
    assert kept_places(run) == (seated, found.get("waiting", 0))
    kinds = letters()
    assert kinds.count("replaced") == found.get("replaced", 0)
    assert kinds.count("withdrawn") == found.get("withdrawn", 0)
    assert kinds.count("nominated") == 4 + found.get("replaced", 0)
