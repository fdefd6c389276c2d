"""What happens when two entries of one person become one: read beforehand, to be shown, and again
under the locks, to be done.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Table,
    TextClause,
    UniqueConstraint,
    and_,
    select,
    true,
)

from club.db import Model, db
from club.people.models import JobGroup, Person, Sex
from club.web.personal_data import Conflict, Figure, Moves, Pair, personal_parts

#: What one entry takes over from the other where it says nothing itself, and what nothing is.
_FACTS: dict[str, object] = {
    "email": None,
    "phone": None,
    "birth_year": None,
    "ward_id": None,
    "sex": Sex.NOT_STATED,
    "job_group": JobGroup.NOT_STATED,
}


@dataclass(frozen=True)
class TablePlan:
    """The rows of one table that lead to the entry that goes, by their ids."""

    table: Table
    moves: Moves
    moving: list[int]
    staying: list[int]

    @property
    def person(self) -> Column[Any]:
        return self.table.c[self.moves.column]


@dataclass(frozen=True)
class Plan:
    """What happens, and nothing of it yet."""

    tables: list[TablePlan]
    conflicts: list[Conflict]
    figures: list[Figure]
    #: What else there is to know before, in sentences.
    remarks: list[str]
    #: Columns of the entry that stays which are filled from the other one.
    filled: list[str]

    @property
    def fingerprint(self) -> str:
        """Tells whether what is about to be done is what somebody saw before."""
        rows = {plan.table.name: [plan.moving, plan.staying] for plan in self.tables}
        figures = [[figure.before, figure.after] for figure in self.figures]
        text = json.dumps([rows, figures, self.filled], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def plan_of(kept: Person, gone: Person) -> Plan:
    """A fixed number of statements, however much the two have."""
    pair, parts = Pair(kept.id, gone.id), personal_parts()
    return Plan(
        tables=[
            _table_plan(Model.metadata.tables[name], moves, pair)
            for part in parts
            for name, moves in part.moves.items()
        ],
        conflicts=[conflict for part in parts for conflict in part.conflicts(pair)],
        remarks=[remark for part in parts for remark in part.remarks(pair)],
        figures=[figure for part in parts for figure in part.figures(pair)],
        filled=[
            name
            for name, nothing in _FACTS.items()
            if getattr(kept, name) == nothing and getattr(gone, name) != nothing
        ],
    )


def nothing_in(column: str) -> object:
    return _FACTS[column]


def _table_plan(table: Table, moves: Moves, pair: Pair) -> TablePlan:
    theirs = select(table.c.id).where(table.c[moves.column] == pair.gone).order_by(table.c.id)
    found = list(db.session.scalars(theirs))
    staying = _alike(table, moves, pair) if found else set[int]()
    return TablePlan(
        table,
        moves,
        moving=[one for one in found if one not in staying],
        staying=[one for one in found if one in staying],
    )


def _alike(table: Table, moves: Moves, pair: Pair) -> set[int]:
    """Rows of the entry that goes which the one that stays has alike."""
    found: set[int] = set()
    for columns, condition in _keys(table, moves):
        both = select(table).where(table.c[moves.column].in_(pair.both), condition).subquery()
        goes, stays = both.alias(), both.alias()
        same: list[ColumnElement[bool]] = [goes.c[name] == stays.c[name] for name in columns]
        found.update(
            db.session.scalars(
                select(goes.c.id)
                .join(stays, and_(true(), *same))
                .where(goes.c[moves.column] == pair.gone, stays.c[moves.column] == pair.kept)
            )
        )
    return found


def _keys(
    table: Table, moves: Moves
) -> Iterator[tuple[Sequence[str], ColumnElement[bool] | TextClause]]:
    """By what rows of one person are told apart: other columns, and which rows it is about."""
    if moves.alike_in is not None:
        yield moves.alike_in, true()
        return
    unique: list[UniqueConstraint | Index] = [
        *(one for one in table.constraints if isinstance(one, UniqueConstraint)),
        *(index for index in table.indexes if index.unique),
    ]
    for key in unique:
        names = [column.name for column in key.columns]
        if moves.column in names:
            where = key.dialect_options["sqlite"].get("where") if isinstance(key, Index) else None
            yield [n for n in names if n != moves.column], true() if where is None else where
