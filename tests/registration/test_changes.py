"""What the people of a run are told when it changes: once, and only what is new to them."""

import re
from datetime import timedelta

import icalendar
import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.calendar import operations as feeds
from club.courses.models import RunForm
from club.courses.operations import (
    add_session,
    add_trainer,
    cancel_session,
    change_run,
    move_session,
    publish_run,
    remove_trainer,
)
from club.courses.rules import Slot, facts_of
from club.db import db, transaction
from club.outbox.composing import composed
from club.outbox.models import Letter
from club.registration.changes import operations, queries
from club.registration.changes.models import RunTelling, RunTellingReader
from club.registration.operations import cancel_run_with_registrations
from tests.registration.support import a_registrant, accept, letters, register, withdraw
from tests.support.factories import NOW, a_person, a_run, an_account

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


def moved(meeting, by, *, hours, now):
    slot = Slot(
        meeting.starts_at + hours * HOUR, meeting.ends_at + hours * HOUR,
        meeting.title, meeting.place,
    )  # fmt: skip
    move_session(meeting, slot, by=by.id, now=now)


def with_place(run, by, place, now):
    facts = facts_of(run)
    change_run(run, type(facts)(**vars(facts) | {"place": place}), by=by.id, now=now)


def a_class(*, sessions=2, starts_at=NOW + 10 * DAY, **given):
    by = an_account(RoleName.COORDINATOR)
    run = a_run(sessions=sessions, starts_at=starts_at, place="Phòng 1", **given)
    learner = a_registrant()
    register(learner, run)
    return run, learner, by


def rest(now, minutes=10):
    return operations.tell_what_has_come_to_rest(now=now + minutes * MINUTE)


def changed_letters(account=None):
    query = select(Letter).where(Letter.kind == "registration.run_changed").order_by(Letter.id)
    if account is not None:
        query = query.where(Letter.person_id == account.person_id)
    return list(db.session.scalars(query))


def lines(letter):
    return re.findall(r"^- (.*)$", letter.body_text, re.MULTILINE)


def messages(letter):
    """Each calendar update that goes with the letter, as another program reads it."""
    parts = [p for p in composed(letter).walk() if p.get_content_type() == "text/calendar"]
    return [(p, icalendar.Calendar.from_ical(p.get_content())) for p in parts]


# One letter


def test_five_edits_in_a_row_are_one_letter():
    run, learner, by = a_class(sessions=3)
    moved(run.sessions[0], by, hours=2, now=NOW)
    cancel_session(run.sessions[1], by=by.id, now=NOW + 2 * MINUTE)
    moved(run.sessions[0], by, hours=3, now=NOW + 4 * MINUTE)
    with_place(run, by, "Hội trường B", NOW + 6 * MINUTE)
    start = NOW + 20 * DAY
    add_session(run, Slot(start, start + HOUR, "Buổi bù"), by=by.id, now=NOW + 9 * MINUTE)
    last = NOW + 9 * MINUTE
    assert rest(last, minutes=9) == 0
    assert rest(last) == 1
    assert rest(last, minutes=30) == 0
    (letter,) = changed_letters(learner)
    assert letter.subject == f"Lớp có thay đổi: {run.course.title}"
    assert lines(letter) == [
        "Buổi 1: đổi sang Thứ Sáu, 13/03/2026, 14:00 – 18:00 (trước là Thứ Sáu, 13/03/2026, 9:00 – 13:00)",
        "Buổi 2: hủy (trước là Thứ Bảy, 14/03/2026, 9:00 – 13:00)",
        "Buổi bù: thêm mới, Thứ Hai, 23/03/2026, 9:00 – 10:00",
        "Nơi học: Hội trường B (trước là Phòng 1)",
    ]
    assert letter.calendar is None


def test_what_was_taken_back_is_not_told():
    run, _, by = a_class()
    moved(run.sessions[0], by, hours=2, now=NOW)
    moved(run.sessions[0], by, hours=-2, now=NOW + MINUTE)
    assert rest(NOW + MINUTE) == 0
    assert changed_letters() == []
    assert queries.runs_with_untold_versions(before=NOW + HOUR) == []


def test_who_registers_after_the_change_is_not_told():
    run, learner, by = a_class()
    moved(run.sessions[0], by, hours=2, now=NOW)
    late = a_registrant()
    register(late, run, now=NOW + MINUTE)
    assert rest(NOW) == 1
    assert [letter.person_id for letter in changed_letters()] == [learner.person_id]


