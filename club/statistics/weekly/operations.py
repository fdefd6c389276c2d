"""Asking for the week's figures, ending them, and the worker's round that writes them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete

from club import clock
from club.db import transaction
from club.outbox.kinds import Matter
from club.outbox.models import Channel
from club.outbox.queries import events_told
from club.outbox.reading import choose_letters
from club.people.models import Person
from club.statistics.weekly import queries
from club.statistics.weekly.letters import event_of, tell_the_week
from club.statistics.weekly.models import WeeklyFigures
from club.statistics.weekly.rules import week_due


def ask_weekly(person_id: int, asked: str, *, view_name: str = "", now: datetime) -> None:
    """From next Monday on, in place of what the person asked for before. ``asked``: the query of
    the dashboard's address.
    """
    with transaction() as session:
        # Who asks in two windows at once asks for one letter: the last one wins.
        session.get_one(Person, person_id, with_for_update=True)
        session.execute(delete(WeeklyFigures).where(WeeklyFigures.person_id == person_id))
        session.add(WeeklyFigures(person_id=person_id, asked=asked, view_name=view_name, since=now))
        choose_letters(person_id, Matter.FIGURES, wants=True, channel=Channel.SETTINGS, now=now)


def end_weekly(person_id: int) -> None:
    """Twice is once."""
    with transaction() as session:
        session.execute(delete(WeeklyFigures).where(WeeklyFigures.person_id == person_id))


def write_weekly(*, now: datetime, stopped: Callable[[], bool]) -> int:
    """Write what is due to each who may see the dashboard: one letter a week, whatever clocks and
    workers did. Returns how many.
    """
    due = [
        (wish, reader, week)
        for wish, reader in queries.who_gets_them()
        if (week := week_due(clock.local(now), since=clock.local(wish.since)))
    ]
    told = events_told([event_of(reader, week) for _wish, reader, week in due]) if due else set()
    written = 0
    for wish, reader, week in due:
        if stopped():
            break
        if event_of(reader, week) not in told:
            tell_the_week(wish, reader, week=week, now=now)
            written += 1
    return written
