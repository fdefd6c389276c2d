from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import db, transaction
from club.outbox.kinds import Matter
from club.outbox.models import Channel, Letter, LetterState
from club.outbox.reading import choose_letters
from club.registration import operations
from club.registration.questions.answering import Answer
from club.registration.reminders import queries, rules
from club.registration.reminders.models import Reminder
from club.registration.reminders.operations import plan_reminders, remind
from club.registration.reminders.rules import ReminderRefusal
from tests.registration.support import a_registrant, agree, register, withdraw
from tests.registration.test_questions import asked
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import words

#: A Friday at 14:00 where the club is; far from any night.
START = datetime(2026, 3, 13, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def before(hours, minutes=0):
    return START - timedelta(hours=hours, minutes=minutes)


def reminders(account=None):
    """[(kind, recipient)] in the order they were written."""
    query = select(Letter).where(Letter.kind.like("%reminder")).order_by(Letter.id)
    if account is not None:
        query = query.where(Letter.person_id == account.person_id)
    return [
        (letter.kind.removeprefix("registration."), letter.recipient)
        for letter in db.session.scalars(query)
    ]


def done():
    rows = db.session.scalars(select(Reminder).order_by(Reminder.id))
    return [(row.hours, row.people) for row in rows]


def move(run, to):
    with transaction():
        run.starts_at = to


@pytest.fixture
def run():
    return a_run(seats=2, starts_at=START)


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR)


def test_who_has_a_place_is_reminded_two_days_and_two_hours_before(run):
    an, binh, waiting = a_registrant(), a_registrant(), a_registrant()
    for account in (an, binh, waiting):
        register(account, run)
    assert remind(now=before(48, 1)) == 0
    assert remind(now=before(48)) == 2
    assert remind(now=before(47)) == 0
    assert remind(now=before(2)) == 2
    assert remind(now=START) == 0
    assert reminders() == [("reminder", account.email) for account in (an, binh, an, binh)]
    assert reminders(waiting) == []
    letter = db.session.scalars(select(Letter).where(Letter.kind.like("%reminder"))).first()
    assert letter.subject == f"Lớp khai giảng Thứ Sáu, 13/03/2026 lúc 14:00: {run.course.title}"
    assert "/registrations/" in letter.body_text


def test_who_has_not_answered_the_course_yet_is_reminded_of_that_until_the_cut_off(run):
    answered, silent = a_registrant(), a_person(email="lan@example.vn")
    agree(silent)
    question = asked(run.course)
    register(answered, run, answers={question.id: Answer(words="Vì")})
    staff = an_account(RoleName.COORDINATOR)
    operations.register_on_behalf(
        silent.id, run_id=run.id, organisation_id=None, by=staff.id, now=NOW
    )
    for hours in (48, 2):
        remind(now=before(hours))
    query = select(Letter.recipient, Letter.body_text).where(Letter.kind.like("%reminder"))
    asks = [
        (to, "/questions" in body) for to, body in db.session.execute(query.order_by(Letter.id))
    ]
    assert asks == [
        (answered.email, False), ("lan@example.vn", True),
        (answered.email, False), ("lan@example.vn", False),
    ]  # fmt: skip


def test_trainers_are_reminded_too_and_told_how_many_come(run):
    trainer = a_person(language="en")
    run = a_run(starts_at=START, trainers=[trainer])
    register(a_registrant(), run)
    assert remind(now=before(48)) == 2
    letter = db.session.scalars(select(Letter).where(Letter.person_id == trainer.id)).one()
    assert letter.kind == "registration.teaching_reminder"
    assert letter.subject.startswith("You teach on Friday, 13/03/2026 at 14:00")
    assert "1 person has a place." in letter.body_text


def test_who_left_or_came_later_is_not_reminded(run):
    left, late = a_registrant(), a_registrant()
    register(left, run)
    withdraw(left, run)
    register(late, run, now=before(40))
    assert remind(now=before(39)) == 0
    assert remind(now=before(2)) == 1
    assert reminders() == [("reminder", late.email)]


