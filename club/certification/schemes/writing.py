"""Rows of a version from its facts; whoever calls it holds the transaction."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from club.certification.schemes.facts import LevelFacts, VersionFacts
from club.certification.schemes.models import Requirement, SchemeLevel, SchemeVersion


def new_draft(
    session: Session,
    scheme_id: int,
    version: VersionFacts,
    levels: Iterable[LevelFacts],
    *,
    by: int | None,
    now: datetime,
) -> SchemeVersion:
    """The next version of the scheme, as a draft."""
    highest = select(func.coalesce(func.max(SchemeVersion.number), 0))
    number = session.scalars(highest.where(SchemeVersion.scheme_id == scheme_id)).one() + 1
    draft = SchemeVersion(
        scheme_id=scheme_id,
        number=number,
        **version.columns(),
        created_at=now,
        created_by_id=by,
        changed_at=now,
        changed_by_id=by,
    )
    draft.levels = levels_from(levels)
    session.add(draft)
    session.flush()
    return draft


def levels_from(levels: Iterable[LevelFacts]) -> list[SchemeLevel]:
    return [
        SchemeLevel(
            key=level.key,
            name=level.name,
            name_en=level.name_en,
            position=position,
            requirements=[
                Requirement(key=key, position=place, **asked.columns())
                for place, (key, asked) in enumerate(level.requirements.items(), start=1)
            ],
        )
        for position, level in enumerate(levels, start=1)
    ]
