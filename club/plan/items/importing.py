"""Brings ``content/plan/items.yaml`` in, once the units and the plan's own text are there."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db import transaction
from club.files.content_error import ContentError, Fault
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.indicators.importing import put
from club.knowledge.library.models import Document
from club.plan.items.counting import Counted
from club.plan.items.models import BodyRole, HowOften, ItemKind, PlanBody, PlanItem, PlanRole
from club.plan.items.part_importing import give_parts, parts_in
from club.units.models import Unit

_FILE = "plan/items.yaml"
_ROLES = {
    "lead": BodyRole.LEADS,
    "lead_inferred": BodyRole.LEADS_INFERRED,
    "supports": BodyRole.SUPPORTS,
    "receives": BodyRole.RECEIVES,
}
Row = dict[str, Any]


def sync_items(folder: Path, *, now: datetime) -> Synced:
    """Add and mend what the file says; harmless to repeat.

    Raises ``ContentError`` where its lines are not those of the document, or a part of a line is
    not in its words.
    """
    given = read_yaml(folder / _FILE)
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        document = session.scalars(select(Document).where(Document.slug == given["document"])).one()
        _compare(document, given["items"])
        parts = parts_in(_FILE, given["items"], {one.line: one.words for one in document.lines})
        bodies = _bodies(session, given["bodies"])
        known: dict[str, PlanItem] = {}
        for position, row in enumerate(given["items"], start=1):
            facts = _facts(row) | {"document_id": document.id, "position": position}
            facts["below_id"] = known[row["below"]].id if "below" in row else None
            counted: dict[str, int] = dict.fromkeys(tally, 0)
            item = known[row["line"]] = put(session, PlanItem, row["line"], facts, counted)
            # A line is its roles and parts as well.
            others = [
                _give_roles(item, row, bodies),
                give_parts(session, item, parts.get(row["line"], []), now=now),
            ]
            if any(others) and counted["unchanged"]:
                counted = {"added": 0, "changed": 1, "unchanged": 0}
            tally = {how: tally[how] + counted[how] for how in tally}
    return Synced(**tally)


def _compare(document: Document, rows: list[Row]) -> None:
    wanted = [line.line for line in document.lines if not line.heading]
    found = [row["line"] for row in rows]
    if found != wanted:
        odd = ", ".join(sorted(set(found) ^ set(wanted))) or "their order"
        raise ContentError([Fault(_FILE, None, "items", f"are not the lines of the text: {odd}")])


def _bodies(session: Session, rows: list[Row]) -> dict[str, PlanBody]:
    units = {unit.key: unit.id for unit in session.scalars(select(Unit))}
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    return {
        row["key"]: put(
            session,
            PlanBody,
            row["key"],
            {
                "unit_id": units[row["unit"]] if "unit" in row else None,
                "name": row.get("vi"),
                "name_en": row.get("en"),
            },
            tally,
        )
        for row in rows
    }


def _facts(row: Row) -> Row:
    return {
        "kind": ItemKind(row["kind"]),
        "by_year": row.get("by"),
        "by_note": row.get("by_note", {}).get("vi"),
        "by_note_en": row.get("by_note", {}).get("en"),
        "how_often": [HowOften(one).value for one in row.get("how_often", [])],
        "counts": [Counted(one).value for one in row.get("counts", [])],
        "answer": row.get("answer", {}).get("vi"),
        "answer_en": row.get("answer", {}).get("en"),
    }


def _give_roles(item: PlanItem, row: Row, bodies: dict[str, PlanBody]) -> bool:
    """Whether somebody else does it now, or in another way."""
    wanted = [(bodies[key].id, role) for name, role in _ROLES.items() for key in row.get(name, [])]
    if [(one.body_id, one.role) for one in item.roles] == wanted:
        return False
    item.roles = [
        PlanRole(body_id=body, role=role, position=position)
        for position, (body, role) in enumerate(wanted, start=1)
    ]
    return True
