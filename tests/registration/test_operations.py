from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import db
from club.outbox.models import Letter, LetterState
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import line, operations, queries
from club.registration.models import RegistrationState
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.leaving import WithdrawalRefusal
from club.registration.rules.seating import SeatsRefusal
from tests.registration.support import (
    a_registrant,
    active,
    agree,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import NOW, a_person, a_run, an_account, an_employment, an_organisation

STARTED = NOW + timedelta(days=10)


def refused(refusal):
    return pytest.raises(RefusedError, check=lambda error: error.refusal is refusal)


def test_who_comes_while_places_are_free_gets_one():
    run, an = a_run(seats=2), a_registrant()
    taken = register(an, run)
    assert (taken.state, taken.position, taken.is_new) == (RegistrationState.CONFIRMED, None, True)
    assert states(run) == [(1, "confirmed")]
    assert kept_places(run) == (1, 0)
    assert story(active(an, run)) == [(None, "confirmed", "registered")]
    assert letters(an) == ["confirmed"]


def test_who_comes_when_all_places_are_taken_waits_in_order():
    run = a_run(seats=1)
    for _ in range(2):
        register(a_registrant(), run)
    an = a_registrant()
    taken = register(an, run)
    assert (taken.state, taken.position) == (RegistrationState.WAITING, 2)
    assert states(run) == [(1, "confirmed"), (2, "waiting"), (3, "waiting")]
    assert kept_places(run) == (1, 2)
    assert story(active(an, run)) == [(None, "waiting", "list_full")]
    assert letters(an) == ["waiting"]


def test_twice_is_once():
    run, an = a_run(), a_registrant()
    first, second = register(an, run), register(an, run)
    assert (second.public_id, second.state, second.is_new) == (first.public_id, first.state, False)
    assert states(run) == [(1, "confirmed")]
    assert kept_places(run) == (1, 0)
    assert letters() == ["confirmed"]


def test_the_first_in_line_is_offered_the_place_that_is_given_back():
    run = a_run(seats=1)
    holder, first, second = a_registrant(), a_registrant(), a_registrant()
    for account in (holder, first, second):
        register(account, run)
    withdraw(holder, run)
    assert states(run) == [(1, "withdrawn"), (2, "offered"), (3, "waiting")]
    assert kept_places(run) == (1, 1)
    assert story(active(first, run))[-1] == ("waiting", "offered", "seat_fell_free")
    assert line.position_of(active(second, run), now=NOW) == 1
    assert letters(holder) == ["confirmed", "withdrawn"]
    assert letters(first) == ["waiting", "offered"]
    assert letters(second) == ["waiting"]


def test_leaving_the_waiting_list_moves_nobody_into_the_class():
    run = a_run(seats=1)
    holder, first, second = a_registrant(), a_registrant(), a_registrant()
    for account in (holder, first, second):
        register(account, run)
    withdraw(first, run)
    assert states(run) == [(1, "confirmed"), (2, "withdrawn"), (3, "waiting")]
    assert kept_places(run) == (1, 1)


def test_who_comes_back_stands_at_the_end_of_the_line():
    run = a_run(seats=1)
    holder, first, second = a_registrant(), a_registrant(), a_registrant()
    for account in (holder, first, second):
        register(account, run)
    withdraw(first, run)
    assert register(first, run).position == 2
    assert states(run) == [(1, "confirmed"), (2, "withdrawn"), (3, "waiting"), (4, "waiting")]
    assert letters(first) == ["waiting", "withdrawn", "waiting"]


def test_withdrawing_twice_is_refused_and_changes_nothing():
    run, an = a_run(), a_registrant()
    register(an, run)
    registration = active(an, run)
    operations.withdraw(registration.id, by=an.id, now=NOW)
    with refused(WithdrawalRefusal.NOT_REGISTERED):
        operations.withdraw(registration.id, by=an.id, now=NOW)
    assert kept_places(run) == (0, 0)
    assert letters() == ["confirmed", "withdrawn"]


def test_after_the_first_session_began_nobody_withdraws():
    run, an = a_run(), a_registrant()
    register(an, run)
    with refused(WithdrawalRefusal.STARTED):
        withdraw(an, run, reason="Ốm", now=STARTED)
    withdraw(an, run, reason="Ốm", now=STARTED - timedelta(seconds=1))
    assert states(run) == [(1, "withdrawn")]


def test_who_gives_a_place_back_after_the_cut_off_says_why():
    run, an = a_run(), a_registrant()
    register(an, run)
    registration, cutoff = active(an, run), STARTED - timedelta(hours=24)
    with refused(WithdrawalRefusal.REASON_NEEDED):
        withdraw(an, run, now=cutoff)
    with refused(WithdrawalRefusal.REASON_NEEDED):
        withdraw(an, run, reason=" ", now=cutoff)
    withdraw(an, run, reason="Con ốm", now=cutoff)
    step = queries.story_of(registration)[-1].step
    assert (step.reason.value, step.remark) == ("withdrawn_by_person", "Con ốm")


def test_who_only_waits_leaves_without_a_reason_until_the_start():
    run, holder, an = a_run(seats=1), a_registrant(), a_registrant()
    register(holder, run)
    register(an, run)
    withdraw(an, run, now=STARTED - timedelta(hours=1))
    assert states(run) == [(1, "confirmed"), (2, "withdrawn")]


@pytest.mark.parametrize(
    ("given", "now", "refusal"),
    [
        ({"state": RunState.DRAFT}, NOW, RegistrationRefusal.NOT_ANNOUNCED),
        ({"state": RunState.CANCELLED}, NOW, RegistrationRefusal.RUN_CANCELLED),
        ({"state": RunState.CLOSED}, NOW, RegistrationRefusal.RUN_CLOSED),
        ({"sessions": 0}, NOW, RegistrationRefusal.NO_SESSIONS),
        ({}, STARTED, RegistrationRefusal.STARTED),
        (
            {"registration_opens_at": NOW + timedelta(seconds=1)},
            NOW,
            RegistrationRefusal.NOT_OPEN_YET,
        ),
        ({"registration_closes_at": NOW}, NOW, RegistrationRefusal.NO_LONGER_OPEN),
    ],
)
def test_a_run_that_takes_nobody_refuses(given, now, refusal):
    run, an = a_run(**given), a_registrant()
    with refused(refusal):
        register(an, run, now=now)
    assert (states(run), kept_places(run), letters()) == ([], (0, 0), [])


def test_an_unconfirmed_account_is_refused():
    with refused(RegistrationRefusal.ACCOUNT_NOT_CONFIRMED):
        register(a_registrant(confirmed_at=None), a_run())


def test_without_consent_nobody_is_registered():
    with refused(RegistrationRefusal.NO_CONSENT):
        register(a_registrant(consents=False), a_run())


def test_who_comes_for_an_employer_counts_as_the_employers_kind():
    run, an = a_run(), a_registrant()
    agency = an_organisation(kind=AudienceKind.STATE_AGENCY)
    an_employment(an.person, agency)
    register(an, run, organisation=agency)
    registration = active(an, run)
    assert (registration.audience, registration.organisation_id) == (
        AudienceKind.STATE_AGENCY,
        agency.id,
    )


def test_nobody_comes_for_an_employer_of_the_past():
    run, an, firm = a_run(), a_registrant(), an_organisation()
    an_employment(an.person, firm, to_day=date(2026, 3, 2))
    with refused(RegistrationRefusal.NOT_EMPLOYED_THERE):
        register(an, run, organisation=firm)


def test_staff_enter_somebody_who_has_no_account():
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    person = a_person(email="chi@example.vn")
    agree(person)
    taken = operations.register_on_behalf(
        person.id, run_id=run.id, organisation_id=None, by=by.id, now=NOW
    )
    assert taken.state is RegistrationState.CONFIRMED
    assert db.session.scalars(select(Letter.recipient)).all() == ["chi@example.vn"]
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.account_id) == ("registration.register", by.id)
    with refused(RegistrationRefusal.ALREADY_REGISTERED):
        operations.register_on_behalf(
            person.id, run_id=run.id, organisation_id=None, by=by.id, now=NOW
        )


