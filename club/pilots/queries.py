from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from club.db import db
from club.people.models import AudienceKind, Organisation, SizeClass
from club.people.queries import has_words
from club.pilots.models import PilotOutcome, PilotProject
from club.pilots.rules import firms_on
from club.vietnamese import folded


@dataclass(frozen=True)
class ProjectSpan:
    """What the figure needs of a project."""

    organisation_id: int
    size_class: SizeClass
    started_on: date
    ended_on: date | None
    outcome: PilotOutcome | None


def projects() -> list[PilotProject]:
    """All of them, the latest begun first."""
    query = select(PilotProject).options(joinedload(PilotProject.organisation))
    order = PilotProject.started_on.desc(), PilotProject.id.desc()
    return list(db.session.scalars(query.order_by(*order)))


def project_by_public_id(public_id: UUID) -> PilotProject | None:
    query = select(PilotProject).where(PilotProject.public_id == public_id)
    return db.session.scalars(query.options(joinedload(PilotProject.organisation))).one_or_none()


def title_taken(organisation_id: int, title: str, *, but: int | None = None) -> bool:
    query = select(PilotProject.title).where(PilotProject.organisation_id == organisation_id)
    if but is not None:
        query = query.where(PilotProject.id != but)
    return folded(title) in {folded(known) for known in db.session.scalars(query)}


def enterprises_matching(text: str, *, limit: int = 20) -> list[Organisation]:
    """Enterprises whose name has every typed word in it, with or without marks."""
    words = has_words(Organisation.search_key, text)
    if not words:
        return []
    query = select(Organisation).where(Organisation.kind == AudienceKind.ENTERPRISE, *words)
    return list(db.session.scalars(query.order_by(Organisation.sort_key).limit(limit)))


def pilot_firms_on_days(days: Iterable[date]) -> dict[date, int]:
    """For each day, the distinct small and medium-sized firms with a project that counts."""
    columns = (
        PilotProject.organisation_id,
        PilotProject.size_class,
        PilotProject.started_on,
        PilotProject.ended_on,
        PilotProject.outcome,
    )
    spans = [ProjectSpan(*row) for row in db.session.execute(select(*columns))]
    return {day: firms_on(spans, day) for day in days}


def pilot_firms_on(day: date) -> int:
    return pilot_firms_on_days([day])[day]
