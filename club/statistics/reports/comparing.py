"""Why a frozen report says something else than the records say today, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from club.periods import Cut, month_number
from club.statistics.dimensions import PER_YEAR, Dimension, time_key
from club.statistics.reports import queries
from club.statistics.reports.beside.comparing import BesideDifference, differences_beside
from club.statistics.reports.contents import MEASURES, Content
from club.units import queries as units
from club.units.models import Unit

Row = dict[str, Any]
_HOURS_WITH_TWO_DIGITS = 4
_NOTHING = dict.fromkeys(MEASURES, 0)


class How(StrEnum):
    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


class Why(StrEnum):
    MERGED = "merged"
    PARTED = "parted"
    REOPENED = "reopened"
    IMPORT_UNDONE = "import_undone"
    IMPORTED = "imported"
    CLOSED_SINCE = "closed_since"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Cause:
    why: Why
    at: datetime | None = None
    #: What somebody wrote down as the reason then.
    words: str | None = None


@dataclass(frozen=True)
class RowChange:
    before: Row | None
    after: Row | None
    cause: Cause

    @property
    def how(self) -> How:
        if self.before and self.after:
            return How.CHANGED
        return How.GONE if self.before else How.ADDED

    @property
    def row(self) -> Row:
        row = self.after or self.before
        assert row
        return row

    @property
    def fields(self) -> list[str]:
        """What is not as it was, beside the record itself."""
        if not (self.before and self.after):
            return []
        return [n for n, v in self.after.items() if n != "record" and v != self.before.get(n)]


@dataclass(frozen=True)
class Difference:
    """One figure line that is not as it was frozen."""

    by: Sequence[str]
    names: dict[str, list[str]]
    frozen: Row
    today: Row
    #: The changes of rows that it comes from.
    changes: list[RowChange]


@dataclass(frozen=True)
class EndedUnit:
    """A ward of the report that ended after it was frozen. Its rows stay with it."""

    name: dict[str, str]
    unit: Unit


@dataclass(frozen=True)
class Comparison:
    changes: list[RowChange]
    #: The total first.
    differences: list[Difference]
    ended_units: list[EndedUnit]
    #: Today's version of the definitions, where it is another one.
    definitions: str | None
    #: Of what stands beside the figures.
    beside: list[BesideDifference]


def compare(frozen: Content, today: Content, *, frozen_at: datetime, on: date) -> Comparison:
    """``today``: the same report counted now."""
    today = _written_as(frozen, today)
    changes = _Changes(frozen, today, frozen_at).all()
    defined = today["definitions"]["version"]
    return Comparison(
        changes,
        _differences(frozen, today, changes),
        _ended_units(frozen, since=frozen_at.date(), on=on),
        None if defined == frozen["definitions"]["version"] else defined,
        differences_beside(frozen, today, frozen_at=frozen_at),
    )


def _written_as(frozen: Content, today: Content) -> Content:
    """``today`` with as many digits of hours as the frozen one has: what is only written more
    exactly is no difference.
    """
    if frozen["format"] >= _HOURS_WITH_TWO_DIGITS:
        return today
    tables = [
        table | {"rows": [_with_one_digit(row) for row in table["rows"]]}
        for table in today["tables"]
    ]
    return today | {"total": _with_one_digit(today["total"]), "tables": tables}


def _with_one_digit(line: Row) -> Row:
    return line | {"hours": float(round(Decimal(str(line["hours"])), 1))}


def keys_of(row: Row, by: Sequence[str], cut: Cut) -> tuple[str | None, ...]:
    """Under which keys a row behind the figures is counted in a table."""
    return tuple(_key(row, Dimension(name), cut) for name in by)


def _key(row: Row, dimension: Dimension, cut: Cut) -> str | None:
    if dimension not in PER_YEAR:
        value: str | None = row[dimension.value]
        return value
    months = month_number(date.fromisoformat(row["day"]), cut)
    return time_key(dimension, months // (12 // PER_YEAR[dimension]))


class _Changes:
    def __init__(self, frozen: Content, today: Content, frozen_at: datetime) -> None:
        self.frozen_at = frozen_at
        self.before = {row["record"]: row for row in frozen["rows"]}
        self.after = {row["record"]: row for row in today["rows"]}

    def all(self) -> list[RowChange]:
        gone = {code: row for code, row in self.before.items() if code not in self.after}
        added = {code: row for code, row in self.after.items() if code not in self.before}
        self._stories = queries.stories_of([*gone, *added])
        found = [
            RowChange(row, self.after[code], self._why_moved(row, self.after[code]))
            for code, row in self.before.items()
            if code in self.after and row != self.after[code]
        ]
        # The same person in the same class, from another closing of it.
        again = {(row["run"], row["person"]): row for row in added.values()}
        for row in gone.values():
            other = again.pop(
                (row["run"], self._called_now.get(row["person"], row["person"])), None
            )
            found.append(RowChange(row, other, self._why_gone(row)))
        found += [RowChange(None, row, self._why_added(row)) for row in again.values()]
        return sorted(found, key=lambda change: (change.row["day"], change.row["record"]))

    @cached_property
    def _merges(self) -> list[queries.MergeSince]:
        return queries.merges_since(self.frozen_at)

    @cached_property
    def _called_now(self) -> dict[str, str]:
        return {merge.gone: merge.kept for merge in self._merges if not merge.undone_at}

    @cached_property
    def _reopenings(self) -> dict[str, tuple[datetime, str | None]]:
        return queries.reopenings_since(self.frozen_at)

    def _why_moved(self, before: Row, after: Row) -> Cause:
        """The same record under another person's code."""
        for merge in self._merges:
            if (merge.gone, merge.kept) == (before["person"], after["person"]):
                return Cause(Why.MERGED, merge.at, merge.reason)
            if (merge.kept, merge.gone) == (before["person"], after["person"]):
                return Cause(Why.PARTED, merge.undone_at, merge.undone_reason)
        return Cause(Why.NOT_KNOWN)

    def _why_gone(self, row: Row) -> Cause:
        story = self._stories.get(row["record"])
        if story and story.undone_at:
            return Cause(Why.IMPORT_UNDONE, story.undone_at, story.undo_reason)
        for merge in self._merges:
            if story and not merge.undone_at and str(story.id) in merge.left:
                return Cause(Why.MERGED, merge.at, merge.reason)
        return self._reopened(row) or Cause(Why.NOT_KNOWN)

    def _why_added(self, row: Row) -> Cause:
        story = self._stories[row["record"]]
        if story.list_source:
            return Cause(Why.IMPORTED, story.computed_at, story.list_source)
        for merge in self._merges:
            if merge.undone_at and str(story.id) in merge.left:
                return Cause(Why.PARTED, merge.undone_at, merge.undone_reason)
        return self._reopened(row) or Cause(Why.CLOSED_SINCE, story.computed_at)

    def _reopened(self, row: Row) -> Cause | None:
        if row["run"] not in self._reopenings:
            return None
        return Cause(Why.REOPENED, *self._reopenings[row["run"]])


