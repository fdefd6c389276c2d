from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select

from club.accounts.readers import READERS
from club.courses.models import Run, RunState, RunTrainer
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.registration.inviting.models import RunInvitation
from club.registration.models import Registration, RegistrationState
from club.registration.reminders.models import Reminder, ReminderPlan, RequestRecall
from club.registration.reminders.rules import LONGEST, USUAL_HOURS


@dataclass(frozen=True)
class ComingRun:
    id: int
    starts_at: datetime


def coming_runs(*, now: datetime) -> list[ComingRun]:
    """Published runs that begin soon enough for any reminder."""
    query = select(Run.id, Run.starts_at).where(
        Run.state == RunState.PUBLISHED,
        Run.starts_at > now,
        Run.starts_at <= now + timedelta(hours=LONGEST),
    )
    found = db.session.execute(query.order_by(Run.starts_at, Run.id))
    return [ComingRun(run_id, starts_at) for run_id, starts_at in found if starts_at]


def planned_hours(run_ids: Collection[int]) -> dict[int, list[int]]:
    """How long before their start these runs remind; each run is there."""
    latest = (
        select(func.max(ReminderPlan.id))
        .where(ReminderPlan.run_id.in_(run_ids))
        .group_by(ReminderPlan.run_id)
    )
    query = select(ReminderPlan.run_id, ReminderPlan.hours).where(ReminderPlan.id.in_(latest))
    planned = dict(db.session.execute(query).all())
    return {run_id: planned.get(run_id, list(USUAL_HOURS)) for run_id in run_ids}


def reminders_of(run_ids: Collection[int]) -> list[Reminder]:
    """What was done, in order."""
    query = select(Reminder).where(Reminder.run_id.in_(run_ids)).order_by(Reminder.id)
    return list(db.session.scalars(query))


def to_remind(run_id: int, *, registered_by: datetime) -> list[int]:
    """Registrations with a place, in order of arrival. Who came after the reminder's moment
    has just been told everything.
    """
    query = select(Registration.id).where(
        Registration.run_id == run_id,
        Registration.state == RegistrationState.CONFIRMED,
        Registration.registered_at <= registered_by,
    )
    return list(db.session.scalars(query.order_by(Registration.queue_number)))


def still_confirmed(registration_ids: Collection[int]) -> list[Registration]:
    """Read anew: the caller holds the run's lock."""
    query = (
        select(Registration)
        .where(
            Registration.id.in_(registration_ids),
            Registration.state == RegistrationState.CONFIRMED,
        )
        .order_by(Registration.queue_number)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def trainers_to_tell(run_id: int) -> list[Reader]:
    query = READERS.join(RunTrainer, RunTrainer.person_id == Person.id)
    found = db.session.execute(query.where(RunTrainer.run_id == run_id).order_by(RunTrainer.id))
    return [Reader(*row) for row in found]


def runs_that_invited(*, before: datetime, now: datetime) -> list[int]:
    """Runs that people may register for until some moment before ``before``, with invitations
    that were not recalled.
    """
    invited = exists().where(
        RunInvitation.run_id == Run.id,
        RunInvitation.withdrawn_at.is_(None),
        RunInvitation.reminded_at.is_(None),
    )
    soon = or_(Run.registration_closes_at <= before, Run.starts_at <= before)
    query = select(Run.id).where(
        Run.state == RunState.PUBLISHED, Run.starts_at > now, soon, invited
    )
    return list(db.session.scalars(query.order_by(Run.id)))


def runs_with_requests(*, before: datetime, now: datetime) -> list[ComingRun]:
    """Runs that begin before ``before`` with undecided requests, of which nobody was reminded."""
    asked = exists().where(
        Registration.run_id == Run.id,
        Registration.state.in_([state for state in RegistrationState if state.awaits_decision]),
    )
    recalled = exists().where(
        RequestRecall.run_id == Run.id, RequestRecall.starts_at == Run.starts_at
    )
    query = select(Run.id, Run.starts_at).where(
        Run.state == RunState.PUBLISHED,
        Run.starts_at > now,
        Run.starts_at <= before,
        asked,
        ~recalled,
    )
    found = db.session.execute(query.order_by(Run.starts_at, Run.id))
    return [ComingRun(run_id, starts_at) for run_id, starts_at in found if starts_at]


def recall_of(run_id: int, *, starts_at: datetime) -> RequestRecall | None:
    """Of the requests for the run as it begins then."""
    query = select(RequestRecall).filter_by(run_id=run_id, starts_at=starts_at)
    return db.session.scalars(query).one_or_none()