def test_who_has_no_address_is_told_on_the_site_only():
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    person = a_person(email=None)
    agree(person)
    operations.register_on_behalf(person.id, run_id=run.id, organisation_id=None, by=by.id, now=NOW)
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.state, letter.recipient, letter.in_site) == (LetterState.IN_SITE, None, True)


def test_staff_take_a_name_off_with_a_reason_that_the_person_reads():
    run, by, an = a_run(), an_account(RoleName.COORDINATOR), a_registrant()
    register(an, run)
    registration = active(an, run)
    operations.withdraw_on_behalf(registration.id, reason="Trùng lịch trực", by=by.id, now=NOW)
    assert story(registration)[-1] == ("confirmed", "withdrawn", "withdrawn_by_staff")
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert "Trùng lịch trực" in letter.body_text
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.detail == {"run": run.code, "reason": "Trùng lịch trực"}


def test_more_places_go_to_the_first_in_line():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    people = [a_registrant() for _ in range(4)]
    for account in people:
        register(account, run)
    assert operations.change_seats(run.id, seats=3, by=by.id, now=NOW) == 2
    assert [state for _, state in states(run)] == ["confirmed", "offered", "offered", "waiting"]
    assert kept_places(run) == (3, 1)
    assert story(active(people[1], run))[-1] == ("waiting", "offered", "seats_added")
    assert letters(people[1]) == ["waiting", "offered"]


