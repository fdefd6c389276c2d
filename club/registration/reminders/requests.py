"""Reminding the coordinators of requests for a place that nobody has decided, once."""

from collections.abc import Callable, Sequence
from datetime import datetime

from club import clock
from club.accounts.models import RoleName
from club.accounts.readers import readers_holding
from club.db import db, transaction
from club.outbox.telling import Reader, tell_all
from club.registration.held import holding
from club.registration.letters import Event, letter_of, read_at
from club.registration.models import Registration, WayIn
from club.registration.reminders import queries
from club.registration.reminders.models import RequestRecall
from club.registration.reminders.queries import ComingRun
from club.registration.reminders.rules import OF_REQUESTS
from club.registration.requests.queries import organisations_that_answer, requests_of_run
from club.registration.requests.rules import asks_organisation


def remind_of_requests(
    *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> None:
    """The worker's round, by day only."""
    moment = now()
    runs = queries.runs_with_requests(before=moment + OF_REQUESTS.longest_notice, now=moment)
    db.session.rollback()
    for run in runs:
        if not stopped():
            _remind(run, now=now())


def _remind(run: ComingRun, *, now: datetime) -> None:
    """One letter to each coordinator. Who asks afterwards is no reason for another."""
    with transaction() as session, holding(session, run.id) as held:
        undecided = requests_of_run(run.id)
        since = min((one.registered_at for one in undecided), default=now)
        if (
            held.run.starts_at != run.starts_at
            or not OF_REQUESTS.is_due(since, run.starts_at, at=now)
            or queries.recall_of(run.id, starts_at=run.starts_at)
            or read_at(Event.REQUESTS_UNDECIDED, held.run, now=now) > now
        ):
            return
        session.add(
            RequestRecall(run_id=run.id, starts_at=run.starts_at, at=now, requests=len(undecided))
        )
        awaiting = _await_organisation(undecided, held.terms.way_in, now=now)
        letters = [
            letter_of(
                Event.REQUESTS_UNDECIDED,
                reader,
                registration=None,
                run=held.run,
                undecided=len(undecided),
                awaiting=awaiting,
                desk=f"/office/runs/{held.run.code}/requests",
                key=f"{held.run.code}:{run.starts_at:%Y%m%dT%H%M}:{reader.person_id}",
            )
            for reader in _who_decides()
        ]
        tell_all(letters, now=now)


def _await_organisation(undecided: Sequence[Registration], way_in: WayIn, *, now: datetime) -> int:
    """How many of them wait for the answer of an organisation that could give one."""
    asked = [
        one.organisation_id
        for one in undecided
        if one.organisation_id is not None and asks_organisation(one, way_in)
    ]
    answering = organisations_that_answer(set(asked), on=clock.local_day(now))
    return sum(organisation_id in answering for organisation_id in asked)


def _who_decides() -> list[Reader]:
    return readers_holding(RoleName.COORDINATOR) or readers_holding(RoleName.ADMINISTRATOR)
