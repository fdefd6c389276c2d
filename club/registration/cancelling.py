"""What everybody hears of a cancelled run: once, with the next one of the course."""

from collections.abc import Sequence
from datetime import datetime

from club.accounts.readers import readers_of
from club.courses.models import Run
from club.courses.run_lists import next_open_run
from club.registration.calendar_updates import CalendarUpdates
from club.registration.changes import queries
from club.registration.changes.rules import NEAR
from club.registration.inviting.guests import guests_behind
from club.registration.inviting.queries import unanswered_invitations
from club.registration.letters import Event, tell_of
from club.registration.models import Registration
from club.registration.ways_in import people_move_into


def sessions_near(run: Run, *, now: datetime) -> set[str]:
    """Public ids of the sessions that begin within two days: calendars must hear of them."""
    return {str(s.public_id) for s in run.held_sessions if now < s.starts_at <= now + NEAR}


def tell_everybody(
    run: Run, registrations: Sequence[Registration], *, near: set[str], reason: str, now: datetime
) -> None:
    """In the transaction that cancelled the run, after the steps were written. Who is invited and
    has not come yet is told as well.
    """
    registered = {one.person_id: one.public_id for one in registrations}
    trainers = [person for person in queries.trainers_of(run.id) if person not in registered]
    people = [*registered, *trainers]
    readers, updates = readers_of(people), CalendarUpdates(run.id, near, people)
    next_run = next_open_run(run.course.slug, people_move_into(), now=now)
    for person_id in people:
        reader = readers[person_id]
        tell_of(
            Event.RUN_CANCELLED,
            reader,
            registration=registered.get(person_id),
            run=run,
            reason=reason,
            next_run=next_run,
            calendar=updates.for_reader(reader, near),
            now=now,
        )
    for invitation, guest in guests_behind(unanswered_invitations(run.id)):
        tell_of(
            Event.RUN_CANCELLED,
            guest,
            registration=None,
            run=run,
            reason=reason,
            next_run=None,
            is_guest=True,
            key=str(invitation.public_id),
            now=now,
        )
