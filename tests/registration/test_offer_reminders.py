"""Who holds an offer is reminded once before it runs out, by day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.db import db
from club.outbox.models import Letter
from club.registration import line
from club.registration.reminders.offers import remind_of_offers
from club.registration.reminders.rules import OF_OFFERS
from tests.registration.support import a_waiting_list, accept, active, letters, withdraw
from tests.support.factories import NOW, a_run

HOUR = timedelta(hours=1)


@pytest.fixture
def offered(app):
    """A place offered at nine in the morning for 48 hours."""
    run = a_run(seats=1)
    [holder], [waits] = a_waiting_list(run, 1)
    withdraw(holder, run)
    return run, waits


def remind(hours):
    remind_of_offers(now=lambda: NOW + hours * HOUR)


def test_an_offer_is_recalled_once_half_a_day_before_its_end(offered):
    run, waits = offered
    expires_at = line.open_offer_of(active(waits, run).id).expires_at
    assert expires_at == NOW + 48 * HOUR
    remind(35.9)
    assert letters(waits) == ["waiting", "offered"]
    for hours in (36, 36.1, 47):
        remind(hours)
    assert letters(waits) == ["waiting", "offered", "offer_reminder"]
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter.subject.startswith("Mong anh chị trả lời trước 05/03/2026 09:00")
    assert f"/registrations/{active(waits, run).public_id}" in letter.body_text


def test_at_night_nothing_is_recalled_that_could_not_be_answered(offered):
    _run, waits = offered
    remind(36.5 + 2)  # 23:30
    assert letters(waits) == ["waiting", "offered"]
    remind(46)  # 7:00
    assert letters(waits)[-1] == "offer_reminder"


def test_who_has_answered_hears_no_more_of_it(offered):
    run, waits = offered
    accept(waits, run)
    remind(40)
    assert "offer_reminder" not in letters(waits)


def test_what_has_run_out_is_not_recalled(offered):
    _run, waits = offered
    remind(48)
    assert "offer_reminder" not in letters(waits)


@pytest.mark.parametrize(
    ("holds", "first"), [(48, 36), (336, 324), (24, 18), (12, 9), (11, None), (2, None)]
)
def test_the_notice_is_a_quarter_of_the_time_and_half_a_day_at_most(holds, first):
    ends = NOW + holds * HOUR
    due = [h for h in range(holds) if OF_OFFERS.is_due(NOW, ends, at=NOW + h * HOUR)]
    assert (due[0] if due else None) == first