def _differences(frozen: Content, today: Content, changes: Sequence[RowChange]) -> list[Difference]:
    found = []
    if _figures(frozen["total"]) != _figures(today["total"]):
        found.append(Difference((), {}, frozen["total"], today["total"], list(changes)))
    cut = Cut(frozen["period"]["cut"])
    for before, after in zip(frozen["tables"], today["tables"], strict=True):
        old, new = ({tuple(row["keys"]): row for row in t["rows"]} for t in (before, after))
        for keys in [*old, *(keys for keys in new if keys not in old)]:
            lines = old.get(keys, _NOTHING), new.get(keys, _NOTHING)
            if _figures(lines[0]) != _figures(lines[1]):
                names = (old.get(keys) or new[keys])["names"]
                behind = [c for c in changes if _touches(c, keys, before["by"], cut)]
                found.append(Difference(before["by"], names, *lines, behind))
    return found


def _touches(change: RowChange, keys: tuple[str | None, ...], by: Sequence[str], cut: Cut) -> bool:
    rows = [row for row in (change.before, change.after) if row]
    return any(keys_of(row, by, cut) == keys for row in rows)


def _figures(line: Row) -> list[Any]:
    return [line[name] for name in MEASURES]


def _ended_units(frozen: Content, *, since: date, on: date) -> list[EndedUnit]:
    tables = [table for table in frozen["tables"] if table["by"] == [Dimension.UNIT.value]]
    known = {
        row["keys"][0]: {language: names[0] for language, names in row["names"].items()}
        for table in tables
        for row in table["rows"]
    }
    return [
        EndedUnit(known[unit.key], unit)
        for unit in units.all_units()
        if unit.key in known and unit.valid_to and since <= unit.valid_to < on
    ]