def test_who_registered_between_two_changes_is_told_of_the_second_alone():
    run, learner, by = a_class()
    moved(run.sessions[0], by, hours=2, now=NOW)
    between = a_registrant()
    register(between, run, now=NOW + MINUTE)
    with_place(run, by, "Phòng 9", NOW + 2 * MINUTE)
    assert rest(NOW + 2 * MINUTE) == 2
    assert lines(changed_letters(between)[0]) == ["Nơi học: Phòng 9 (trước là Phòng 1)"]
    assert len(lines(changed_letters(learner)[0])) == 2


def test_who_registered_on_a_change_that_was_taken_back_is_told():
    run, learner, by = a_class()
    with_place(run, by, "Phòng 9", NOW)
    between = a_registrant()
    register(between, run, now=NOW + MINUTE)
    with_place(run, by, "Phòng 1", NOW + 2 * MINUTE)
    assert rest(NOW + 2 * MINUTE) == 1
    assert changed_letters(learner) == []
    assert lines(changed_letters(between)[0]) == ["Nơi học: Phòng 1 (trước là Phòng 9)"]


def test_those_who_wait_and_teach_are_told_and_those_who_left_are_not():
    trainer = a_person()
    run, learner, by = a_class(seats=1, trainers=[trainer])
    waiting, gone = a_registrant(), a_registrant()
    register(waiting, run)
    register(gone, run)
    with_place(run, by, "Phòng 9", NOW)
    withdraw(gone, run, now=NOW + MINUTE)
    assert rest(NOW) == 3
    told = {letter.person_id for letter in changed_letters()}
    assert told == {learner.person_id, waiting.person_id, trainer.id}


def test_a_trainer_who_is_replaced_hears_of_it_and_so_does_the_new_one():
    old, new = a_person(full_name="Lê Cũ"), a_person(full_name="Lê Mới")
    run, learner, by = a_class(trainers=[old])
    remove_trainer(run, old.id, by=by.id, now=NOW)
    add_trainer(run, new, by=by.id, now=NOW + MINUTE)
    assert rest(NOW + MINUTE) == 3
    assert {letter.person_id for letter in changed_letters()} == {
        learner.person_id, old.id, new.id,
    }  # fmt: skip
    assert {tuple(lines(letter)) for letter in changed_letters()} == {
        ("Giảng viên: Lê Mới (trước là Lê Cũ)",)
    }


def test_titles_and_seats_are_no_news():
    run, _, by = a_class()
    meeting = run.sessions[0]
    move_session(meeting, Slot(meeting.starts_at, meeting.ends_at, "Khai giảng"), by=by.id, now=NOW)
    assert rest(NOW) == 0
    assert changed_letters() == []


def test_the_key_of_the_online_room_is_in_no_letter_and_those_who_wait_do_not_hear_of_it():
    by = an_account(RoleName.COORDINATOR)
    run = a_run(seats=1, form=RunForm.ONLINE, online_link="https://meet.example/mot")
    learner, waiting = a_registrant(), a_registrant()
    register(learner, run)
    register(waiting, run)
    facts = vars(facts_of(run)) | {"online_link": "https://meet.example/hai"}
    change_run(run, type(facts_of(run))(**facts), by=by.id, now=NOW)
    assert rest(NOW) == 1
    (letter,) = changed_letters()
    assert letter.person_id == learner.person_id
    assert "meet.example" not in letter.body_text


def test_nobody_is_told_of_sessions_that_are_over():
    run, _, by = a_class(starts_at=NOW + DAY)
    after = run.sessions[0].ends_at + HOUR
    moved(run.sessions[0], by, hours=1, now=after + HOUR)
    assert rest(after + HOUR) == 0


def test_drafts_have_nobody_to_tell_and_publishing_is_no_change():
    run, _, by = a_class()
    draft = a_run(state=type(run.state).DRAFT, published_at=None, place="Phòng 1")
    moved(draft.sessions[0], by, hours=1, now=NOW)
    publish_run(draft, by=by.id, now=NOW + MINUTE)
    assert queries.runs_with_untold_versions(before=NOW + DAY) == []


# When


def test_before_a_session_within_a_day_two_minutes_are_enough():
    run, _, by = a_class(starts_at=NOW + 5 * HOUR)
    moved(run.sessions[0], by, hours=2, now=NOW)
    assert rest(NOW, minutes=1) == 0
    assert rest(NOW, minutes=2) == 1


