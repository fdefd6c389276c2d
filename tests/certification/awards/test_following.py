"""Time takes candidacies on: whatever the clock and the workers do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from club.certification.awards.operations.following import follow_days
from club.certification.candidacy.models import CandidateState, StepReason
from club.clock import from_local
from club.db import db
from club.outbox.models import Letter
from tests.certification.awards.kit import a_renewing_level, holder, morning
from tests.certification.candidacy.test_race import at_once
from tests.support.factories import NOW, an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

#: The first day on which the renewal is due, and the first one after the grace time.
DUE, OVER = date(2027, 9, 5), date(2028, 9, 4)


def reasons(candidate):
    return [step.reason for step in reload(candidate).steps][5:]


def all_letters():
    return db.session.query(Letter).count()


def test_the_renewal_is_due_and_then_it_runs_out():
    candidate = holder()
    assert follow_days(now=morning(DUE - timedelta(days=1))) == 0
    assert follow_days(now=morning(DUE)) == 1
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    assert follow_days(now=morning(OVER - timedelta(days=1))) == 0
    assert follow_days(now=morning(OVER)) == 1
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.by_id) == (CandidateState.LAPSED, None)
    (letter,) = letters_to(candidate.person_id, "certification.lapsed")
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"


def test_that_a_renewal_is_due_only_the_reminders_say():
    candidate = holder()
    before = all_letters()
    follow_days(now=morning(DUE))
    assert reload(candidate).steps[-1].told is None
    assert all_letters() == before


def test_it_ends_at_midnight_where_the_club_is():
    candidate = holder(now=datetime(2026, 12, 31, 16, 30, tzinfo=UTC), grace_months=None)
    assert follow_days(now=from_local(datetime(2028, 12, 31, 23, 59, 59))) == 1
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    follow_days(now=from_local(datetime(2029, 1, 1)))
    assert reload(candidate).state is CandidateState.LAPSED


def test_what_began_on_the_29th_of_february_ends_with_that_month():
    candidate = holder(now=morning(date(2028, 2, 29)), validity_months=12, grace_months=None)
    follow_days(now=morning(date(2029, 2, 28)))
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    follow_days(now=morning(date(2029, 3, 1)))
    assert reload(candidate).state is CandidateState.LAPSED


def test_a_worker_that_was_away_for_years_catches_up_with_one_letter():
    candidate = holder()
    before = all_letters()
    assert follow_days(now=morning(OVER + timedelta(days=400))) == 1
    assert reasons(candidate)[-2:] == [StepReason.RENEWAL_OPENED, StepReason.NOT_RENEWED]
    assert follow_days(now=morning(OVER + timedelta(days=400))) == 0
    assert all_letters() == before + 1


def test_a_clock_that_is_put_back_takes_nothing_back_and_writes_to_nobody():
    candidate = holder()
    follow_days(now=morning(OVER))
    before = all_letters()
    for day in (DUE, date(2026, 6, 1), OVER):
        assert follow_days(now=morning(day)) == 0
    assert all_letters() == before
    assert reload(candidate).state is CandidateState.LAPSED


def test_nobody_gets_two_letters_at_once():
    account = an_account()
    for _each in range(2):
        holder(account=account)
    assert follow_days(now=morning(OVER)) == 1
    assert len(letters_to(account.person_id, "certification.lapsed")) == 1
    assert follow_days(now=morning(OVER)) == 1
    assert follow_days(now=morning(OVER)) == 0


def test_two_workers_at_once_take_one_step(app):
    candidate = holder(account=an_account())
    deed = lambda: follow_days(now=morning(OVER))  # noqa: E731
    assert at_once(app, deed, deed) == [None, None]
    assert [reason for reason in reasons(candidate) if reason is StepReason.NOT_RENEWED] == [
        StepReason.NOT_RENEWED
    ]
    assert len(letters_to(candidate.person_id, "certification.lapsed")) == 1


def test_a_worker_that_has_to_stop_stops():
    holder()
    assert follow_days(now=morning(OVER), stopped=lambda: True) == 0


def test_without_an_end_nothing_happens():
    candidate = holder(a_renewing_level(validity_months=None, without_end=True))
    assert follow_days(now=NOW + timedelta(days=40_000)) == 0
    assert reload(candidate).state is CandidateState.VALID


def test_many_that_need_nothing_cost_as_many_questions_as_one(count_queries):
    level = a_renewing_level()
    holder(level)
    follow_days(now=morning(DUE))
    with count_queries() as for_one:
        follow_days(now=morning(DUE))
    for _each in range(4):
        holder(level)
    follow_days(now=morning(DUE))
    with count_queries() as for_many:
        follow_days(now=morning(DUE))
    assert len(for_many) == len(for_one)
