"""When a mark was made decides, not when it came: two phones, wrong clocks, marks sent twice."""

import uuid
from datetime import UTC, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as some

from club.accounts.models import RoleName
from club.db import transaction
from club.records.attendance import queries
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, SentMark
from club.records.attendance.sent_marks import MadeMark, take_in
from tests.records.kit import a_trainer, every, marked, marks_now, on_the_list
from tests.records.sent_marks.kit import MINUTE, SENT, address, send, tapped, times
from tests.support.factories import NOW, a_run, an_account


def test_a_mark_counts_from_when_it_was_made_and_says_when_it_came(phone, trainer, run, person):
    tap = tapped(person, "late", NOW + 5 * MINUTE)
    answer = send(phone(trainer), run, tap)
    (mark,) = every(AttendanceMark)
    said = {"held": "late", "held_version": mark.version, "error": None, "contradiction": None}
    assert answer.json == {
        "marks": [{"id": tap["id"]} | said],
        "saved": "Đã lưu lúc 10:00",
        "present": "0/1",
        "rest": "1 muộn",
    }
    assert (mark.mark, mark.marked_at) == (Mark.LATE, NOW + 5 * MINUTE)
    assert (mark.received_at, mark.marked_by_id) == (SENT, trainer.id)


def test_the_history_tells_that_it_came_late(phone, trainer, run, person):
    send(phone(trainer), run, tapped(person, "late", NOW + 5 * MINUTE))
    page = phone(trainer)[0].get(address(run).replace("/marks?", "/history?"))
    assert "đến lúc 03/03/2026 10:00, ghi khi không có mạng" in page.text


def test_marking_the_rest_leaves_whom_somebody_marked_meanwhile(phone, trainer, run, person):
    late_comer = on_the_list(run)
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 10 * MINUTE)
    taps = [tapped(person, "present", NOW + made * MINUTE, rest=True) for made in (5, 15)] + [
        tapped(late_comer, "present", NOW + 5 * MINUTE, rest=True)
    ]
    for _ in range(2):
        answer = send(phone(trainer), run, *taps).json["marks"]
    assert [(a["held"], a["error"], a["contradiction"]) for a in answer] == [
        ("absent", None, None), ("absent", None, None), ("present", None, None),
    ]  # fmt: skip
    assert times() == [(Mark.ABSENT, NOW + 10 * MINUTE), (Mark.PRESENT, NOW + 5 * MINUTE)]
    assert every(AttendanceChange) == []


def test_what_arrives_at_once_is_not_called_late(phone, trainer, run, person):
    send(phone(trainer), run, tapped(person, "present", SENT - timedelta(seconds=2)))
    assert [m.received_at for m in every(AttendanceMark)] == [None]


def test_the_same_mark_sent_again_counts_once(phone, trainer, run, person):
    client = phone(trainer)
    first, second = (
        tapped(person, "absent", NOW + MINUTE),
        tapped(person, "present", NOW + 2 * MINUTE, "absent"),
    )
    for taps in ([first], [first, second, second], [first], [first, second]):
        answer = send(client, run, *taps)
    assert [a["held"] for a in answer.json["marks"]] == ["present", "present"]
    assert marks_now() == [Mark.PRESENT]
    assert [change.mark for change in every(AttendanceChange)] == [Mark.ABSENT]
    assert len(every(SentMark)) == 2


def test_a_mark_that_is_sent_again_does_not_come_back_after_a_later_one(
    phone, trainer, run, person
):
    client, tap = phone(trainer), tapped(person, "absent", NOW + MINUTE)
    send(client, run, tap)
    marked(run, person, Mark.PRESENT, by=trainer.id, now=NOW + 30 * MINUTE)
    send(client, run, tap)
    assert times() == [(Mark.PRESENT, NOW + 30 * MINUTE)]
    assert len(every(AttendanceChange)) == 1


def test_what_was_made_earlier_and_comes_later_is_history_and_told(phone, trainer, run, person):
    other = a_trainer()
    marked(run, person, Mark.ABSENT, by=other.id, now=NOW + 30 * MINUTE)
    (answer,) = send(phone(trainer), run, tapped(person, "present", NOW + 5 * MINUTE)).json["marks"]
    assert answer["held"] == "absent"
    assert answer["contradiction"] == (
        f"{other.person.full_name} đã ghi: vắng, 03/03/2026 09:30. "
        "Bây giờ tính là: vắng. Cả hai đều có trong lịch sử."
    )
    assert times() == [(Mark.ABSENT, NOW + 30 * MINUTE)]
    (change,) = every(AttendanceChange)
    assert (change.mark, change.marked_at) == (Mark.PRESENT, NOW + 5 * MINUTE)
    assert (change.replaced_at, change.received_at) == (NOW + 30 * MINUTE, SENT)