def test_fewer_places_throw_nobody_out_and_nobody_moves_up_until_there_is_room():
    run, by = a_run(seats=2), an_account(RoleName.COORDINATOR)
    people = [a_registrant() for _ in range(3)]
    for account in people:
        register(account, run)
    assert operations.change_seats(run.id, seats=1, by=by.id, now=NOW) == 0
    assert kept_places(run) == (2, 1)
    withdraw(people[0], run)
    assert [state for _, state in states(run)] == ["withdrawn", "confirmed", "waiting"]
    withdraw(people[1], run)
    assert [state for _, state in states(run)] == ["withdrawn", "withdrawn", "offered"]


@pytest.mark.parametrize("seats", [0, -5, 2001])
def test_a_senseless_number_of_places_is_refused(seats):
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    with refused(SeatsRefusal.OUT_OF_RANGE):
        operations.change_seats(run.id, seats=seats, by=by.id, now=NOW)


def test_places_that_fall_free_after_the_start_stay_free():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    for _ in range(2):
        register(a_registrant(), run)
    assert operations.change_seats(run.id, seats=5, by=by.id, now=STARTED) == 0
    assert kept_places(run) == (1, 1)


def test_cancelling_a_run_tells_everybody_once():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    holder, waiting, left = a_registrant(), a_registrant(), a_registrant()
    for account in (holder, waiting, left):
        register(account, run)
    withdraw(left, run)
    told = operations.cancel_run_with_registrations(
        run.id, reason="Giảng viên ốm", by=by.id, now=NOW
    )
    assert told == 2
    assert [state for _, state in states(run)] == ["cancelled", "cancelled", "withdrawn"]
    assert kept_places(run) == (0, 0)
    assert letters(holder)[-1] == letters(waiting)[-1] == "run_cancelled"
    assert letters(left)[-1] == "withdrawn"


def test_counting_agrees_with_the_numbers_kept_on_the_run():
    run, empty = a_run(seats=1), a_run()
    for _ in range(3):
        register(a_registrant(), run)
    counted = queries.seats_taken([run.id, empty.id])
    assert counted == {run.id: queries.Places(1, 2), empty.id: queries.Places(0, 0)}
    assert kept_places(run) == (1, 2)


def test_registering_takes_few_statements(count_queries):
    run, an = a_run(), a_registrant()
    person_id, run_id, by = an.person_id, run.id, an.id
    with count_queries() as seen:
        operations.register(person_id, run_id=run_id, organisation_id=None, by=by, now=NOW)
    assert len(seen) == 6, seen


def test_promoting_many_takes_a_fixed_number_of_reads(count_queries):
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    for _ in range(12):
        register(a_registrant(), run)
    run_id, by_id = run.id, by.id
    with count_queries() as seen:
        operations.change_seats(run_id, seats=11, by=by_id, now=NOW)
    assert len([s for s in seen if s.startswith("SELECT")]) <= 4
    assert db.session.scalar(select(func.count(Letter.id))) == 22


def test_letters_are_in_the_readers_language():
    run = a_run()
    an, ben = a_registrant(), a_registrant(person=a_person(language="en"))
    register(an, run)
    register(ben, run)
    vietnamese, english = db.session.scalars(select(Letter).order_by(Letter.id))
    assert english.subject == f"You have a place: {run.course.title_en}"
    assert vietnamese.subject == f"Anh chị đã có chỗ: {run.course.title}"
    assert f"http://localhost/registrations/{active(an, run).public_id}" in vietnamese.body_text