def test_the_button_tells_at_once_and_the_worker_not_again(sign_in):
    run, learner, by = a_class()
    moved(run.sessions[0], by, hours=2, now=NOW)
    client = sign_in(by)
    page = client.get(f"/office/runs/{run.code}/changes").text
    assert "Buổi 1: đổi sang Thứ Sáu, 13/03/2026, 11:00 – 15:00" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert client.post(f"/office/runs/{run.code}/changes", data={"seen": seen}).status_code == 302
    assert len(changed_letters(learner)) == 1
    assert rest(NOW, minutes=60) == 0
    assert len(changed_letters()) == 1
    telling = db.session.scalars(select(RunTelling)).one()
    readers = db.session.scalars(select(RunTellingReader)).all()
    assert (telling.by_id, telling.at) == (by.id, NOW)
    assert [reader.person_id for reader in readers] == [learner.person_id]
    assert "Cho bao nhiêu người" in client.get(f"/office/runs/{run.code}/changes").text


def test_the_button_tells_nothing_that_was_not_read(sign_in):
    run, _, by = a_class()
    moved(run.sessions[0], by, hours=2, now=NOW)
    client = sign_in(by)
    page = client.get(f"/office/runs/{run.code}/changes").text
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    with_place(run, by, "Phòng 9", NOW + MINUTE)
    answer = client.post(f"/office/runs/{run.code}/changes", data={"seen": seen})
    assert answer.status_code == 409
    assert "Nơi học: Phòng 9" in answer.text
    assert changed_letters() == []


def test_the_button_of_a_run_without_news_is_refused(sign_in):
    run, _, by = a_class()
    answer = sign_in(by).post(f"/office/runs/{run.code}/changes", data={"seen": "x"})
    assert answer.status_code == 409


def test_the_runs_desk_says_what_is_not_told_yet(sign_in):
    run, _, by = a_class()
    client = sign_in(by)
    assert 'id="changes"' not in client.get(f"/office/runs/{run.code}").text
    moved(run.sessions[0], by, hours=2, now=NOW)
    page = client.get(f"/office/runs/{run.code}").text
    assert "Sẽ báo cho 1 người:" in page
    assert "Thư tự gửi lúc 9:10" in page


@pytest.mark.parametrize("people", [1, 20])
def test_the_preview_costs_the_same_for_many(sign_in, count_queries, people):
    run, _, by = a_class(seats=100)
    for _ in range(people - 1):
        register(a_registrant(), run)
    moved(run.sessions[0], by, hours=2, now=NOW)
    client = sign_in(by)
    client.get(f"/office/runs/{run.code}/changes")
    with count_queries() as seen:
        client.get(f"/office/runs/{run.code}/changes")
    assert len(seen) <= 16


# Calendar updates


def test_a_change_within_two_days_carries_what_the_feed_says(client):
    run, learner, by = a_class(sessions=3, starts_at=NOW + 20 * HOUR)
    _, token = feeds.open_feed(learner.person_id, name="máy", language="vi", now=NOW)
    moved(run.sessions[0], by, hours=2, now=NOW)
    cancel_session(run.sessions[1], by=by.id, now=NOW)
    moved(run.sessions[2], by, hours=2, now=NOW)
    assert rest(NOW, minutes=2) == 1
    (letter,) = changed_letters(learner)
    feed = icalendar.Calendar.from_ical(client.get(f"/calendar/{token}.ics").data)
    entries = {str(e["uid"]): e for e in feed.walk("VEVENT")}
    found = messages(letter)
    sent = [message.walk("VEVENT")[0] for _, message in found]
    # The third session is farther away than two days: calendar programs will ask in time.
    assert [str(e["uid"]) for e in sent] == [str(s.public_id) for s in run.sessions[:2]]
    assert [str(m["method"]) for _, m in found] == ["REQUEST", "CANCEL"]
    assert [p.get_param("method") for p, _ in found] == ["REQUEST", "CANCEL"]
    for entry in sent:
        same = entries[str(entry["uid"])]
        for fact in ("sequence", "status", "dtstart", "dtend", "dtstamp", "summary", "location"):
            assert entry.get(fact) == same.get(fact)
        assert str(entry["organizer"]) == "mailto:clb@club.example"
        assert str(entry["attendee"]) == f"mailto:{learner.email}"
    assert [int(e["sequence"]) for e in sent] == [1, 1]


