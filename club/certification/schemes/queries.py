from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from club.certification.models import CertificationScheme
from club.certification.schemes.models import (
    Requirement,
    SchemeLevel,
    SchemeVersion,
    VersionState,
)
from club.courses.models import Course
from club.db import db
from club.knowledge.models import Topic


@dataclass(frozen=True)
class SchemeRow:
    """A scheme with its versions, the newest first."""

    scheme: CertificationScheme
    versions: tuple[SchemeVersion, ...]


def is_latest(*states: VersionState, on: date) -> ColumnElement[bool]:
    """Of a ``SchemeVersion`` in a SELECT: whether it is the one that holds that day among those of
    its scheme in these states: of the latest first day that has come, the latest number.
    """
    other = aliased(SchemeVersion)
    comes_later = or_(
        other.valid_from > SchemeVersion.valid_from,
        and_(other.valid_from == SchemeVersion.valid_from, other.number > SchemeVersion.number),
    )
    return and_(
        SchemeVersion.state.in_(states),
        SchemeVersion.valid_from <= on,
        ~exists().where(
            other.scheme_id == SchemeVersion.scheme_id,
            other.state.in_(states),
            other.valid_from <= on,
            comes_later,
        ),
    )


def schemes_with_versions() -> list[SchemeRow]:
    schemes = db.session.scalars(select(CertificationScheme).order_by(CertificationScheme.position))
    found = db.session.scalars(select(SchemeVersion).order_by(SchemeVersion.number.desc()))
    of_scheme: dict[int, list[SchemeVersion]] = {}
    for version in found:
        of_scheme.setdefault(version.scheme_id, []).append(version)
    return [SchemeRow(one, tuple(of_scheme.get(one.id, ()))) for one in schemes]


def schemes_open_to_candidates() -> list[CertificationScheme]:
    """Those with a published version, whether it counts from today or a later day on."""
    published = select(SchemeVersion.scheme_id).where(SchemeVersion.state == VersionState.PUBLISHED)
    query = select(CertificationScheme).where(CertificationScheme.id.in_(published))
    return list(db.session.scalars(query.order_by(CertificationScheme.position)))


def version_of(key: str, number: int) -> SchemeVersion | None:
    """With its levels and everything they ask for."""
    query = (
        select(SchemeVersion)
        .join(SchemeVersion.scheme)
        .where(CertificationScheme.key == key, SchemeVersion.number == number)
    )
    return db.session.scalars(query.options(*_WHOLE)).one_or_none()


def version_to_start_on(key: str, *, on: date) -> SchemeVersion | None:
    """The newest published version of the scheme that candidates can start on that day, whole;
    else the first one that is published for a later day.
    """
    holds = SchemeVersion.valid_from <= on
    query = (
        select(SchemeVersion)
        .join(SchemeVersion.scheme)
        .where(CertificationScheme.key == key, SchemeVersion.state == VersionState.PUBLISHED)
        .order_by(
            holds.desc(),
            case((holds, SchemeVersion.valid_from)).desc(),
            SchemeVersion.valid_from,
            SchemeVersion.number.desc(),
        )
        .limit(1)
    )
    return db.session.scalars(query.options(*_WHOLE)).one_or_none()


def scheme_called(key: str) -> CertificationScheme | None:
    query = select(CertificationScheme).where(CertificationScheme.key == key)
    return db.session.scalars(query).one_or_none()


def keys_of_schemes() -> set[str]:
    return set(db.session.scalars(select(CertificationScheme.key)))


def last_position() -> int:
    return db.session.scalar(select(func.max(CertificationScheme.position))) or 0


def courses_by_code() -> dict[str, Course]:
    query = select(Course).order_by(Course.position)
    return {course.code: course for course in db.session.scalars(query)}


def topics_by_key() -> dict[str, Topic]:
    query = select(Topic).order_by(Topic.position)
    return {topic.key: topic for topic in db.session.scalars(query)}


_WHOLE = (
    joinedload(SchemeVersion.scheme),
    selectinload(SchemeVersion.levels).selectinload(SchemeLevel.requirements),
)


def level_in(version: SchemeVersion, key: str) -> SchemeLevel | None:
    return next((level for level in version.levels if level.key == key), None)


def requirement_in(level: SchemeLevel, key: str) -> Requirement | None:
    return next((asked for asked in level.requirements if asked.key == key), None)