@pytest.mark.parametrize(("late", "people"), [(23, 1), (25, 0)])
def test_a_worker_that_was_away_reminds_only_where_it_still_helps(run, late, people):
    register(a_registrant(), run)
    assert remind(now=before(48) + late * HOUR) == people
    assert remind(now=before(48) + late * HOUR) == 0


def test_a_clock_that_jumps_to_and_fro_causes_no_flood(run):
    register(a_registrant(), run)
    for moment in (before(48), before(1, 30), before(400), before(48), before(1, 30), START):
        remind(now=moment)
    assert len(reminders()) == 2
    assert remind(now=START + 24 * HOUR) == 0


def test_of_two_that_are_due_at_once_the_nearer_one_is_sent(run, by):
    register(a_registrant(), run)
    plan_reminders(run, [4, 3], by=by.id, now=NOW)
    assert remind(now=before(2, 30)) == 1
    assert done() == [(3, 1), (4, 0)]
    assert remind(now=before(2, 20)) == 0


def test_a_run_that_moved_reminds_anew(run):
    register(a_registrant(), run)
    remind(now=before(48))
    move(run, START + 48 * HOUR)
    assert remind(now=before(47)) == 0
    assert remind(now=START) == 1
    assert len(reminders()) == 2


def test_nobody_is_reminded_of_what_does_not_take_place(run):
    register(a_registrant(), run)
    with transaction():
        run.state = RunState.CANCELLED
    assert remind(now=before(48)) == 0
    assert reminders() == []


def test_at_night_reminders_are_written_in_the_morning(run):
    """Begins at ten in the evening: two days before that is night."""
    late_start = START + 8 * HOUR
    run = a_run(starts_at=late_start)
    account = a_registrant()
    register(account, run)
    assert remind(now=late_start - 48 * HOUR) == 0
    morning = clock.instant_of(clock.local_day(late_start) - timedelta(days=1)) + 7 * HOUR
    assert remind(now=morning - timedelta(minutes=1)) == 0
    assert remind(now=morning) == 1


def test_a_class_early_in_the_morning_reminds_before_dawn():
    early = START - timedelta(hours=6, minutes=30)  # 7:30
    run, account = a_run(starts_at=early), a_registrant()
    register(account, run)
    assert remind(now=early - 2 * HOUR) == 1
    [letter] = db.session.scalars(select(Letter).where(Letter.kind == "registration.reminder"))
    assert letter.next_attempt_at == early - 2 * HOUR


def test_a_reminder_that_falls_into_the_night_is_not_lost(by):
    """Twelve hours before nine in the morning is nine in the evening."""
    nine = START - 5 * HOUR
    run = a_run(starts_at=nine)
    register(a_registrant(), run)
    plan_reminders(run, [12], by=by.id, now=NOW)
    assert remind(now=nine - 12 * HOUR) == 0
    assert remind(now=nine - 2 * HOUR) == 1


def test_who_turned_reminders_off_still_finds_them_on_the_site(run):
    account = a_registrant()
    register(account, run)
    choose_letters(account.person_id, Matter.REMINDERS, wants=False, channel=Channel.LINK, now=NOW)
    assert remind(now=before(48)) == 1
    [letter] = db.session.scalars(select(Letter).where(Letter.kind == "registration.reminder"))
    assert (letter.state, letter.in_site) == (LetterState.IN_SITE, True)


def test_reminding_goes_on_where_it_broke_off(run, monkeypatch):
    """The worker dies after the letters and before it noted that they are done."""
    register(a_registrant(), run)
    from club.registration.reminders import operations

    monkeypatch.setattr(operations, "Reminder", None)
    with pytest.raises(TypeError):
        remind(now=before(48))
    monkeypatch.undo()
    assert remind(now=before(48)) == 1
    assert len(reminders()) == 1
    assert done() == [(48, 1)]


