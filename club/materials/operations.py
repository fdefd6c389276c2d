"""What trainers and coordinators do with materials. Each public function is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.courses.locking import lock
from club.courses.models import Course, Run
from club.db import db, transaction
from club.files.receiving import ReceivedFile, add_file
from club.materials import rules
from club.materials.letters import tell_participants
from club.materials.models import (
    Material,
    MaterialDownloads,
    MaterialKind,
    MaterialVersion,
    Visibility,
)
from club.materials.queries import Shelf, shelf_of
from club.refusal import RefusedError


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Content:
    """What a version consists of: one of the three."""

    file: ReceivedFile | None = None
    link: str | None = None
    body: str | None = None

    @property
    def kind(self) -> MaterialKind:
        if self.file:
            return MaterialKind.FILE
        return MaterialKind.LINK if self.link else MaterialKind.PAGE


@dataclass(frozen=True)
class MaterialFacts:
    title: str
    visibility: Visibility


def publish(
    place: Run | Course, facts: MaterialFacts, content: Content, *, by: int, now: datetime
) -> Material:
    """A new material at the end of the list; participants who may read it are told."""
    with transaction() as session:
        lock(session, place)
        _refuse(_refusal_of(content), content.kind)
        shelf = _shelf(place)
        material = Material(
            run_id=shelf.run_id,
            course_id=shelf.course_id,
            kind=content.kind,
            position=_last_position(session, shelf) + 1,
            version=1,
            created_at=now,
            **vars(facts),
        )
        session.add(material)
        version = _add(session, material, content, note=None, by=by, now=now)
        _write_down("publish", material, by=by, now=now)
        tell_participants(material, version, now=now)
        return material


def publish_version(
    material_id: int,
    content: Content,
    *,
    note: str | None = None,
    seen: int | None = None,
    by: int,
    now: datetime,
) -> MaterialVersion:
    """Another content under the same title; the one before stays on record.

    ``seen``: the number of the version that the author saw.
    """
    with transaction() as session:
        material = _held(session, material_id)
        _refuse(rules.refusal_of_version(material, seen=seen), content.kind)
        _refuse(_refusal_of(content), content.kind)
        if _says_the_same(_present(session, material), content):
            _refuse(rules.MaterialRefusal.UNCHANGED, content.kind)
        material.version += 1
        version = _add(session, material, content, note=note, by=by, now=now)
        _write_down("new_version", material, by=by, now=now, number=version.number)
        tell_participants(material, version, now=now)
        return version


def change(material_id: int, facts: MaterialFacts, *, by: int, now: datetime) -> Material:
    """Another title, or other readers."""
    with transaction() as session:
        material = _held(session, material_id)
        if not material.is_shown:
            raise RefusedError(rules.MaterialRefusal.TAKEN_DOWN)
        before = MaterialFacts(material.title, material.visibility)
        if before == facts:
            return material
        material.title, material.visibility = facts.title, facts.visibility
        told = {"before": _in_the_log(before), "after": _in_the_log(facts)}
        _write_down("change", material, by=by, now=now, **told)
        return material


def move(material_id: int, direction: Direction, *, by: int, now: datetime) -> None:
    """Change places with the neighbour that readers see; at the end of the list nothing."""
    with transaction() as session:
        material = _held(session, material_id)
        shown = list(
            session.scalars(
                select(Material)
                .where(shelf_of(material).condition, Material.removed_at.is_(None))
                .order_by(Material.position, Material.id)
            )
        )
        if material not in shown:
            raise RefusedError(rules.MaterialRefusal.TAKEN_DOWN)
        at = shown.index(material)
        other = at - 1 if direction is Direction.UP else at + 1
        if 0 <= other < len(shown):
            neighbour = shown[other]
            material.position, neighbour.position = neighbour.position, material.position
            _write_down("move", material, by=by, now=now)


def take_down(material_id: int, *, by: int, now: datetime) -> None:
    """Readers no longer find it; it stays on record and can be put back."""
    with transaction() as session:
        material = _held(session, material_id)
        if material.is_shown:
            material.removed_at = now
            _write_down("take_down", material, by=by, now=now)


def put_back(material_id: int, *, by: int, now: datetime) -> None:
    with transaction() as session:
        material = _held(session, material_id)
        if not material.is_shown:
            material.removed_at = None
            _write_down("put_back", material, by=by, now=now)


_DOWNLOADS = cast("Table", MaterialDownloads.__table__)
_FIRST = {"version_id": bindparam("version"), "day": bindparam("on_day"), "downloads": 1}
_ONE_MORE: dict[str, Any] = {
    "index_elements": ["version_id", "day"],
    "set_": {"downloads": _DOWNLOADS.c.downloads + 1},
}
_COUNT = {
    "postgresql": postgresql.insert(_DOWNLOADS).values(_FIRST).on_conflict_do_update(**_ONE_MORE),
    "sqlite": sqlite.insert(_DOWNLOADS).values(_FIRST).on_conflict_do_update(**_ONE_MORE),
}


def count_download(version_id: int, *, day: date) -> None:
    """One more; two at once are two more."""
    with transaction() as session:
        counted = {"version": version_id, "on_day": day}
        session.execute(_COUNT[db.engine.dialect.name], counted)


def _shelf(place: Run | Course) -> Shelf:
    return Shelf(run_id=place.id) if isinstance(place, Run) else Shelf(course_id=place.id)


def _held(session: Session, material_id: int) -> Material:
    """The material, while nobody else changes it or its list."""
    material = session.get_one(Material, material_id)
    place = material.run or material.course
    assert place
    lock(session, place)
    return session.get_one(Material, material_id)


def _present(session: Session, material: Material) -> MaterialVersion:
    return session.scalars(
        select(MaterialVersion).where(
            MaterialVersion.material_id == material.id, MaterialVersion.number == material.version
        )
    ).one()


def _last_position(session: Session, shelf: Shelf) -> int:
    found = session.scalar(select(func.max(Material.position)).where(shelf.condition))
    return found or 0


def _add(
    session: Session,
    material: Material,
    content: Content,
    *,
    note: str | None,
    by: int,
    now: datetime,
) -> MaterialVersion:
    version = MaterialVersion(
        material=material,
        number=material.version,
        note=note,
        file=add_file(content.file, by=by, now=now) if content.file else None,
        link=content.link,
        body=content.body,
        published_at=now,
        published_by_id=by,
    )
    session.add(version)
    session.flush()
    return version


def _refusal_of(content: Content) -> rules.MaterialRefusal | None:
    return rules.refusal_of_link(content.link) if content.link else None


def _refuse(refusal: rules.MaterialRefusal | None, kind: MaterialKind) -> None:
    if refusal is rules.MaterialRefusal.UNCHANGED:
        raise RefusedError(refusal, field=rules.CONTENT_FIELDS[kind])
    if refusal:
        raise RefusedError(refusal, field=rules.FIELDS.get(refusal))


def _says_the_same(version: MaterialVersion, content: Content) -> bool:
    if version.file and content.file:
        return version.file.sha256 == content.file.sha256
    return (version.link, version.body) == (content.link, content.body)


def _in_the_log(facts: MaterialFacts) -> dict[str, str]:
    return {"title": facts.title, "visibility": facts.visibility.value}


def _write_down(action: str, material: Material, *, by: int, now: datetime, **detail: Any) -> None:
    record(
        f"materials.{action}",
        subject_kind="material",
        subject_id=material.public_id,
        by=by,
        now=now,
        detail={"title": material.title, **detail},
    )
