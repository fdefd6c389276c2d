"""Tallying classes whose records have changed. Figures are right before it, and fast after."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select

from club.courses.models import Run
from club.db import transaction
from club.records.models import TrainingRecord
from club.statistics.tallies import queries
from club.statistics.tallies.models import RunTally, RunToTally

#: Writers wait for so many at most.
_AT_ONCE = 100


def tally_marked(*, stopped: Callable[[], bool] = lambda: False) -> int:
    """Of every class that is marked and that nobody writes about just now. Returns how many."""
    done = 0
    while queries.is_any_marked() and not stopped() and (some := _tally_some()):
        done += some
    return done


def _tally_some() -> int:
    with transaction() as session:
        # Waits for nobody, as whoever holds a class may be waiting for its mark.
        marked = select(RunToTally.run_id).join(Run, Run.id == RunToTally.run_id)
        held = marked.limit(_AT_ONCE).with_for_update(skip_locked=True)
        runs = session.scalars(held).all()
        session.execute(delete(RunToTally).where(RunToTally.run_id.in_(runs)))
        session.execute(delete(RunTally).where(RunTally.run_id.in_(runs)))
        columns = [*queries.ALIKE, *queries.LISTS]
        made = queries.packed(TrainingRecord.run_id.in_(runs))
        session.execute(insert(RunTally).from_select(columns, made))
        return len(runs)


def mark_all() -> None:
    """Have every class tallied anew, whatever its tallies say."""
    with transaction() as session:
        known = select(RunToTally.run_id)
        for source in (TrainingRecord, RunTally):
            runs = select(source.run_id).where(source.run_id.not_in(known)).distinct()
            session.execute(insert(RunToTally).from_select(["run_id"], runs))
