"""Writing down what people achieved: each function one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update

from club.db import transaction
from club.records.attendance.queries import entries_of
from club.records.locking import locked_run
from club.records.results import queries, rules
from club.records.results.facts import Result, Scale
from club.records.results.models import PersonResult, RunScale
from club.records.results.rules import Refusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class Typed:
    """What somebody wants to write down of a person."""

    result: Result
    #: The row that was shown to them; ``None``: there was none.
    seen: int | None = None


class ContestedError(RefusedError):
    """Somebody else wrote something different meanwhile: nothing was saved."""

    def __init__(self, cells: dict[int, set[str]]) -> None:
        super().__init__(Refusal.WRITTEN_MEANWHILE)
        #: The names of the results, by person.
        self.cells = cells


def save_results(run_id: int, sheet: Mapping[int, Typed], *, by: int | None, now: datetime) -> int:
    """Write down a sheet of results by person, all or nothing; returns how many people's
    results changed. What somebody else wrote meanwhile stays where the sheet did not touch it.
    """
    with transaction() as session:
        _refuse(rules.refusal_to_enter(locked_run(run_id)))
        if not sheet.keys() <= {entry.person.id for entry in entries_of(run_id)}:
            raise RefusedError(Refusal.NOT_ON_THE_LIST)
        written = queries.written_of(run_id)
        stands = {row.person_id: row for row in written.values() if row.superseded_at is None}
        changed = _changes(sheet, stands, written)
        scale = queries.scale_of(run_id)
        if changed:
            _keep_scale(run_id, scale, by=by, now=now)
        for person_id, result in changed.items():
            _refuse(*rules.refusals_of(result, scale).values())
            if person_id in stands:
                stands[person_id].superseded_at = now
        session.flush()
        session.add_all(
            PersonResult(
                run_id=run_id,
                person_id=person_id,
                entered_at=now,
                entered_by_id=by,
                **asdict(result),
            )
            for person_id, result in changed.items()
        )
        return len(changed)


def _keep_scale(run_id: int, scale: Scale, *, by: int | None, now: datetime) -> None:
    """The usual maximum scores become the run's own with the first results."""
    if queries.current_scale(run_id) is None:
        with transaction() as session:
            session.add(RunScale(run_id=run_id, stated_at=now, stated_by_id=by, **asdict(scale)))


def _changes(
    sheet: Mapping[int, Typed],
    stands: Mapping[int, PersonResult],
    written: Mapping[int, PersonResult],
) -> dict[int, Result]:
    """What holds from now on where it is something else; contested cells are refused."""
    contested: dict[int, set[str]] = {}
    changed: dict[int, Result] = {}
    for person_id, typed in sheet.items():
        seen, held = written.get(typed.seen or 0), stands.get(person_id)
        before = held.result if held else Result()
        result, cells = rules.merged(
            seen=seen.result if seen and seen.person_id == person_id else Result(),
            stands=before,
            typed=typed.result,
        )
        if cells:
            contested[person_id] = cells
        elif result != before:
            changed[person_id] = result
    if contested:
        raise ContestedError(contested)
    return changed


def state_scale(run_id: int, scale: Scale, *, by: int | None, now: datetime) -> None:
    """Say how many points the tests and the assignment of a run have."""
    with transaction() as session:
        _refuse(rules.refusal_to_enter(locked_run(run_id)))
        before = queries.scale_of(run_id)
        wrong = rules.refusals_of_scale(
            scale, before=before, highest=queries.highest_scores(run_id)
        )
        for field, refusal in wrong.items():
            raise RefusedError(refusal, field=field)
        if scale == before:
            return
        session.execute(
            update(RunScale)
            .where(RunScale.run_id == run_id, RunScale.superseded_at.is_(None))
            .values(superseded_at=now)
        )
        session.add(RunScale(run_id=run_id, stated_at=now, stated_by_id=by, **asdict(scale)))


def _refuse(*refusals: Refusal | None) -> None:
    for refusal in refusals:
        if refusal:
            raise RefusedError(refusal)
