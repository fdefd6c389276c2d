"""Who is invited and has not registered yet hears of changes too: once, and only what is new."""

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.courses.operations import add_trainer
from club.db import db
from club.outbox.models import Letter
from club.registration.changes.models import RunTellingReader
from club.registration.inviting import operations as inviting
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.operations import Guests
from club.registration.models import WayIn
from tests.registration.support import a_registrant, a_run_by, register
from tests.registration.test_changes import (
    DAY,
    HOUR,
    MINUTE,
    changed_letters,
    lines,
    moved,
    rest,
    with_place,
)
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR)


@pytest.fixture
def run():
    return a_run_by(WayIn.INVITATION, sessions=2, starts_at=NOW + 10 * DAY, place="Phòng 1")


def invite(run, *emails, by, now=NOW):
    inviting.invite(run.id, Guests(emails), by=by.id, now=now)


def invitation_of(email):
    return db.session.scalars(select(RunInvitation).filter_by(email=email)).one()


def told():
    """The letters to the invited, by address."""
    query = select(Letter).filter_by(kind="registration.invitation_changed")
    return {letter.recipient: letter for letter in db.session.scalars(query)}


def test_who_has_not_come_yet_is_told_once_and_is_counted(run, by):
    an = a_registrant(email="an@example.vn")
    invite(run, "an@example.vn", "la@example.vn", by=by)
    moved(run.sessions[0], by, hours=2, now=NOW + MINUTE)
    assert rest(NOW + MINUTE) == 2
    assert rest(NOW + MINUTE, minutes=60) == 0
    assert set(told()) == {"an@example.vn", "la@example.vn"}
    letter = told()["la@example.vn"]
    assert lines(letter) == [
        "Buổi 1: đổi sang Thứ Sáu, 13/03/2026, 11:00 – 15:00 (trước là Thứ Sáu, 13/03/2026, 9:00 – 13:00)"
    ]
    assert f"/runs/{run.code}" in letter.body_text
    readers = db.session.scalars(select(RunTellingReader).order_by(RunTellingReader.id))
    assert [(one.person_id, one.invitation_id) for one in readers] == [
        (an.person_id, invitation_of("an@example.vn").id),
        (None, invitation_of("la@example.vn").id),
    ]


def test_who_registered_reads_it_as_a_participant_and_who_is_invited_later_not_at_all(run, by):
    an = a_registrant(email="an@example.vn")
    invite(run, "an@example.vn", by=by)
    register(an, run)
    moved(run.sessions[0], by, hours=2, now=NOW + MINUTE)
    invite(run, "la@example.vn", by=by, now=NOW + 2 * MINUTE)
    with_place(run, by, "Phòng 9", NOW + 3 * MINUTE)
    assert rest(NOW + 3 * MINUTE) == 2
    assert len(lines(changed_letters(an)[0])) == 2
    assert lines(told()["la@example.vn"]) == ["Nơi học: Phòng 9 (trước là Phòng 1)"]


def test_an_invitation_that_lets_nobody_in_any_more_brings_no_news(run, by):
    invite(run, "an@example.vn", "la@example.vn", by=by)
    inviting.withdraw_invitation(invitation_of("an@example.vn"), by=by.id, now=NOW)
    moved(run.sessions[0], by, hours=2, now=NOW + MINUTE)
    reload(run).registration_closes_at = NOW + HOUR
    db.session.commit()
    assert rest(NOW + 2 * HOUR) == 0
    assert told() == {}
    reload(run).registration_closes_at = None
    db.session.commit()
    with_place(run, by, "Phòng 9", NOW + 3 * HOUR)
    assert rest(NOW + 3 * HOUR) == 1
    assert set(told()) == {"la@example.vn"}
    assert run.state is RunState.PUBLISHED


def test_a_trainer_who_was_invited_gets_one_letter(run, by):
    an = a_registrant(email="an@example.vn")
    add_trainer(run, an.person, by=by.id, now=NOW)
    rest(NOW)
    invite(run, "an@example.vn", by=by, now=NOW + HOUR)
    moved(run.sessions[0], by, hours=2, now=NOW + 2 * HOUR)
    assert rest(NOW + 2 * HOUR) == 1
    assert (told(), len(lines(changed_letters(an)[-1]))) == ({}, 1)


def test_the_office_reads_how_many_of_the_invited_are_told(run, by, sign_in):
    invite(run, "an@example.vn", "la@example.vn", by=by)
    moved(run.sessions[0], by, hours=2, now=NOW)
    client = sign_in(by)
    assert "2 people are to be told:" in words(client.get(f"/office/runs/{run.code}?lang=en"))
    page = words(client.get(f"/office/runs/{run.code}/changes"))
    assert "Invited, not registered yet 2" in page
    rest(NOW)
    assert "Invited, not registered yet" not in words(
        client.get(f"/office/runs/{run.code}/changes")
    )


def test_the_preview_costs_the_same_for_many_guests(run, by, sign_in, count_queries):
    client = sign_in(by)

    def queries_for(*emails):
        invite(run, *emails, by=by, now=NOW)
        moved(run.sessions[0], by, hours=1, now=NOW)
        client.get(f"/office/runs/{run.code}/changes")
        with count_queries() as seen:
            client.get(f"/office/runs/{run.code}/changes")
        return len(seen)

    few = queries_for("a0@example.vn")
    assert queries_for(*(f"a{n}@example.vn" for n in range(1, 20))) == few
