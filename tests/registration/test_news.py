"""What calendars ask day and night: how much news of a registration there was, and when."""

from datetime import timedelta

from sqlalchemy import delete, insert, update

from club.courses.models import Run
from club.courses.run_story import keep_places, raise_revisions_of
from club.db import db, transaction
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.models.news import without_news
from tests.calendar.support import a_registration
from tests.support.factories import NOW, a_person, a_run, reload

LATER = NOW + timedelta(hours=1)


def news_of(registration):
    kept = reload(registration)
    return kept.news, kept.news_at


def write_a_step(registration, at):
    """As a row, past all objects."""
    with transaction() as session:
        session.execute(
            insert(RegistrationStep),
            [{"registration_id": registration.id, "to_state": RegistrationState.CONFIRMED,
              "reason": StepReason.REGISTERED, "at": at}],
        )  # fmt: skip


def test_every_step_is_news_of_its_registration_alone():
    run = a_run()
    one, other = (a_registration(run, a_person(), number=n) for n in (1, 2))
    assert news_of(one) == (1, NOW)
    write_a_step(one, LATER)
    assert (news_of(one), news_of(other)) == ((2, LATER), (1, NOW))


def test_a_revision_of_a_run_is_news_of_all_its_registrations_and_no_others():
    run, elsewhere = a_run(), a_run()
    two = [a_registration(run, a_person(), number=n) for n in (1, 2)]
    other = a_registration(elsewhere, a_person())
    raise_revisions_of(run.course, now=LATER)
    assert [news_of(one) for one in two] == [(2, LATER), (2, LATER)]
    assert news_of(other) == (1, NOW)


def test_a_revision_that_is_written_past_all_objects_is_news():
    run = a_run()
    registration = a_registration(run, a_person())
    with transaction() as session:
        session.execute(update(Run).values(revision=Run.revision + 1, modified_at=LATER))
    assert news_of(registration) == (2, LATER)


def test_places_are_no_news():
    run = a_run()
    registration = a_registration(run, a_person())
    keep_places(run, taken=1, waiting=0)
    assert news_of(registration) == (1, NOW)


def test_what_is_written_late_takes_no_news_back():
    registration = a_registration(a_run(), a_person())
    write_a_step(registration, LATER)
    write_a_step(registration, NOW)
    assert news_of(registration) == (3, LATER)


def test_rows_that_come_back_are_no_news():
    registration = a_registration(a_run(), a_person())
    with transaction() as session, without_news(session.connection()):
        session.execute(delete(RegistrationStep))
        write_a_step(registration, LATER)
    assert news_of(registration) == (1, NOW)
    write_a_step(registration, LATER)
    assert news_of(registration) == (2, LATER)
    assert db.session.query(Registration).one().steps
