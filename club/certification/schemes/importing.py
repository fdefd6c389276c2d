"""Brings the versions of ``content/schemes/`` in: all files or, where one has a fault, none."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from club import clock
from club.certification.models import CertificationScheme
from club.certification.schemes.models import SchemeVersion, VersionState
from club.certification.schemes.version_file import VersionFile, read_version_file
from club.certification.schemes.writing import new_draft
from club.db import db, transaction
from club.files.content_error import ContentError, Fault
from club.files.synced import SyncedWithNews


def sync_versions(folder: Path, *, now: datetime) -> SyncedWithNews:
    """Harmless to repeat. A version that is new is published from today on. A file that says
    something else than before makes a new draft, for a coordinator to look at: what is published
    never changes. Raises ``ContentError`` with every fault of every file.
    """
    files = _checked(folder)
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    told = []
    with transaction() as session:
        schemes = {one.key: one.id for one in session.scalars(select(CertificationScheme))}
        for file in files:
            known = _brought_in_before(session, schemes[file.scheme])
            if file.digest in {version.content_hash for version in known}:
                tally["unchanged"] += 1
                continue
            draft = new_draft(
                session, schemes[file.scheme], file.version, file.levels, by=None, now=now
            )
            draft.content_hash = file.digest
            if any(version.label == draft.label for version in known):
                tally["changed"] += 1
                told.append(f"{file.path} says something else now: look at draft {draft.number}")
            else:
                _publish(draft, now=now)
                tally["added"] += 1
    return SyncedWithNews(**tally, told=tuple(told))


def _checked(folder: Path) -> list[VersionFile]:
    known = select(CertificationScheme.key, CertificationScheme.awarded_by_club)
    schemes = dict(db.session.execute(known).all())
    files: list[VersionFile] = []
    faults: list[Fault] = []
    for path in sorted((folder / "schemes").glob("*.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        file, wrong = read_version_file(f"schemes/{path.name}", text, schemes=schemes)
        others = {(other.scheme, other.version.label) for other in files}
        if file.scheme and (file.scheme, file.version.label) in others:
            wrong.append(Fault(file.path, None, "label", "another file has this version"))
        files.append(file)
        faults += wrong
    if faults:
        raise ContentError(faults)
    return files


def _brought_in_before(session: Session, scheme_id: int) -> list[SchemeVersion]:
    query = select(SchemeVersion).where(
        SchemeVersion.scheme_id == scheme_id, SchemeVersion.content_hash.is_not(None)
    )
    return list(session.scalars(query))


def _publish(version: SchemeVersion, *, now: datetime) -> None:
    version.state = VersionState.PUBLISHED
    version.valid_from, version.published_at = clock.local_day(now), now
