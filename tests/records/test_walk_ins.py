"""Who comes without registering: put on the list, asked about, never joined by itself."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import db
from club.people.models import Person
from club.records.attendance.models import AttendanceMark, Mark, WalkIn
from tests.records.kit import every, on_the_list
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    run = a_run(sessions=2, starts_at=NOW - timedelta(minutes=30), trainers=[trainer.person])
    on_the_list(run, a_person(full_name="Trần Thị Châu"))
    return run


def address(run, page):
    return f"/teaching/runs/{run.code}/{page}?session={run.sessions[0].public_id}"


def someone(name="Trần Thị Châu"):
    return db.session.query(Person).filter_by(full_name=name).one()


def walk_in(client, run, **form):
    return client.post(address(run, "walk-ins"), data={"full_name": "Võ Thị Mới"} | form)


def test_a_stranger_is_added_with_a_name_and_a_phone(sign_in, trainer, run):
    answer = walk_in(sign_in(trainer), run, phone="0912 345 678")
    new = someone("Võ Thị Mới")
    assert (answer.status_code, new.phone) == (302, "+84912345678")
    assert answer.location == f"{address(run, 'attendance')}#p-{new.public_id}"
    assert [w.added_by_id for w in every(WalkIn)] == [trainer.id]


@pytest.mark.parametrize(
    "known",
    [
        {"full_name": "Vo Thi Moi"},
        {"full_name": "Tên Khác", "phone": "+84912345678"},
        {"full_name": "Tên Khác", "email": "Moi@example.vn"},
    ],
)
def test_a_person_who_may_be_known_is_asked_about_and_never_merged(sign_in, trainer, run, known):
    person = a_person(**known)
    an_employment(person, an_organisation(name="Xưởng Demo"))
    client, form = sign_in(trainer), {"phone": "0912345678", "email": "moi@example.vn"}
    before = len(every(Person))
    page = walk_in(client, run, **form)
    assert (page.status_code, "Xưởng Demo" in page.text) == (200, True)
    assert f'name="known" value="{person.public_id}"' in page.text
    assert (every(WalkIn), len(every(Person))) == ([], before)
    walk_in(client, run, **form, known=str(person.public_id))
    assert ([w.person_id for w in every(WalkIn)], len(every(Person))) == ([person.id], before)


def test_namesakes_of_the_same_year_of_birth_are_shown_first(sign_in, trainer, run):
    for year in (1990, None, 1985):
        a_person(full_name="Vo Thi Moi", birth_year=year)
    client, form = sign_in(trainer), {"phone": "0912345678", "birth_year": "1985"}
    page = walk_in(client, run, **form)
    facts = re.findall(r"sinh năm (\d+)|(Chưa có thông tin khác)", page.text)
    assert [year or "?" for year, _unknown in facts] == ["1985", "?", "1990"]
    walk_in(client, run, **form, is_new="y")
    assert [p.birth_year for p in every(Person) if p.full_name == "Võ Thị Mới"] == [1985]


def test_whoever_has_the_phone_is_asked_about_among_any_number_of_namesakes(sign_in, trainer, run):
    for _ in range(11):
        a_person(full_name="Võ Thị Mới", birth_year=1985)
    known = a_person(full_name="Võ Thị Mới", phone="+84912345678")
    page = walk_in(sign_in(trainer), run, phone="0912345678", birth_year="1985").text
    assert re.findall(r'name="known" value="(.+?)"', page)[0] == str(known.public_id)


def test_a_year_of_birth_that_cannot_be_is_refused(sign_in, trainer, run):
    page = walk_in(sign_in(trainer), run, phone="0912345678", birth_year="1585")
    assert (page.status_code, 'value="1585"' in page.text, every(WalkIn)) == (422, True, [])


def test_the_trainer_may_say_that_it_is_somebody_new(sign_in, trainer, run):
    namesake = a_person(full_name="Võ Thị Mới")
    walk_in(sign_in(trainer), run, phone="0912345678", is_new="y")
    (added,) = every(WalkIn)
    assert added.person_id != namesake.id


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({}, "để kết quả về đúng người"),
        ({"phone": "12"}, "0901 234 567"),
        ({"email": "không phải"}, "@"),
        ({"full_name": "", "phone": "0912345678"}, "đầy đủ"),
        ({"full_name": "A" * 5000, "phone": "0912345678"}, "200"),
    ],
)
def test_an_incomplete_stranger_is_refused_with_the_input_kept(sign_in, trainer, run, form, word):
    page = walk_in(sign_in(trainer), run, **form)
    assert (page.status_code, every(WalkIn)) == (422, [])
    for value in form.values():
        assert value in page.text
    assert ("<title>Lỗi:" in page.text, word in page.text) == (True, True)


def test_whoever_is_there_is_marked_with_the_same_tap(sign_in, trainer, run):
    known, client = a_person(full_name="Vo Thi Moi"), sign_in(trainer)
    assert 'name="is_here"' in client.get(address(run, "walk-ins")).text
    form = {"phone": "0912345678", "is_here": "y"}
    # Once for each answer to the question who it is.
    assert walk_in(client, run, **form).text.count('name="is_here" value="y"') == 2
    walk_in(client, run, **form, is_new="y")
    walk_in(client, run, known=str(known.public_id))
    (mark,) = every(AttendanceMark)
    assert (mark.person_id, mark.session_id) == (someone("Võ Thị Mới").id, run.sessions[0].id)
    assert (mark.mark, mark.marked_by_id) == (Mark.PRESENT, trainer.id)


def test_nobody_is_marked_before_the_list_of_the_session_opens(sign_in, trainer, run):
    client, later = sign_in(trainer), run.sessions[1]
    there = f"/teaching/runs/{run.code}/walk-ins?session={later.public_id}"
    assert 'name="is_here"' not in client.get(there).text
    form = {"full_name": "Võ Thị Mới", "phone": "0912345678"}
    answer = client.post(there, data=form | {"is_here": "y"})
    assert (answer.status_code, "0912345678" in answer.text) == (409, True)
    assert (every(WalkIn), every(AttendanceMark)) == ([], [])
    client.post(there, data=form)
    assert (len(every(WalkIn)), every(AttendanceMark)) == (1, [])


def test_somebody_already_on_the_list_is_not_added_again(sign_in, trainer, run):
    answer = walk_in(sign_in(trainer), run, phone="0912345678", known=str(someone().public_id))
    assert (answer.status_code, "đã có trong danh sách" in answer.text) == (409, True)


def test_the_phone_that_noted_the_person_hears_that_it_is_on_the_list(sign_in, trainer, run):
    a_person(full_name="Vo Thi Moi")
    client, noted = sign_in(trainer), str(uuid.uuid4())
    form = {"phone": "0912345678", "noted": noted}
    assert walk_in(client, run, **form).text.count(f'name="noted" value="{noted}"') == 2
    answer = walk_in(client, run, **form, is_new="y")
    new = someone("Võ Thị Mới")
    assert answer.location == f"{address(run, 'attendance')}&noted={noted}#p-{new.public_id}"
    assert walk_in(client, run, full_name="Ai", phone="0912345670", noted="x").status_code == 422
