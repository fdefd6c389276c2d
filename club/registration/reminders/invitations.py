"""Reminding who is invited and has not come before registration ends, once."""

from collections.abc import Callable
from datetime import datetime

from club.courses.models import Run
from club.db import db, transaction
from club.outbox.telling import tell_all
from club.registration.held import holding
from club.registration.inviting.guests import guests_behind
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.queries import unanswered_invitations
from club.registration.letters import Event, letter_of, read_at
from club.registration.reminders import queries
from club.registration.reminders.rules import OF_INVITATIONS
from club.registration.rules.coming import refusal_of_run

#: So that nobody waits long for the run's lock.
_AT_A_TIME = 50


def remind_of_invitations(
    *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> None:
    """The worker's round, by day only."""
    moment = now()
    runs = queries.runs_that_invited(before=moment + OF_INVITATIONS.longest_notice, now=moment)
    db.session.rollback()
    for run_id in runs:
        while not stopped() and _remind_some(run_id, now=now()):
            pass


def _remind_some(run_id: int, *, now: datetime) -> int:
    """How many were reminded; none are left once it is zero."""
    event = Event.INVITATION_REMINDER
    with transaction() as session, holding(session, run_id) as held:
        run = held.run
        if refusal_of_run(run, at=now) or read_at(event, run, now=now) > now:
            return 0
        ends_at = _end_of_registration(run)
        due = [one for one in unanswered_invitations(run_id) if _is_due(one, ends_at, now=now)]
        letters = []
        for invitation, guest in guests_behind(due[:_AT_A_TIME]):
            invitation.reminded_at = now
            key = str(invitation.public_id)
            letters.append(
                letter_of(
                    event, guest, registration=None, run=run, until=ends_at,
                    has_room=run.places_free > 0, key=key,
                )
            )  # fmt: skip
        tell_all(letters, now=now)
        return len(letters)


def _is_due(invitation: RunInvitation, ends_at: datetime, *, now: datetime) -> bool:
    if invitation.reminded_at is not None:
        return False
    return OF_INVITATIONS.is_due(invitation.invited_at, ends_at, at=now)


def _end_of_registration(run: Run) -> datetime:
    """Of a run that somebody can still register for."""
    ends = [moment for moment in (run.registration_closes_at, run.starts_at) if moment]
    return min(ends)