def test_what_was_made_later_holds_and_the_other_mark_is_told(phone, trainer, run, person):
    other = a_trainer()
    marked(run, person, Mark.ABSENT, by=other.id, now=NOW + 5 * MINUTE)
    tap = tapped(person, "present", NOW + 30 * MINUTE)
    (answer,) = send(phone(trainer), run, tap).json["marks"]
    assert (answer["held"], "Bây giờ tính là: có mặt" in answer["contradiction"]) == (
        "present", True
    )  # fmt: skip
    assert [c.marked_by_id for c in every(AttendanceChange)] == [other.id]


@pytest.mark.parametrize(("mark", "seen"), [("late", "absent"), ("absent", None)])
def test_what_the_phone_had_seen_or_says_too_is_no_contradiction(
    phone, trainer, run, person, mark, seen
):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 5 * MINUTE)
    (answer,) = send(phone(trainer), run, tapped(person, mark, SENT, seen)).json["marks"]
    assert (answer["held"], answer["contradiction"]) == (mark, None)


def test_two_trainers_offline_lose_nothing(phone, trainer, run, person):
    other = a_trainer()
    with transaction():
        run.trainers[0].person = trainer.person
    colleague = an_account(RoleName.COORDINATOR)
    send(phone(colleague), run, tapped(person, "absent", NOW + 10 * MINUTE))
    (answer,) = send(
        phone(trainer),
        run,
        tapped(person, "late", NOW + 20 * MINUTE),
        tapped(person, "present", NOW + 5 * MINUTE),
    ).json["marks"][:1]
    assert answer["contradiction"] is None or "vắng" in answer["contradiction"]
    assert times() == [(Mark.LATE, NOW + 20 * MINUTE)]
    history = sorted((c.marked_at, c.mark, c.marked_by_id) for c in every(AttendanceChange))
    assert history == [
        (NOW + 5 * MINUTE, Mark.PRESENT, trainer.id),
        (NOW + 10 * MINUTE, Mark.ABSENT, colleague.id),
    ]
    assert other.id not in {c.marked_by_id for c in every(AttendanceChange)}


@pytest.mark.parametrize("wrong_by", [timedelta(days=-3), timedelta(hours=-1), timedelta(days=400)])
def test_a_phone_whose_clock_is_wrong_is_put_right(phone, trainer, run, person, wrong_by):
    tap = tapped(person, "present", NOW + 10 * MINUTE + wrong_by)
    send(phone(trainer), run, tap, sent_at=SENT + wrong_by)
    assert times() == [(Mark.PRESENT, NOW + 10 * MINUTE)]


@pytest.mark.parametrize(
    ("made_at", "kept_as"),
    [
        (SENT + timedelta(milliseconds=300), SENT),
        (SENT + timedelta(days=1), NOW - timedelta(hours=1)),
        (NOW - timedelta(days=900), NOW - timedelta(hours=1)),
    ],
)
def test_a_clock_that_jumped_in_between_makes_no_mark_before_the_list_or_after_now(
    phone, trainer, run, person, made_at, kept_as
):
    send(phone(trainer), run, tapped(person, "present", made_at))
    assert times() == [(Mark.PRESENT, kept_as)]


def heard(wrong_by):
    """What a phone whose clock is wrong hears of it from the club."""
    return round(-wrong_by.total_seconds() * 1000)


@pytest.mark.parametrize("wrong_by", [timedelta(hours=2), timedelta(minutes=-40)])
def test_a_clock_that_was_set_right_before_sending_is_put_right_by_what_was_heard(
    phone, trainer, run, person, wrong_by
):
    tap = tapped(person, "present", NOW + 10 * MINUTE + wrong_by, slow_by=heard(wrong_by))
    send(phone(trainer), run, tap, sent_at=SENT)
    assert times() == [(Mark.PRESENT, NOW + 10 * MINUTE)]


def test_a_clock_ahead_that_was_set_right_overrules_nobody_and_is_told(phone, trainer, run, person):
    other = a_trainer()
    marked(run, person, Mark.ABSENT, by=other.id, now=NOW + 30 * MINUTE)
    tap = tapped(person, "present", SENT + 90 * MINUTE)
    (answer,) = send(phone(trainer), run, tap).json["marks"]
    assert answer["held"] == "absent"
    assert f"{other.person.full_name} đã ghi: vắng" in answer["contradiction"]


