"""Brings ``content/schemes.yaml`` in: the schemes under which experts are certified."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from club.certification.models import CertificationScheme
from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced


def sync_schemes(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  one shape for all rooms
    """Add and mend the schemes of ``folder/schemes.yaml``; harmless to repeat. What staff changed
    in the browser stays as they left it.
    """
    given = read_yaml(folder / "schemes.yaml")["schemes"]
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        known = {scheme.key: scheme for scheme in session.scalars(select(CertificationScheme))}
        for position, row in enumerate(given, start=1):
            facts = {**_facts(row), "position": position}
            scheme = known.get(row["key"])
            if scheme is None:
                session.add(CertificationScheme(key=row["key"], **facts))
                tally["added"] += 1
            else:
                differing = {n: v for n, v in facts.items() if getattr(scheme, n) != v}
                changed = {} if scheme.edited_at else differing
                for name, value in changed.items():
                    setattr(scheme, name, value)
                tally["changed" if changed else "unchanged"] += 1
    return Synced(**tally)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    note = row.get("note") or {}
    return {
        "name": row["name"]["vi"],
        "name_en": row["name"]["en"],
        "standard": row["standard"],
        "bodies": row.get("bodies", []),
        "levels": row.get("levels", []),
        "counts_for_plan": row["counts_for_plan"],
        "awarded_by_club": row.get("awarded_by_club", False),
        "look_alike": row.get("look_alike", []),
        "note": note.get("vi"),
        "note_en": note.get("en"),
        "source": row["source"],
    }
