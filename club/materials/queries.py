import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.readers import READERS
from club.courses.models import Run, RunState, RunTrainer
from club.db import db
from club.materials.models import Material, MaterialDownloads, MaterialVersion, Visibility
from club.outbox.telling import Reader
from club.people.models import Person
from club.records.attendance.models import WalkIn
from club.registration.models import Registration, RegistrationState


@dataclass(frozen=True)
class Shelf:
    """Where materials lie: with a run, or with a course. One of the two is named."""

    run_id: int | None = None
    course_id: int | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        if self.run_id is not None:
            return Material.run_id == self.run_id
        return Material.course_id == self.course_id


def shelf_of(material: Material) -> Shelf:
    return Shelf(material.run_id, material.course_id)


@dataclass(frozen=True)
class MaterialRow:
    """A line of a list: the material, its present version, and how often that was fetched."""

    material: Material
    version: MaterialVersion
    downloads: int = 0


def materials_on(shelf: Shelf) -> list[MaterialRow]:
    """All of them in order, those taken down with them, with the downloads of all versions."""
    fetched = (
        select(func.coalesce(func.sum(MaterialDownloads.downloads), 0))
        .join(MaterialVersion, MaterialVersion.id == MaterialDownloads.version_id)
        .where(MaterialVersion.material_id == Material.id)
        .correlate(Material)
        .scalar_subquery()
    )
    query = _PRESENT.add_columns(fetched).where(shelf.condition)
    return [MaterialRow(*row) for row in db.session.execute(query)]


def shown_to_run(run_id: int) -> list[MaterialRow]:
    """What is not taken down of a run, then of its course."""
    return _rows(_SHOWN_TO_RUN, run_id)


def shown_to_course(course_id: int) -> list[MaterialRow]:
    """What is not taken down of a course itself."""
    return _rows(_SHOWN_TO_COURSE, course_id)


def _rows(shown: Select[Material, MaterialVersion], place_id: int) -> list[MaterialRow]:
    return [MaterialRow(*row) for row in db.session.execute(shown, {"place": place_id})]


_PRESENT = (
    select(Material, MaterialVersion)
    .join(
        MaterialVersion,
        and_(
            MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version
        ),
    )
    .options(joinedload(MaterialVersion.file))
    .order_by(Material.run_id.is_(None), Material.position, Material.id)
)
_PLACE: BindParameter[int] = bindparam("place")
_ON_SHOW = _PRESENT.where(Material.removed_at.is_(None))
_ITS_COURSE = select(Run.course_id).where(Run.id == _PLACE).scalar_subquery()
#: Built once: every page of a run asks, and most have nothing to show.
_SHOWN_TO_RUN = _ON_SHOW.where(or_(Material.run_id == _PLACE, Material.course_id == _ITS_COURSE))
_SHOWN_TO_COURSE = _ON_SHOW.where(Material.course_id == _PLACE)


def material_by_public_id(public_id: uuid.UUID) -> Material | None:
    """With its versions and their files, and the run or the course it belongs to."""
    query = (
        select(Material)
        .where(Material.public_id == public_id)
        .options(
            joinedload(Material.run).joinedload(Run.course),
            joinedload(Material.run).selectinload(Run.trainers),
            joinedload(Material.course),
            selectinload(Material.versions).joinedload(MaterialVersion.file),
        )
    )
    return db.session.scalars(query).one_or_none()


def downloads_of(material: Material) -> dict[int, int]:
    """How often each version was fetched, by its number."""
    query = (
        select(MaterialVersion.number, func.sum(MaterialDownloads.downloads))
        .join(MaterialDownloads, MaterialDownloads.version_id == MaterialVersion.id)
        .where(MaterialVersion.material_id == material.id)
        .group_by(MaterialVersion.number)
    )
    return {number: int(fetched) for number, fetched in db.session.execute(query)}


def teaches_course(person_id: int, course_id: int) -> bool:
    """Whether somebody is named as trainer of any run of a course."""
    query = select(
        exists().where(
            RunTrainer.person_id == person_id,
            RunTrainer.run_id == Run.id,
            Run.course_id == course_id,
        )
    )
    return bool(db.session.scalar(query))


@dataclass(frozen=True)
class PartTaken:
    """What somebody has to do with a run or with the runs of a course."""

    takes_part: bool
    took_part: bool


def part_taken(person_id: int, shelf: Shelf, *, now: datetime) -> PartTaken:
    of_shelf = Run.id == shelf.run_id if shelf.run_id else Run.course_id == shelf.course_id
    query = (
        select(func.count(), func.count().filter(_is_over(now)))
        .select_from(Run)
        .where(of_shelf, or_(_has_place(person_id), _walked_in(person_id)))
    )
    runs, over = db.session.execute(query).one()
    return PartTaken(takes_part=runs > 0, took_part=over > 0)


def _is_over(now: datetime) -> ColumnElement[bool]:
    """Held, and at its end: what is for afterwards may be read."""
    return and_(Run.state.in_((RunState.PUBLISHED, RunState.CLOSED)), Run.ends_at <= now)


def _has_place(person_id: int) -> ColumnElement[bool]:
    return exists().where(
        Registration.run_id == Run.id,
        Registration.person_id == person_id,
        Registration.state == RegistrationState.CONFIRMED,
    )


def _walked_in(person_id: int) -> ColumnElement[bool]:
    return exists().where(WalkIn.run_id == Run.id, WalkIn.person_id == person_id)


def participants_to_tell(material: Material, *, now: datetime) -> list[Reader]:
    """Who takes part and may read it: in its run; in runs of its course that are not over.

    What is for afterwards is told only of a run that is over.
    """
    if material.run_id is not None:
        runs = select(Run.id).where(Run.id == material.run_id)
    else:
        runs = select(Run.id).where(Run.course_id == material.course_id, Run.ends_at > now)
    if material.visibility is Visibility.PARTICIPANTS_AFTER:
        runs = runs.where(_is_over(now))
    return _participants(runs)


def participants_of(run_id: int) -> list[Reader]:
    """Who took part in a run."""
    return _participants(select(Run.id).where(Run.id == run_id))


def opened_lately(*, since: datetime, now: datetime) -> dict[Run, Material]:
    """Runs that have come to their end since then, each with the first of the materials that
    had waited for it.
    """
    query = (
        select(Run, Material)
        .join(Material, or_(Material.run_id == Run.id, Material.course_id == Run.course_id))
        .where(
            _is_over(now),
            Run.ends_at > since,
            Material.visibility == Visibility.PARTICIPANTS_AFTER,
            Material.removed_at.is_(None),
            Material.created_at < Run.ends_at,
        )
        .order_by(Run.ends_at, Run.id, Material.run_id.is_(None), Material.position, Material.id)
        .options(joinedload(Run.course))
    )
    found: dict[Run, Material] = {}
    for run, material in db.session.execute(query):
        found.setdefault(run, material)
    return found


def _participants(runs: Select[int]) -> list[Reader]:
    people = union(
        select(Registration.person_id).where(
            Registration.run_id.in_(runs), Registration.state == RegistrationState.CONFIRMED
        ),
        select(WalkIn.person_id).where(WalkIn.run_id.in_(runs)),
    )
    found = db.session.execute(READERS.where(Person.id.in_(people)).order_by(Person.id))
    return [Reader(*row) for row in found]