def test_looking_takes_the_same_few_queries_however_many_runs(count_queries):
    def queries_with(number):
        for _ in range(number):
            a_run(starts_at=START)
        with count_queries() as seen:
            remind(now=before(100))
        return len(seen)

    assert queries_with(1) == queries_with(20) == 3


def test_reminding_takes_as_many_queries_for_one_as_for_twenty(count_queries):
    def queries_with(number):
        run = a_run(seats=number, starts_at=START)
        for _ in range(number):
            register(a_registrant(), run, now=before(100))
        with count_queries() as seen:
            assert remind(now=before(48)) == number
        return len(seen)

    assert queries_with(1) == queries_with(20)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("48, 2", [48, 2]),
        (" 2 48;48 ", [48, 2]),
        ("", []),
        ("336", [336]),
        ("337", ReminderRefusal.OUT_OF_RANGE),
        ("0", ReminderRefusal.OUT_OF_RANGE),
        ("2.5", ReminderRefusal.NOT_HOURS),
        ("-2", ReminderRefusal.NOT_HOURS),
        ("²", ReminderRefusal.NOT_HOURS),
        ("hai", ReminderRefusal.NOT_HOURS),
        ("9" * 400, ReminderRefusal.NOT_HOURS),
        ("1 2 3 4 5", ReminderRefusal.TOO_MANY),
    ],
)
def test_hours_as_people_type_them(typed, hours):
    assert rules.hours_in(typed) == hours


def test_staff_plan_the_reminders_of_a_run(run, by, sign_in):
    client, address = sign_in(by), f"/office/runs/{run.code}/reminders"
    assert 'value="48, 2"' in client.get(address).text
    refused = client.post(f"{address}?lang=en", data={"hours": "48, two"})
    assert refused.status_code == 422
    assert 'value="48, two"' in refused.text
    assert "Write whole hours" in refused.text
    assert client.post(address, data={"hours": "24, 3"}).status_code == 302
    assert 'value="24, 3"' in client.get(address).text
    assert client.post(address, data={"hours": "3 24"}).status_code == 302
    [entry] = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "registration.plan_reminders")
    )
    assert entry.detail == {"before": {"hours": [48, 2]}, "after": {"hours": [24, 3]}}
    client.post(address, data={"hours": ""})
    register(a_registrant(), run)
    for hours in (48, 24, 3, 2):
        assert remind(now=before(hours)) == 0


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.CLOSED])
def test_nothing_is_planned_for_a_class_that_ended(run, by, sign_in, state):
    client, address = sign_in(by), f"/office/runs/{run.code}/reminders"
    run.state = state
    db.session.commit()
    page = client.get(f"{address}?lang=en")
    assert "Nobody is reminded of a cancelled or closed class." in words(page)
    assert 'name="hours"' not in page.text
    assert "Still to come" not in page.text
    refused = client.post(f"{address}?lang=en", data={"hours": "24"})
    assert (refused.status_code, 'value="24"' in refused.text) == (409, True)
    assert "Nobody is reminded of a cancelled or closed class." in words(refused)
    assert queries.planned_hours([run.id])[run.id] == [48, 2]


def test_the_page_says_what_was_done(run, by, sign_in):
    register(a_registrant(), run)
    remind(now=before(48))
    page = sign_in(by).get(f"/office/runs/{run.code}/reminders?lang=en").text
    assert "Reminded so far" in page
    assert '<td class="cell-num">1</td>' in page


def test_only_coordinators_plan_reminders(run, sign_in):
    trainer = an_account(RoleName.TRAINER)
    for client in (sign_in(trainer), sign_in(a_registrant())):
        assert client.get(f"/office/runs/{run.code}/reminders").status_code == 403
        assert client.post(f"/office/runs/{run.code}/reminders").status_code == 403