def test_the_sequence_counts_the_readers_own_steps_as_the_feed_does(client):
    run, holder, by = a_class(sessions=1, seats=1, starts_at=NOW + 30 * HOUR)
    waiting = a_registrant()
    register(waiting, run)
    _, token = feeds.open_feed(waiting.person_id, name="máy", language="vi", now=NOW)
    withdraw(holder, run)
    accept(waiting, run)
    moved(run.sessions[0], by, hours=2, now=NOW)
    rest(NOW)
    (message,) = [m for _, m in messages(changed_letters(waiting)[0])]
    feed = icalendar.Calendar.from_ical(client.get(f"/calendar/{token}.ics").data)
    assert [int(c.walk("VEVENT")[0]["sequence"]) for c in (message, feed)] == [2, 2]


def test_nobody_elses_name_is_in_a_calendar_update():
    run, learner, by = a_class(sessions=1, starts_at=NOW + 30 * HOUR)
    other = a_registrant(person=a_person(full_name='Đặng "Bé" Ánh'))
    register(other, run)
    moved(run.sessions[0], by, hours=2, now=NOW)
    rest(NOW)
    first, second = changed_letters(learner)[0], changed_letters(other)[0]
    assert "Ánh" not in first.calendar
    assert learner.person.full_name not in second.calendar
    (message,) = [m for _, m in messages(second)]
    assert message.walk("VEVENT")[0]["attendee"].params["CN"] == "Đặng 'Bé' Ánh"


# Cancelling the run


def test_who_had_a_place_in_a_run_cancelled_shortly_before_gets_the_cancellation(client):
    trainer = a_person()
    run, learner, by = a_class(sessions=3, starts_at=NOW + 20 * HOUR, trainers=[trainer])
    instead = a_run(course=run.course, starts_at=NOW + 30 * DAY)
    _, token = feeds.open_feed(learner.person_id, name="máy", language="vi", now=NOW)
    cancel_run_with_registrations(run.id, reason="Giảng viên ốm", by=by.id, now=NOW)
    assert letters(learner) == ["confirmed", "run_cancelled"]
    letter = db.session.scalars(
        select(Letter).where(
            Letter.kind == "registration.run_cancelled", Letter.person_id == learner.person_id
        )
    ).one()
    assert f"http://localhost/runs/{instead.code}" in letter.body_text
    feed = icalendar.Calendar.from_ical(client.get(f"/calendar/{token}.ics").data)
    entries = {str(e["uid"]): e for e in feed.walk("VEVENT")}
    sent = [m for _, m in messages(letter)]
    assert [str(m["method"]) for m in sent] == ["CANCEL", "CANCEL"]
    for message in sent:
        event = message.walk("VEVENT")[0]
        assert event["sequence"] == entries[str(event["uid"])]["sequence"]
        assert event["status"] == "CANCELLED"
    of_trainer = select(Letter).where(Letter.person_id == trainer.id)
    assert [found.kind for found in db.session.scalars(of_trainer)] == [
        "registration.run_cancelled"
    ]
    assert rest(NOW, minutes=30) == 0


def test_a_cancelled_runs_pages_offer_the_next_one(sign_in, client):
    run, learner, by = a_class()
    full = a_run(course=run.course, starts_at=NOW + 20 * DAY, seats=1, places_taken=1)
    cancel_run_with_registrations(run.id, reason="Giảng viên ốm", by=by.id, now=NOW)
    assert f'href="/runs/{full.code}"' in client.get(f"/runs/{run.code}").text
    free = a_run(course=run.course, starts_at=NOW + 30 * DAY)
    assert f'href="/runs/{free.code}"' in client.get(f"/runs/{run.code}").text
    path = f"/registrations/{registration_of(learner)}"
    assert f'href="/runs/{free.code}"' in sign_in(learner).get(path).text


def registration_of(account):
    from club.registration.models import Registration

    query = select(Registration.public_id).where(Registration.person_id == account.person_id)
    return db.session.scalars(query).one()


def test_a_letter_is_in_the_readers_language():
    run, learner, by = a_class()
    with transaction():
        learner.person.language = "en"
    with_place(run, by, "Phòng 9", NOW)
    rest(NOW)
    assert lines(changed_letters(learner)[0]) == ["Place: Phòng 9 (before: Phòng 1)"]
