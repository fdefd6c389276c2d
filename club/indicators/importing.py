"""Brings ``content/indicators.yaml`` in: what is measured, and published values with sources."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from club import clock
from club.db import db, transaction
from club.files.synced import Synced
from club.indicators.indicator_file import Facts, IndicatorFile, read_indicator_file
from club.indicators.models import Indicator, Observation, ObservationSeries
from club.units.models import Unit

Tally = dict[str, int]
#: Why a value from the file took the place of an earlier one from there.
_MENDED = "content/indicators.yaml"


def sync_indicators(folder: Path, *, now: datetime) -> Synced:
    """Add and mend what ``folder/indicators.yaml`` says; harmless to repeat.

    What officials entered, corrected or took out is never touched. Raises ``ContentError``.
    """
    units = {row.key: row.id for row in db.session.execute(select(Unit.key, Unit.id))}
    text = (folder / "indicators.yaml").read_text(encoding="utf-8")
    file = read_indicator_file(text, units=set(units), today=clock.local_day(now))
    tally: Tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        _bring_in(session, file, units, tally, now=now)
    return Synced(**tally)


def _bring_in(
    session: Session, file: IndicatorFile, units: dict[str, int], tally: Tally, *, now: datetime
) -> None:
    for position, (key, given) in enumerate(file.indicators.items(), start=1):
        facts = {**given, "responsible_id": units.get(given["responsible"]), "position": position}
        del facts["responsible"]
        put(session, Indicator, key, facts, tally)
    indicators = {one.key: one.id for one in session.scalars(select(Indicator))}
    for position, one in enumerate(file.series, start=1):
        facts = {**one.facts, "indicator_id": indicators[one.indicator], "position": position}
        series = put(session, ObservationSeries, one.key, facts, tally)
        _observe(session, series.id, one.observations, tally, now=now)


def put(session: Session, kind: type[Any], key: str, facts: Facts, tally: Tally) -> Any:
    """A row of ``kind`` has these facts from now on; counted as added, changed or unchanged."""
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


def _observe(
    session: Session, series_id: int, given: list[Facts], tally: Tally, *, now: datetime
) -> None:
    query = select(Observation).where(Observation.series_id == series_id).order_by(Observation.id)
    latest = {(one.period_from, one.as_of): one for one in session.scalars(query)}
    for facts in given:
        known = latest.get((facts["period_from"], facts["as_of"]))
        if known is not None and not _is_ours_and_differs(known, facts):
            if known.entered_by_id is None and known.replaced_at is None:
                # Read there once more: the value is the same one.
                known.taken_on = facts["taken_on"]
            tally["unchanged"] += 1
            continue
        if known is not None:
            known.replaced_at, known.replacement_reason = now, _MENDED
            # The index allows one standing value: the old one has to give way first.
            session.flush()
        session.add(Observation(series_id=series_id, entered_at=now, **facts))
        tally["changed" if known else "added"] += 1


def _is_ours_and_differs(known: Observation, facts: Facts) -> bool:
    """Whether a value came from the file, stands, and is not what the file says now."""
    is_ours = known.entered_by_id is None and known.replaced_at is None
    said = facts.keys() - {"taken_on"}
    return is_ours and any(getattr(known, name) != facts[name] for name in said)
