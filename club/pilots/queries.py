from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from club.db import db
from club.people.models import AudienceKind, Organisation, Person, SizeClass
from club.people.queries import has_words
from club.pilots.models import PilotMeasure, PilotOutcome, PilotPart, PilotProject
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


def people_in(project_id: int) -> list[PilotPart]:
    """Who is on the list of a project, by given name."""
    query = (
        select(PilotPart)
        .join(PilotPart.person)
        .where(PilotPart.project_id == project_id, PilotPart.removed_at.is_(None))
        .order_by(Person.sort_key, PilotPart.id)
        .options(contains_eager(PilotPart.person))
    )
    return list(db.session.scalars(query))


def part_by_public_id(public_id: UUID) -> PilotPart | None:
    query = select(PilotPart).where(PilotPart.public_id == public_id)
    return db.session.scalars(query.options(joinedload(PilotPart.person))).one_or_none()


def is_on_the_list(project_id: int, person_id: int) -> bool:
    query = select(PilotPart.id).where(
        PilotPart.project_id == project_id,
        PilotPart.person_id == person_id,
        PilotPart.removed_at.is_(None),
    )
    return db.session.scalars(query).first() is not None


def projects_with(person_id: int) -> list[PilotProject]:
    """On whose list the person stands, the latest begun first; none that was given up."""
    query = (
        select(PilotProject)
        .join(PilotPart, PilotPart.project_id == PilotProject.id)
        .where(
            PilotPart.person_id == person_id,
            PilotPart.removed_at.is_(None),
            PilotProject.outcome.is_distinct_from(PilotOutcome.ABANDONED),
        )
        .order_by(PilotProject.started_on.desc(), PilotProject.id.desc())
        .options(joinedload(PilotProject.organisation))
    )
    return list(db.session.scalars(query))


def measures_of(project_id: int) -> list[PilotMeasure]:
    """That stand, in the order of entering."""
    return measures_by_project([project_id])[project_id]


def measures_by_project(project_ids: Iterable[int]) -> dict[int, list[PilotMeasure]]:
    """``measures_of`` each of them."""
    query = select(PilotMeasure).where(
        PilotMeasure.project_id.in_(project_ids), PilotMeasure.removed_at.is_(None)
    )
    found: defaultdict[int, list[PilotMeasure]] = defaultdict(list)
    for measure in db.session.scalars(query.order_by(PilotMeasure.id)):
        found[measure.project_id].append(measure)
    return found


def measure_by_public_id(public_id: UUID) -> PilotMeasure | None:
    query = select(PilotMeasure).where(PilotMeasure.public_id == public_id)
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class Trial:
    """A pilot project and what it measured, in the order of entering."""

    project: PilotProject
    measures: list[PilotMeasure]


def trials_in(first: date, last: date) -> list[Trial]:
    """Those that were running on a day between the two, the latest begun first."""
    query = (
        select(PilotProject)
        .where(
            PilotProject.started_on <= last,
            PilotProject.ended_on.is_(None) | (PilotProject.ended_on >= first),
        )
        .order_by(PilotProject.started_on.desc(), PilotProject.id.desc())
        .options(joinedload(PilotProject.organisation))
    )
    running = list(db.session.scalars(query))
    measured = select(PilotMeasure).where(
        PilotMeasure.project_id.in_([project.id for project in running]),
        PilotMeasure.removed_at.is_(None),
    )
    found: defaultdict[int, list[PilotMeasure]] = defaultdict(list)
    for measure in db.session.scalars(measured.order_by(PilotMeasure.id)):
        found[measure.project_id].append(measure)
    return [Trial(project, found[project.id]) for project in running]


def projects_of(organisation_id: int) -> list[PilotProject]:
    """The latest begun first."""
    query = select(PilotProject).where(PilotProject.organisation_id == organisation_id)
    order = PilotProject.started_on.desc(), PilotProject.id.desc()
    return list(db.session.scalars(query.order_by(*order)))


def people_by_project(organisation_id: int) -> dict[int, list[PilotPart]]:
    """Who is on the lists of a firm's projects, by given name."""
    query = (
        select(PilotPart)
        .join(PilotPart.person)
        .join(PilotPart.project)
        .where(PilotProject.organisation_id == organisation_id, PilotPart.removed_at.is_(None))
        .order_by(Person.sort_key, PilotPart.id)
        .options(contains_eager(PilotPart.person))
    )
    found: defaultdict[int, list[PilotPart]] = defaultdict(list)
    for part in db.session.scalars(query):
        found[part.project_id].append(part)
    return found
