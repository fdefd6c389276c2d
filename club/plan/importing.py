"""Brings ``content/plan.yaml`` in: the plan's targets, once what is measured for them is there."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.indicators.importing import put
from club.indicators.models import Indicator
from club.plan.models import PlanTarget, TargetKind


def sync_plan(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  as all syncs
    """Add and mend what ``folder/plan.yaml`` says; harmless to repeat."""
    given = read_yaml(folder / "plan.yaml")
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        indicators = {one.key: one.id for one in session.scalars(select(Indicator))}
        for position, row in enumerate(given["targets"], start=1):
            facts = _target_facts(row, given["plan"])
            facts |= {"indicator_id": indicators[row["indicator"]], "position": position}
            put(session, PlanTarget, row["key"], facts, tally)
    return Synced(**tally)


def _target_facts(row: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    return {
        "by_year": row["by"],
        "begins_on": plan["begins"],
        "kind": TargetKind(row["kind"]),
        "words": row["words"]["vi"],
        "words_en": row["words"]["en"],
        "short": row["short"]["vi"],
        "short_en": row["short"]["en"],
        "op": row["op"],
        "value": None if row["value"] is None else Decimal(str(row["value"])),
        "line": row["line"],
        "document": plan["document"]["vi"],
        "document_en": plan["document"]["en"],
    }
