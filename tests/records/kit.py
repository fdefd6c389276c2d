"""What tests of this room need again and again: a run that was taught, and people on its list."""

from datetime import timedelta

from club.accounts.models import RoleName
from club.db import db, transaction
from club.people.models import AudienceKind
from club.records.attendance.models import AttendanceMark, Mark
from club.records.attendance.operations import mark_attendance
from club.records.certificates.models import CompletionCertificate
from club.records.models import TrainingRecord
from club.registration.models import Registration, RegistrationState
from tests.support.factories import NOW, a_person, a_run, an_account, saved

#: Two sessions of four hours, three and two days before NOW.
LAST_WEEK = NOW - timedelta(days=3)


def a_taught_run(**given):
    """A run of two sessions that are over, and waits to be closed."""
    return a_run(**{"sessions": 2, "starts_at": LAST_WEEK} | given)


def on_the_list(run, person=None, *, state=RegistrationState.CONFIRMED, **given):
    with transaction():
        person = person or a_person()
        number = db.session.query(Registration).filter_by(run_id=run.id).count() + 1
        saved(
            Registration(
                **{
                    "run_id": run.id,
                    "person_id": person.id,
                    "state": state,
                    "queue_number": number,
                    "audience": AudienceKind.INDIVIDUAL,
                    "registered_at": NOW - timedelta(days=20),
                }
                | given
            )
        )
    return person


def marked(run, person, *marks, by=None, now=NOW):
    """Set the marks of a person in the run's sessions, in order; ``None`` leaves one out."""
    for session, mark in zip(run.sessions, marks, strict=False):
        if mark:
            mark_attendance(session.id, person.id, mark=mark, by=by, now=now)
    return person


def present(run, person=None):
    """Somebody on the list who came to every session."""
    person = person or on_the_list(run)
    return marked(run, person, *[Mark.PRESENT] * len(run.sessions))


def a_coordinator():
    return an_account(RoleName.COORDINATOR)


def a_trainer():
    return an_account(RoleName.TRAINER)


def every(model):
    return db.session.query(model).order_by(model.id).all()


def marks_now():
    return [m.mark for m in every(AttendanceMark)]


def certificates():
    return every(CompletionCertificate)


def current_records(run):
    db.session.expire_all()
    return {
        r.person_id: r
        for r in db.session.query(TrainingRecord).filter_by(run_id=run.id, superseded_at=None)
    }
