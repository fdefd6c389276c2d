"""Brings ``content/units.yaml`` in. The file never takes back what staff decided since:
its words follow the file, its dates are only filled in where none is known.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.units.models import Unit, UnitKind, UnitSuccession


def sync_units(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  one shape for all rooms
    """Add and mend the units and successions of ``folder/units.yaml``; harmless to repeat."""
    given = read_yaml(folder / "units.yaml")
    with transaction() as session:
        known = {unit.key: unit for unit in session.scalars(select(Unit))}
        tally = {"added": 0, "changed": 0, "unchanged": 0}
        for row in given["units"]:
            unit = known.get(row["key"])
            if unit is None:
                unit = Unit(key=row["key"], kind=UnitKind(row["kind"]), name=row["name"])
                session.add(unit)
                known[unit.key] = unit
                _describe(unit, row, given)
                tally["added"] += 1
            else:
                tally["changed" if _describe(unit, row, given) else "unchanged"] += 1
        session.flush()
        for row in given["successions"]:
            pair = known[row["from"]], known[row["to"]]
            tally[_link(*pair, row, given["sources"][row["source"]])] += 1
        return Synced(**tally)


def _describe(unit: Unit, row: dict[str, Any], given: dict[str, Any]) -> bool:
    """Whether anything about the unit was changed."""
    note = row.get("note") or {}
    note = given["notes"][note] if isinstance(note, str) else note
    facts = {
        "kind": UnitKind(row["kind"]),
        "name": row["name"],
        "name_en": row.get("name_en"),
        "official_code": row.get("code"),
        "source": given["sources"][row["source"]].strip(),
        "note": note.get("vi"),
        "note_en": note.get("en"),
        "valid_from": unit.valid_from or row.get("from"),
        "valid_to": unit.valid_to or row.get("to"),
    }
    changed = {name: value for name, value in facts.items() if getattr(unit, name) != value}
    for name, value in changed.items():
        setattr(unit, name, value)
    return bool(changed)


def _link(predecessor: Unit, successor: Unit, row: dict[str, Any], source: str) -> str:
    """The link is added once; staff may since have said more about it."""
    if any(link.successor_id == successor.id for link in predecessor.successions):
        return "unchanged"
    predecessor.successions.append(
        UnitSuccession(
            successor=successor,
            on_day=row["since"],
            in_part=row.get("in_part", False),
            source=source.strip(),
        )
    )
    return "added"
