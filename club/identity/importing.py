"""Brings ``content/club.yaml`` in. A version that is stored already is never changed."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from club.db import transaction
from club.files.plain_yaml import read_yaml
from club.files.synced import Synced
from club.identity.models import ClubProfile
from club.units import queries as units


def sync_club(folder: Path, *, now: datetime) -> Synced:
    """Add the versions of ``folder/club.yaml`` whose day has none yet; harmless to repeat."""
    given = read_yaml(folder / "club.yaml")["profiles"]
    with transaction() as session:
        known = set(session.scalars(select(ClubProfile.valid_from)))
        missing = [row for row in given if row["from"] not in known]
        for row in missing:
            owner = units.unit_by_key(row["owner"]) if row.get("owner") else None
            session.add(
                ClubProfile(
                    valid_from=row["from"],
                    name=row["name"],
                    name_en=row["name_en"],
                    short_name=row["short_name"],
                    short_name_en=row["short_name_en"],
                    owner=owner,
                    founding_text=row["founding_text"].strip(),
                    founding_text_en=row["founding_text_en"].strip(),
                    contact_email=row.get("email"),
                    contact_phone=row.get("phone"),
                    contact_address=row.get("address"),
                    changed_at=now,
                    reason=row.get("reason"),
                )
            )
        return Synced(added=len(missing), changed=0, unchanged=len(given) - len(missing))