@pytest.mark.parametrize("made_at", [NOW - 30 * MINUTE, SENT + 90 * MINUTE])
def test_what_the_phone_had_seen_is_followed_by_its_mark_whatever_its_clock_says(
    phone, trainer, run, person, made_at
):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 5 * MINUTE)
    (held,) = every(AttendanceMark)
    tap = tapped(person, "late", made_at, "absent", seen_version=held.version)
    (answer,) = send(phone(trainer), run, tap).json["marks"]
    assert (answer["held"], answer["contradiction"]) == ("late", None)
    assert marks_now() == [Mark.LATE]


def test_the_same_mark_that_was_said_anew_had_not_been_seen(phone, trainer, run, person):
    other = a_trainer()
    marked(run, person, Mark.ABSENT, by=other.id, now=NOW + 5 * MINUTE)
    version = every(AttendanceMark)[0].version
    for mark, minute in ((Mark.PRESENT, 20), (Mark.ABSENT, 40)):
        marked(run, person, mark, by=other.id, now=NOW + minute * MINUTE)
    tap = tapped(person, "late", NOW + 30 * MINUTE, "absent", seen_version=version)
    (answer,) = send(phone(trainer), run, tap).json["marks"]
    assert (answer["held"], "đã ghi: vắng" in answer["contradiction"]) == ("absent", True)


def test_a_mark_that_lost_is_told_though_the_phone_knew_the_one_that_holds(
    phone, trainer, run, person
):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 30 * MINUTE)
    tap = tapped(person, "present", NOW + 5 * MINUTE, "absent")
    (answer,) = send(phone(trainer), run, tap).json["marks"]
    assert (answer["held"], "đã ghi: vắng" in answer["contradiction"]) == ("absent", True)


def test_two_phones_of_one_account_contradict_each_other_too(phone, trainer, run, person):
    client = phone(trainer)
    send(client, run, tapped(person, "absent", NOW + 30 * MINUTE))
    for made, held in ((5, "vắng"), (40, "có mặt")):
        tap = tapped(person, "present", NOW + made * MINUTE)
        (answer,) = send(client, run, tap).json["marks"]
        assert answer["contradiction"] == (
            "Tài khoản của anh chị đã ghi ở máy khác: vắng, 03/03/2026 09:30. "
            f"Bây giờ tính là: {held}. Cả hai đều có trong lịch sử."
        )


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=5)])
def test_two_taps_of_one_phone_contradict_nobody(phone, trainer, run, person, ahead):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 5 * MINUTE)
    version = every(AttendanceMark)[0].version
    first = tapped(person, "present", NOW + 10 * MINUTE + ahead, "absent", seen_version=version)
    second = tapped(person, "late", NOW + 11 * MINUTE + ahead, "present")
    answers = send(phone(trainer), run, second, first).json["marks"]
    assert [(a["held"], a["contradiction"]) for a in answers] == [("late", None)] * 2
    assert sorted(c.mark for c in every(AttendanceChange)) == [Mark.ABSENT, Mark.PRESENT]


TAPS = some.lists(
    some.tuples(some.integers(0, 50), some.sampled_from(list(Mark)), some.integers(0, 1)),
    min_size=1,
    max_size=8,
    unique_by=lambda tap: tap[0],
)


@pytest.mark.slow
@settings(max_examples=25)
@given(TAPS, some.randoms(use_true_random=False))
def test_in_whatever_order_they_come_the_last_one_made_holds_and_none_is_lost(taps, chance):
    """Whoever made them, and however often each is sent."""
    with time_machine.travel(SENT, tick=False):
        run = a_run(starts_at=NOW)
        person, trainers = on_the_list(run), [a_trainer(), a_trainer()]
        made = [
            (MadeMark(uuid.uuid4(), person.public_id, mark, NOW + n * MINUTE, None), who)
            for n, mark, who in taps
        ]
        arriving = [*made, *made]
        chance.shuffle(arriving)
        for mark, who in arriving:
            take_in(run.sessions[0].id, [mark], by=trainers[who].id, now=SENT)
        held = queries.mark_of(run.sessions[0].id, person.id)
        last = max(made, key=lambda found: found[0].made_at)[0]
        assert held.mark is last.mark
        told = {held.mark} | {
            c.mark for c in every(AttendanceChange) if c.attendance_mark_id == held.id
        }
        assert told == {mark.mark for mark, _who in made}
        assert held.marked_at.tzinfo is UTC
