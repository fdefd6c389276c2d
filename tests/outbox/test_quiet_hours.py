from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from club.config import settings_from
from club.db import db
from club.outbox.models import Letter
from club.outbox.operations import write_letter
from tests.support.factories import a_person
from tests.support.letters import letter_with

HOUR = timedelta(hours=1)


def at(hour, minute=0, *, day=3):
    """A moment in March 2026, on the clock of the club."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 7 * HOUR


def goes_out(kind, *, now, about=None, person=None, key=None):
    letter = letter_with(
        write_letter(
            kind=kind,
            event_key=key or f"{kind}:{now}:{about}",
            person_id=person.id if person else None,
            recipient="an@example.vn",
            language="vi",
            subject="Chào",
            body_text="Chào chị.\n",
            about=about,
            now=now,
        )
    )
    return letter.next_attempt_at


@pytest.mark.parametrize(
    ("now", "out"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(7, day=4)),
        (at(23, 59), at(7, day=4)),
        (at(0), at(7)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
    ],
)
def test_what_can_wait_goes_out_at_seven(now, out):
    assert goes_out("membership.accepted", now=now) == out


@pytest.mark.parametrize(
    "kind", ["registration.confirmed", "registration.withdrawn", "accounts.reset", "nobody.knows"]
)
def test_what_answers_somebody_s_own_action_goes_at_once(kind):
    assert goes_out(kind, now=at(23)) == at(23)


def test_what_is_about_the_next_morning_before_nine_goes_at_once():
    assert goes_out("registration.promoted", now=at(23), about=at(8, 59, day=4)) == at(23)
    assert goes_out("registration.promoted", now=at(23), about=at(9, day=4)) == at(7, day=4)


def test_a_class_cancelled_within_a_day_of_its_start_is_told_at_once():
    kind = "registration.run_cancelled"
    assert goes_out(kind, now=at(22), about=at(21, 59, day=4)) == at(22)
    assert goes_out(kind, now=at(22), about=at(22, 1, day=4)) == at(7, day=4)


def test_old_news_never_comes_after_new():
    """Moved up at eleven at night, withdrawn at half past by the person: in this order."""
    an, binh = a_person(), a_person()
    for person in (an, binh):
        goes_out("registration.promoted", now=at(23), person=person, key=f"up:{person.id}")
    goes_out("registration.withdrawn", now=at(23, 30), person=an)
    db.session.expire_all()
    due = db.session.execute(
        select(Letter.kind, Letter.next_attempt_at)
        .where(Letter.person_id == an.id)
        .order_by(Letter.next_attempt_at, Letter.id)
    ).all()
    assert due == [
        ("registration.promoted", at(23, 30)),
        ("registration.withdrawn", at(23, 30)),
    ]
    others = select(Letter.next_attempt_at).where(Letter.person_id == binh.id)
    assert db.session.scalars(others).all() == [at(7, day=4)]


def test_a_club_may_have_other_quiet_hours_or_none(app):
    settings = app.extensions["club.settings"]
    try:
        app.extensions["club.settings"] = replace(settings, quiet_hours=None)
        assert goes_out("membership.accepted", now=at(23)) == at(23)
        early = settings_from({"QUIET_HOURS": "01:00-05:30", "SECRET_KEY": "x"}).quiet_hours
        app.extensions["club.settings"] = replace(settings, quiet_hours=early)
        assert goes_out("membership.ended", now=at(23)) == at(23)
        assert goes_out("membership.ended", now=at(2)) == at(5, 30)
    finally:
        app.extensions["club.settings"] = settings
