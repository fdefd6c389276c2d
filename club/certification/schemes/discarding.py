"""Throwing a draft away."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.certification.schemes.models import SchemeVersion, VersionState
from club.certification.schemes.rules import refusal_to_discard
from club.db import transaction
from club.refusal import RefusedError


def discard_draft(version_id: int, *, by: int, now: datetime) -> None:
    """With its levels and what they ask for. Nothing was ever begun on a draft."""
    with transaction() as session:
        draft = session.get_one(SchemeVersion, version_id, with_for_update=True)
        refusal = refusal_to_discard(
            draft.state,
            is_only_version=not _exists(
                session, SchemeVersion.scheme_id == draft.scheme_id, SchemeVersion.id != draft.id
            ),
            was_copied=_exists(
                session,
                SchemeVersion.copied_from_id == draft.id,
                SchemeVersion.state != VersionState.DRAFT,
            ),
        )
        if refusal:
            raise RefusedError(refusal)
        copies = update(SchemeVersion).where(SchemeVersion.copied_from_id == draft.id)
        session.execute(copies.values(copied_from_id=None))
        for level in draft.levels:
            for asked in level.requirements:
                session.delete(asked)
        session.flush()
        for level in draft.levels:
            session.delete(level)
        session.flush()
        session.delete(draft)
        record(
            "certification.discard_draft",
            subject_kind="scheme",
            subject_id=draft.scheme.key,
            by=by,
            now=now,
            detail={"version": draft.label},
        )


def _exists(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))
