"""Making one entry of two that are the same person, and two of one again."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.db import Model, db, transaction
from club.people.merging import queries, rules
from club.people.merging.models import PeopleApart, PersonMerge
from club.people.merging.plan import Plan, TablePlan, nothing_in, plan_of
from club.people.merging.rules import Decider, MergeRefusal
from club.people.models import Person
from club.refusal import RefusedError
from club.web.personal_data import MOMENT, Joined, Moves, Pair, personal_parts

#: Nobody takes longer to write something down.
_BEGUN_BEFORE = timedelta(days=1)


def merge(
    kept_id: int, gone_id: int, *, seen: str, reason: str, by: Decider, now: datetime
) -> PersonMerge:
    """What leads to the one that goes leads to the one that stays; nothing is overwritten.

    ``seen``: the fingerprint of the plan that was looked at; if it would be another one by now,
    nothing happens. Raises ``RefusedError``.
    """
    pair = Pair(kept_id, gone_id)
    with transaction() as session:
        kept, gone = _held(pair)
        refusal = rules.refusal_to_merge(kept, gone, by=by)
        if refusal:
            raise RefusedError(refusal)
        plan = plan_of(kept, gone)
        for conflict in plan.conflicts:
            raise RefusedError(conflict.refusal)
        if plan.fingerprint != seen:
            raise RefusedError(MergeRefusal.MEANWHILE)
        merged = _written_down(session, pair, plan, reason=reason, by=by, now=now)
        for table in plan.tables:
            _leave(session, table, now=now)
            _move(session, table.table, table.moves, table.moving, to=kept_id)
        for column in plan.filled:
            setattr(kept, column, getattr(gone, column))
        gone.merged_into_id = kept_id
        _settle(session, merged, "people.merge", by=by, now=now)
        for part in personal_parts():
            part.tell_merged(_joined(merged), now)
        return merged


def undo(merge_id: int, *, reason: str, by: Decider, now: datetime) -> None:
    """Every row that went along goes back, and everything is as it was. What came since stays
    where it is. Raises ``RefusedError`` where something cannot go back as it was.
    """
    with transaction() as session:
        merged = session.get_one(PersonMerge, merge_id, with_for_update=True)
        pair = Pair(merged.kept_id, merged.gone_id)
        kept, gone = _held(pair)
        refusal = refusal_to_undo(merged, by=by)
        if refusal:
            raise RefusedError(refusal)
        for part in personal_parts():
            for name, moves in part.moves.items():
                table = Model.metadata.tables[name]
                _move(session, table, moves, merged.moved.get(name, []), to=pair.gone)
                _put_back(session, table, merged.left.get(name, {}))
        for column in merged.filled:
            # What the person has said since stays said.
            if getattr(kept, column) == getattr(gone, column):
                setattr(kept, column, nothing_in(column))
        gone.merged_into_id = None
        merged.undone_at, merged.undone_by_id, merged.undone_reason = now, by.id, reason
        _settle(session, merged, "people.undo_merge", by=by, now=now)
        for part in personal_parts():
            part.tell_parted(_joined(merged), now)


def lead_latecomers_on(*, now: datetime) -> int:
    """Rows written down for an entry by somebody who had begun before it became part of another
    one, to the entry that stays. What that one has alike already stays behind. Returns how many
    joinings had any.
    """
    late = 0
    for merge_id in queries.merges_since(now - _BEGUN_BEFORE):
        with transaction() as session:
            merged = session.get_one(PersonMerge, merge_id, with_for_update=True)
            if merged.undone_at or not (came := _came_late(merged)):
                continue
            for table in came:
                _move(session, table.table, table.moves, table.moving, to=merged.kept_id)
            late_ids = {table.table.name: table.moving for table in came}
            merged.moved = merged.moved | {
                name: merged.moved.get(name, []) + ids for name, ids in late_ids.items()
            }
            _settle(session, merged, "people.lead_on", by=None, now=now)
            late += 1
    return late


def _came_late(merged: PersonMerge) -> list[TablePlan]:
    kept, gone = _held(Pair(merged.kept_id, merged.gone_id))
    return [table for table in plan_of(kept, gone).tables if table.moving]


def tell_apart(kept_id: int, gone_id: int, *, by: Decider, now: datetime) -> None:
    """They look alike and are two people. Saying so twice changes nothing."""
    older, newer = sorted((kept_id, gone_id))
    with transaction() as session:
        people = queries.held_people((older, newer))
        if older == newer:
            raise RefusedError(MergeRefusal.ITSELF)
        if queries.are_told_apart(older, newer):
            return
        session.add(PeopleApart(one_id=older, other_id=newer, at=now, by_id=by.id))
        record(
            "people.tell_apart",
            subject_kind="person",
            subject_id=people[older].public_id,
            by=by.id,
            now=now,
            detail={"person": str(people[newer].public_id)},
        )


def refusal_to_undo(merged: PersonMerge, *, by: Decider) -> StrEnum | None:
    """Why not everything can go back as it was."""
    return rules.refusal_to_undo(merged, by=by) or _hindrance(merged)


def moved_rows(merged: PersonMerge) -> list[tuple[Moves, int]]:
    """What went along, and how many rows of it."""
    parts = personal_parts()
    of_tables = {name: moves for part in parts for name, moves in part.moves.items()}
    return [(of_tables[name], len(ids)) for name, ids in merged.moved.items() if name in of_tables]


def _joined(merged: PersonMerge) -> Joined:
    return Joined(
        Pair(merged.kept_id, merged.gone_id),
        moved=merged.moved,
        left={name: [int(one) for one in rows] for name, rows in merged.left.items()},
        at=merged.merged_at,
    )


def _held(pair: Pair) -> tuple[Person, Person]:
    """First what writers about the two hold before they look at a person, then the two."""
    before = [set(part.hold(pair)) for part in personal_parts()]
    people = queries.held_people(pair.both)
    if [set(part.hold(pair)) for part in personal_parts()] != before:
        raise RefusedError(MergeRefusal.MEANWHILE)
    return people[pair.kept], people[pair.gone]


def _written_down(
    session: Session, pair: Pair, plan: Plan, *, reason: str, by: Decider, now: datetime
) -> PersonMerge:
    merged = PersonMerge(
        kept_id=pair.kept,
        gone_id=pair.gone,
        reason=reason,
        merged_at=now,
        by_id=by.id,
        moved={table.table.name: table.moving for table in plan.tables if table.moving},
        left={table.table.name: left for table in plan.tables if (left := _left(session, table))},
        filled=plan.filled,
    )
    session.add(merged)
    return merged


def _left(session: Session, plan: TablePlan) -> dict[str, dict[str, Any]]:
    """What stands in the columns that are about to be written in rows that stay behind."""
    if not plan.staying or not plan.moves.left:
        return {}
    columns = [plan.table.c[name] for name in plan.moves.left]
    rows = session.execute(
        select(plan.table.c.id, *columns).where(plan.table.c.id.in_(plan.staying))
    )
    found = {str(row[0]): dict(zip(plan.moves.left, row[1:], strict=True)) for row in rows}
    return {key: was for key, was in found.items() if was != plan.moves.left}


def _leave(session: Session, plan: TablePlan, *, now: datetime) -> None:
    if plan.staying and plan.moves.left:
        session.execute(
            update(plan.table).where(plan.table.c.id.in_(plan.staying)).values(_at(plan.moves, now))
        )


def _put_back(session: Session, table: Table, left: dict[str, dict[str, Any]]) -> None:
    for row_id, was in left.items():
        session.execute(update(table).where(table.c.id == int(row_id)).values(was))


def _move(session: Session, table: Table, moves: Moves, ids: list[int], *, to: int) -> None:
    if ids:
        session.execute(update(table).where(table.c.id.in_(ids)).values({moves.column: to}))


def _at(moves: Moves, moment: datetime) -> dict[str, object]:
    """What is written into rows that stay behind at that moment."""
    return {name: moment if value is MOMENT else value for name, value in moves.left.items()}


def changed_since(merged: PersonMerge) -> list[Moves]:
    """The kinds of rows of which one that went along, or stayed behind, is not as it was left."""
    session = db.session()
    return [
        moves
        for part in personal_parts()
        for name, moves in part.moves.items()
        if not _is_as_it_was_left(session, merged, name, moves)
    ]


def _hindrance(merged: PersonMerge) -> StrEnum | None:
    if changed_since(merged):
        return MergeRefusal.MOVED_SINCE
    for part in personal_parts():
        hindrance = part.hinders_parting(_joined(merged))
        if hindrance:
            return hindrance
    return None


def _is_as_it_was_left(session: Session, merged: PersonMerge, name: str, moves: Moves) -> bool:
    table = Model.metadata.tables[name]
    ids, left = merged.moved.get(name, []), [int(one) for one in merged.left.get(name, {})]
    still = [table.c[column] == value for column, value in _at(moves, merged.merged_at).items()]
    kept = select(func.count()).where(table.c.id.in_(ids), table.c[moves.column] == merged.kept_id)
    same = select(func.count()).where(table.c.id.in_(left), *still)
    return (not ids or session.scalar(kept) == len(ids)) and (
        not left or session.scalar(same) == len(left)
    )


def _settle(
    session: Session, merged: PersonMerge, action: str, *, by: Decider | None, now: datetime
) -> None:
    """Plain rows were written: nothing read before holds any more. The log has it by both."""
    session.flush()
    session.expire_all()
    for one, other in ((merged.kept, merged.gone), (merged.gone, merged.kept)):
        record(
            action,
            subject_kind="person",
            subject_id=one.public_id,
            by=by.id if by else None,
            now=now,
            detail={
                "person": str(other.public_id),
                "reason": merged.undone_reason or merged.reason,
            },
        )
