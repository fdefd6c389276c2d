"""Who came how often is a fact beside the coordinator's list, and nowhere else."""

import re
from datetime import timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.courses.models import SessionState
from club.db import db, transaction
from club.records.attendance.attended import attended_by
from club.records.attendance.models import Mark
from club.registration import queries
from club.registration.attended import Attended
from club.registration.models import Registration, RegistrationState
from tests.records.kit import a_taught_run, marked, on_the_list, present
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import words

PRESENT, LATE, ABSENT, EXCUSED = Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED
WAITING = RegistrationState.WAITING


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(NOW))


def the_list(run):
    return f"/office/runs/{run.code}/registrations"


def facts(person, *, now=NOW):
    return [
        (a.sessions, a.there, a.excused) for a in attended_by([person.id], now).get(person.id, [])
    ]


@pytest.mark.parametrize(
    ("marks", "fact"),
    [
        ((PRESENT, LATE), (2, 2, 0)),
        ((PRESENT, ABSENT), (2, 1, 0)),
        ((ABSENT, EXCUSED), (2, 0, 1)),
        ((None, None), (2, 0, 0)),
    ],
)
def test_present_and_late_were_there_and_excuses_are_said(marks, fact):
    run = a_taught_run()
    present(run)
    assert facts(marked(run, on_the_list(run), *marks)) == [fact]


def test_a_session_in_which_nobody_was_marked_says_nothing():
    run = a_taught_run()
    marked(run, on_the_list(run), PRESENT)
    absent = on_the_list(run)
    assert facts(absent) == [(1, 0, 0)]
    assert facts(on_the_list(a_taught_run())) == []


def test_cancelled_sessions_and_sessions_ahead_do_not_count():
    run = a_run(sessions=3, starts_at=NOW - timedelta(days=2))
    came = present(run)
    with transaction():
        run.sessions[0].state = SessionState.CANCELLED
    assert facts(came, now=NOW - timedelta(hours=20)) == [(1, 1, 0)]
    assert facts(came) == [(2, 2, 0)]


def test_only_classes_with_a_place_count():
    run = a_taught_run()
    present(run)
    assert facts(on_the_list(run, state=WAITING)) == []
    assert facts(on_the_list(run, state=RegistrationState.WITHDRAWN)) == []


def test_the_list_of_a_class_that_has_begun_says_who_came(sign_in):
    run = a_taught_run()
    marked(run, on_the_list(run, a_person(full_name="Trần Thị Ân")), PRESENT, ABSENT)
    marked(run, on_the_list(run, a_person(full_name="Lê Văn Bình")), ABSENT, EXCUSED)
    page = words(sign_in(an_account(RoleName.COORDINATOR)).get(the_list(run)))
    said = re.findall(r"Có mặt \d/2 buổi(?:, \d có phép)?", page)
    assert said == ["Có mặt 1/2 buổi", "Có mặt 0/2 buổi, 1 có phép"]


def test_who_asks_for_a_place_stands_beside_the_classes_of_before(sign_in):
    before = a_taught_run()
    present(before)
    asks = on_the_list(before)
    ahead = a_run()
    on_the_list(ahead, asks, state=WAITING)
    on_the_list(ahead, state=WAITING)
    page = words(sign_in(an_account(RoleName.COORDINATOR)).get(the_list(ahead)))
    assert page.count("Có mặt") == 1
    assert f"Có mặt 0/2 buổi của lớp {before.code}" in page


def test_who_asks_for_a_place_by_request_stands_beside_them_too(sign_in):
    before, ahead = a_taught_run(), a_run()
    present(before)
    asks = on_the_list(before)
    on_the_list(ahead, asks, state=RegistrationState.REQUESTED)
    request = db.session.query(Registration).filter_by(run_id=ahead.id).one()
    client = sign_in(an_account(RoleName.COORDINATOR))
    for address in (
        f"/office/runs/{ahead.code}/requests",
        f"/office/registrations/{request.public_id}/request",
    ):
        assert f"Có mặt 0/2 buổi của lớp {before.code}" in words(client.get(address))


def test_the_last_three_classes_are_said_whatever_they_say(sign_in):
    asks, ahead = a_person(), a_run()
    earlier = [a_taught_run(starts_at=NOW - timedelta(days=days)) for days in (9, 8, 7, 6)]
    for run, mark in zip(earlier, (ABSENT, PRESENT, ABSENT, PRESENT), strict=True):
        marked(run, on_the_list(run, asks), mark, mark)
    on_the_list(ahead, asks, state=WAITING)
    page = words(sign_in(an_account(RoleName.COORDINATOR)).get(the_list(ahead)))
    said = re.findall(r"Có mặt (\d)/2 buổi của lớp (\S+)", page)
    assert said == [("2", earlier[3].code), ("0", earlier[2].code), ("2", earlier[1].code)]


def test_trainers_and_the_person_are_not_told(sign_in):
    before, trainer = a_taught_run(), an_account(RoleName.TRAINER)
    present(before)
    asks = an_account()
    on_the_list(before, asks.person)
    ahead = a_run(trainers=[trainer.person])
    on_the_list(ahead, asks.person, state=WAITING)
    with_place = on_the_list(ahead)
    mine = queries.registration_of(asks.person_id, ahead.id)
    assert words(sign_in(trainer).get(the_list(ahead))).count(with_place.full_name) == 1
    pages = [
        sign_in(trainer).get(the_list(ahead)),
        *(
            sign_in(asks).get(address)
            for address in (
                f"/runs/{ahead.code}", f"/registrations/{mine.public_id}", "/me/registrations",
            )
        ),
    ]  # fmt: skip
    for page in pages:
        assert page.status_code == 200
        assert "/2 buổi" not in words(page)


def test_the_list_asks_as_much_for_one_as_for_twenty(sign_in, count_queries):
    client, before, ahead = sign_in(an_account(RoleName.COORDINATOR)), a_taught_run(), a_run()
    present(before)
    asked = []
    for more in (1, 19):
        for _ in range(more):
            on_the_list(ahead, on_the_list(before), state=WAITING)
        client.get(the_list(ahead))
        with count_queries() as seen:
            page = client.get(the_list(ahead))
        asked.append(len(seen))
    assert words(page).count("Có mặt 0/2 buổi") == 20
    assert asked[0] == asked[1]


def test_a_fact_names_its_class():
    run = a_taught_run()
    came = present(run)
    assert attended_by([came.id], NOW) == {came.id: [Attended(run.id, run.code, 2, 2, 0)]}
