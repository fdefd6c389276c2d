"""Telling the people of a run what changed, once. Each public function is one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from club.accounts.readers import readers_of
from club.audit.operations import record
from club.courses.models import Run
from club.db import transaction
from club.refusal import RefusedError
from club.registration.calendar_updates import CalendarUpdates
from club.registration.changes import queries, rules
from club.registration.changes.letters import tell_guest_of_change, tell_of_change
from club.registration.changes.models import RunTelling, RunTellingReader
from club.registration.changes.queries import News
from club.registration.held import holding


def tell_now(run_id: int, *, seen: int | None, by: int, now: datetime) -> int:
    """Tell at once what whoever presses the button has read; returns how many are told.

    ``seen``: the version that was looked at.
    """
    with transaction() as session, holding(session, run_id) as held:
        run = held.run
        news = queries.news_of(run_id, now=now)
        refusal = rules.refusal_to_tell(
            run.state,
            has_news=news is not None and news.people > 0,
            seen=seen,
            present=news.version_id if news else None,
        )
        if refusal:
            raise RefusedError(refusal)
        assert news
        told = _tell(session, run, news, by=by, now=now)
        record(
            "registration.tell_changes",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"told": told},
        )
        return told


def tell_what_has_come_to_rest(
    *, now: datetime, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Tell of every run whose last edit is old enough; returns how many people are told."""
    told = 0
    for run_id in queries.runs_with_untold_versions(before=now - rules.SHORT_REST):
        if stopped():
            break
        told += _tell_if_due(run_id, now=now)
    return told


def _tell_if_due(run_id: int, *, now: datetime) -> int:
    with transaction() as session, holding(session, run_id) as held:
        # Another worker, or the button, may have told it a moment ago: asked under the lock.
        run = held.run
        news = queries.news_of(run_id, now=now)
        if news is None:
            return 0
        due = rules.due_at(news.difference, last_edit_at=news.last_edit_at, now=now)
        if now < due:
            return 0
        return _tell(session, run, news, by=None, now=now)


def _tell(session: Session, run: Run, news: News, *, by: int | None, now: datetime) -> int:
    telling = RunTelling(run_id=run.id, version_id=news.version_id, at=now, by_id=by)
    session.add(telling)
    session.flush()
    people = [one.person_id for one in news.concerned]
    readers = readers_of(people)
    near = {
        one.person_id: one.news.sessions_moved_before(now + rules.NEAR, now=now)
        for one in news.concerned
    }
    updates = CalendarUpdates(run.id, set().union(*near.values()), people)
    for one in news.concerned:
        session.add(
            RunTellingReader(
                telling_id=telling.id,
                person_id=one.person_id,
                known_version_id=one.known_version_id,
            )
        )
        reader = readers[one.person_id]
        calendar = updates.for_reader(reader, near[one.person_id])
        tell_of_change(one, reader, telling=telling, run=run, calendar=calendar, now=now)
    for guest in news.guests:
        session.add(
            RunTellingReader(
                telling_id=telling.id,
                person_id=guest.reader.person_id if guest.reader.is_known else None,
                invitation_id=guest.invitation.id,
                known_version_id=guest.known_version_id,
            )
        )
        tell_guest_of_change(guest, telling=telling, run=run, now=now)
    return news.people
