"""Brings ``content/plan.yaml`` in: indicators, targets, and published values with sources.

What officials entered or corrected on the site is never touched: of the values only those are
added that no value, standing or replaced, is there for yet.
"""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db import transaction
from club.files.synced import Synced
from club.plan.models import (
    CountedFrom,
    Indicator,
    Observation,
    ObservationSeries,
    ObservationStatus,
    PlanTarget,
    TargetKind,
)

Tally = dict[str, int]


def sync_plan(folder: Path, *, now: datetime) -> Synced:
    """Add and mend what ``folder/plan.yaml`` says; harmless to repeat."""
    given = yaml.safe_load((folder / "plan.yaml").read_text(encoding="utf-8"))
    tally: Tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        for position, row in enumerate(given["indicators"], start=1):
            facts = {**_indicator_facts(row), "position": position}
            _put(session, Indicator, row["key"], facts, tally)
        indicators = {one.key: one.id for one in session.scalars(select(Indicator))}
        for position, row in enumerate(given["targets"], start=1):
            facts = _target_facts(row, given["plan"]["document"])
            facts |= {"indicator_id": indicators[row["indicator"]], "position": position}
            _put(session, PlanTarget, row["key"], facts, tally)
        for position, row in enumerate(given["series"], start=1):
            facts = {**_series_facts(row), "indicator_id": indicators[row["indicator"]]}
            series = _put(
                session, ObservationSeries, row["key"], {**facts, "position": position}, tally
            )
            _add_observations(session, series, row["observations"], tally, now=now)
    return Synced(**tally)


def _put(session: Session, kind: type[Any], key: str, facts: dict[str, Any], tally: Tally) -> Any:
    thing = session.scalars(select(kind).where(kind.key == key)).one_or_none()
    if thing is None:
        thing = kind(key=key, **facts)
        session.add(thing)
        session.flush()
        tally["added"] += 1
        return thing
    changed = {name: value for name, value in facts.items() if getattr(thing, name) != value}
    for name, value in changed.items():
        setattr(thing, name, value)
    tally["changed" if changed else "unchanged"] += 1
    return thing


def _add_observations(
    session: Session,
    series: ObservationSeries,
    rows: list[dict[str, Any]],
    tally: Tally,
    *,
    now: datetime,
) -> None:
    query = select(Observation.period_from, Observation.as_of).where(
        Observation.series_id == series.id
    )
    known = {(first, last) for first, last in session.execute(query)}
    for row in rows:
        period = period_of(row["of"])
        if period in known:
            tally["unchanged"] += 1
            continue
        note = row.get("note") or {}
        session.add(
            Observation(
                series_id=series.id,
                period_from=period[0],
                as_of=period[1],
                value=Decimal(str(row["value"])),
                status=ObservationStatus(row.get("status", "not_stated")),
                source=row["source"],
                note=note.get("vi"),
                note_en=note.get("en"),
                entered_at=now,
            )
        )
        tally["added"] += 1


def period_of(given: int | list[int] | date) -> tuple[date, date]:
    """First and last day of a year, of two years and what lies between, or of a day."""
    if isinstance(given, date):
        return given, given
    first, last = (given, given) if isinstance(given, int) else given
    return date(first, 1, 1), date(last, 12, 31)


def _indicator_facts(row: dict[str, Any]) -> dict[str, Any]:
    nothing: dict[str, str] = {}
    unit, definition = row.get("unit", nothing), row.get("definition", nothing)
    counted = row.get("counted_from")
    return {
        "name": row["name"]["vi"],
        "name_en": row["name"]["en"],
        "unit": unit.get("vi"),
        "unit_en": unit.get("en"),
        "definition": definition.get("vi"),
        "definition_en": definition.get("en"),
        "counted_from": CountedFrom(counted) if counted else None,
    }


def _target_facts(row: dict[str, Any], document: dict[str, str]) -> dict[str, Any]:
    return {
        "by_year": row["by"],
        "kind": TargetKind(row["kind"]),
        "words": row["words"]["vi"],
        "words_en": row["words"]["en"],
        "short": row["short"]["vi"],
        "short_en": row["short"]["en"],
        "op": row["op"],
        "value": None if row["value"] is None else Decimal(str(row["value"])),
        "line": row["line"],
        "document": document["vi"],
        "document_en": document["en"],
    }


def _series_facts(row: dict[str, Any]) -> dict[str, Any]:
    note = row.get("note") or {}
    return {
        "name": row["name"]["vi"],
        "name_en": row["name"]["en"],
        "territory": row["territory"]["vi"],
        "territory_en": row["territory"]["en"],
        "note": note.get("vi"),
        "note_en": note.get("en"),
    }
