"""Tallying classes whose records have changed. Figures are right before it, and fast after."""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Select, Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from club.courses.models import Run
from club.db import transaction
from club.records.models import TrainingRecord
from club.statistics.tallies import queries
from club.statistics.tallies.models import RunTally, RunToTally, TallyProfile

#: Writers wait for so many at most.
_AT_ONCE = 100
_MARKS = cast("Table", RunToTally.__table__)
_MARK = {
    "postgresql": postgresql.insert(_MARKS).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_MARKS).on_conflict_do_nothing(),
}
_PROFILES = cast("Table", TallyProfile.__table__)


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
        of_these = TrainingRecord.run_id.in_(runs)
        _keep_profiles(session, queries.unseen(of_these))
        columns = [*queries.ALIKE, *queries.LISTS]
        made = queries.packed(of_these)
        session.execute(insert(RunTally).from_select(columns, made))
        return len(runs)


def _keep_profiles(session: Session, unseen: Select[tuple[Any, ...]]) -> None:
    """Those that somebody else keeps meanwhile stay as they are."""
    keep: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = keep.insert(_PROFILES).from_select(queries.PROFILE, unseen)
    session.execute(new.on_conflict_do_nothing())


def mark_all() -> None:
    """Have every class tallied anew, whatever its tallies say; of others closing some meanwhile,
    each waits for the other.
    """
    runs = queries.runs_with_records_or_tallies()
    for first in range(0, len(runs), _AT_ONCE):
        with transaction() as session:
            # Whoever closes a class holds it before its mark, and so has to be waited for first.
            some = Run.id.in_(runs[first : first + _AT_ONCE])
            held = select(Run.id).where(some).order_by(Run.id)
            marks = session.scalars(held.with_for_update(read=True, key_share=True))
            session.execute(
                _MARK[session.get_bind().dialect.name], [{"run_id": run_id} for run_id in marks]
            )
