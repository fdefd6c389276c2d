"""What staff do with units: add one, end one, say what came of it. Nothing is deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from club.audit.operations import record
from club.db import transaction
from club.refusal import RefusedError
from club.units import queries, rules
from club.units.models import Unit, UnitKind, UnitSuccession
from club.vietnamese import slug, tidy_line


@dataclass(frozen=True)
class UnitFacts:
    name: str
    kind: UnitKind
    name_en: str | None = None
    official_code: str | None = None
    valid_from: date | None = None
    source: str | None = None
    note: str | None = None


def add_unit(facts: UnitFacts, *, by: int | None, now: datetime) -> Unit:
    """A new unit; its key is made of its name and never changes."""
    with transaction() as session:
        name = tidy_line(facts.name)
        _refuse_a_double(name, facts)
        unit = Unit(
            key=_free_key(slug(name) or facts.kind.value),
            kind=facts.kind,
            name=name,
            name_en=facts.name_en,
            official_code=facts.official_code,
            valid_from=facts.valid_from,
            source=facts.source,
            note=facts.note,
        )
        session.add(unit)
        record("units.add", subject_kind="unit", subject_id=unit.key, by=by, now=now)
        return unit


def end_unit(unit_id: int, *, last_day: date, by: int | None, now: datetime) -> Unit:
    with transaction() as session:
        unit = session.get_one(Unit, unit_id, with_for_update=True, populate_existing=True)
        refusal = rules.refusal_to_end(unit, last_day=last_day)
        if refusal:
            raise RefusedError(refusal, field="last_day")
        unit.valid_to = last_day
        record(
            "units.end",
            subject_kind="unit",
            subject_id=unit.key,
            by=by,
            now=now,
            detail={"last_day": last_day.isoformat()},
        )
        return unit


@dataclass(frozen=True)
class SuccessionFacts:
    """``on_day`` is the first day of the successor in the predecessor's place."""

    on_day: date
    in_part: bool = False
    source: str | None = None


def name_successor(
    predecessor_id: int,
    successor_id: int,
    facts: SuccessionFacts,
    *,
    by: int | None,
    now: datetime,
) -> UnitSuccession:
    with transaction() as session:
        predecessor = session.get_one(Unit, predecessor_id, with_for_update=True)
        successor = session.get_one(Unit, successor_id)
        refusal = rules.refusal_to_succeed(
            predecessor,
            successor,
            on_day=facts.on_day,
            in_part=facts.in_part,
            known=queries.all_successions(),
        )
        if refusal:
            raise RefusedError(refusal, field="on_day" if "day" in refusal else "successor")
        link = UnitSuccession(
            predecessor=predecessor,
            successor=successor,
            on_day=facts.on_day,
            in_part=facts.in_part,
            source=facts.source,
        )
        session.add(link)
        record(
            "units.name_successor",
            subject_kind="unit",
            subject_id=predecessor.key,
            by=by,
            now=now,
            detail={"successor": successor.key, "on_day": facts.on_day.isoformat()},
        )
        return link


def _refuse_a_double(name: str, facts: UnitFacts) -> None:
    day = facts.valid_from
    for other in queries.units_named(name, facts.kind):
        if other.valid_to is None or day is None or other.exists_on(day):
            raise RefusedError(rules.UnitRefusal.NAME_TAKEN, field="name")


def _free_key(wanted: str) -> str:
    taken = queries.keys_like(wanted)
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
