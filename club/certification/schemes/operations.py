"""Writing a version: drafts are changed, published once, and closed to new candidates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.certification.models import CertificationScheme
from club.certification.schemes import queries
from club.certification.schemes.doubts import doubts_of
from club.certification.schemes.facts import (
    RequirementFacts,
    SchemeFacts,
    VersionFacts,
    facts_of_level,
    facts_of_version,
)
from club.certification.schemes.models import (
    Deciding,
    Requirement,
    SchemeLevel,
    SchemeVersion,
    VersionState,
)
from club.certification.schemes.rules import (
    SchemeRefusal,
    problems_of_requirement,
    problems_of_version,
    refusal_to_change,
    refusal_to_close,
)
from club.certification.schemes.writing import new_draft
from club.db import transaction
from club.refusal import RefusedError
from club.vietnamese import slug

Row = TypeVar("Row", SchemeLevel, Requirement)


def add_scheme(facts: SchemeFacts, *, by: int, now: datetime) -> SchemeVersion:
    """A scheme with a first draft, which asks for nothing yet."""
    with transaction() as session:
        key = slug(facts.name).replace("-", "_")[:40]
        if not key:
            raise RefusedError(SchemeRefusal.NO_LETTERS, field="name")
        if key in queries.keys_of_schemes():
            raise RefusedError(SchemeRefusal.KEY_TAKEN, field="name")
        scheme = CertificationScheme(
            key=key,
            **vars(facts),
            bodies=[],
            levels=[],
            look_alike=[],
            counts_for_plan=False,
            position=queries.last_position() + 1,
            edited_at=now,
        )
        session.add(scheme)
        session.flush()
        decider = Deciding.ONE if facts.awarded_by_club else Deciding.BODY
        first = VersionFacts(label=str(now.year), deciding=decider)
        draft = new_draft(session, scheme.id, first, (), by=by, now=now)
        _note("certification.add_scheme", draft, by=by, now=now)
        return draft


def change_scheme(
    scheme_id: int, facts: SchemeFacts, *, seen: datetime | None, by: int, now: datetime
) -> None:
    """Its name and what is said about it. ``seen``: when it was last changed, as the change was
    begun. From then on the files of ``content/`` leave it alone.
    """
    with transaction() as session:
        scheme = session.get_one(CertificationScheme, scheme_id, with_for_update=True)
        if scheme.edited_at != seen:
            raise RefusedError(SchemeRefusal.CHANGED_MEANWHILE)
        for name, value in vars(facts).items():
            setattr(scheme, name, value)
        scheme.edited_at = now
        record(
            "certification.change_scheme", subject_kind="scheme", subject_id=scheme.key, by=by,
            now=now,
        )  # fmt: skip


def copy_version(version_id: int, *, by: int, now: datetime) -> SchemeVersion:
    """What a version says, as the next draft."""
    with transaction() as session:
        source = _locked(session, version_id)
        facts = facts_of_version(source)
        levels = [facts_of_level(level) for level in source.levels]
        draft = new_draft(session, source.scheme_id, facts, levels, by=by, now=now)
        draft.label = _free_label(session, source.scheme_id, facts.label)
        draft.valid_from, draft.copied_from_id = None, source.id
        session.flush()
        _note("certification.copy_version", draft, by=by, now=now)
        return draft


def change_version(
    version_id: int, facts: VersionFacts, *, seen: int, by: int, now: datetime
) -> None:
    """``seen``: the revision that the change was begun with."""
    with transaction() as session:
        version = _draft(session, version_id)
        if version.revision != seen:
            raise RefusedError(SchemeRefusal.CHANGED_MEANWHILE)
        _refuse(problems_of_version(facts))
        if facts.label != version.label and facts.label in _labels(session, version.scheme_id):
            raise RefusedError(SchemeRefusal.LABEL_TAKEN, field="label")
        for name, value in facts.columns().items():
            setattr(version, name, value)
        version.revision += 1
        _touch(version, by=by, now=now)


def add_level(version_id: int, name: str, name_en: str | None, *, by: int, now: datetime) -> str:
    """The key of the new level, the last in the version's order."""
    with transaction() as session:
        version = _draft(session, version_id)
        key = _free_key(name, [level.key for level in version.levels])
        version.levels.append(
            SchemeLevel(key=key, name=name, name_en=name_en, position=_after(version.levels))
        )
        _touch(version, by=by, now=now)
        return key


def rename_level(
    level_id: int, name: str, name_en: str | None, *, seen: int, by: int, now: datetime
) -> None:
    with transaction() as session:
        level = _to_change(session, SchemeLevel, level_id, seen)
        level.name, level.name_en = name, name_en
        _touch(level.version, by=by, now=now)


def remove_level(level_id: int, *, by: int, now: datetime) -> None:
    """With everything that it asks for."""
    with transaction() as session:
        level = _of_a_draft(session, SchemeLevel, level_id)
        for asked in level.requirements:
            session.delete(asked)
        session.flush()
        _touch(level.version, by=by, now=now)
        session.delete(level)


def add_requirement(level_id: int, facts: RequirementFacts, *, by: int, now: datetime) -> str:
    """The key of the new requirement, the last in the level's order."""
    with transaction() as session:
        level = _of_a_draft(session, SchemeLevel, level_id)
        _refuse(problems_of_requirement(facts))
        key = _free_key(facts.name, [asked.key for asked in level.requirements])
        level.requirements.append(
            Requirement(key=key, position=_after(level.requirements), **facts.columns())
        )
        _touch(level.version, by=by, now=now)
        return key


def change_requirement(
    requirement_id: int, facts: RequirementFacts, *, seen: int, by: int, now: datetime
) -> None:
    with transaction() as session:
        asked = _to_change(session, Requirement, requirement_id, seen)
        _refuse(problems_of_requirement(facts))
        for name, value in facts.columns().items():
            setattr(asked, name, value)
        _touch(asked.level.version, by=by, now=now)


def remove_requirement(requirement_id: int, *, by: int, now: datetime) -> None:
    with transaction() as session:
        asked = _of_a_draft(session, Requirement, requirement_id)
        _touch(asked.level.version, by=by, now=now)
        session.delete(asked)


def move_level_up(level_id: int, *, by: int, now: datetime) -> None:
    with transaction() as session:
        level = _of_a_draft(session, SchemeLevel, level_id)
        _move_up(level.version.levels, level)
        _touch(level.version, by=by, now=now)


def move_requirement_up(requirement_id: int, *, by: int, now: datetime) -> None:
    with transaction() as session:
        asked = _of_a_draft(session, Requirement, requirement_id)
        _move_up(asked.level.requirements, asked)
        _touch(asked.level.version, by=by, now=now)


def publish_version(version_id: int, *, by: int, now: datetime) -> None:
    """From then on it never changes. Doubts that do not forbid it are for whoever publishes."""
    with transaction() as session:
        version = _draft(session, version_id)
        forbidding = [kind for kind, _about in doubts_of(version) if kind.forbids]
        if forbidding:
            raise RefusedError(forbidding[0])
        version.state, version.published_at = VersionState.PUBLISHED, now
        version.published_by_id = by
        _note("certification.publish_version", version, by=by, now=now)


def close_version(version_id: int, *, by: int, now: datetime) -> None:
    """No candidate starts on it any more; those who did stay."""
    with transaction() as session:
        version = _locked(session, version_id)
        if refusal := refusal_to_close(version.state):
            raise RefusedError(refusal)
        version.state, version.closed_at, version.closed_by_id = VersionState.CLOSED, now, by
        _note("certification.close_version", version, by=by, now=now)


def _locked(session: Session, version_id: int) -> SchemeVersion:
    return session.get_one(SchemeVersion, version_id, with_for_update=True)


def _draft(session: Session, version_id: int) -> SchemeVersion:
    version = _locked(session, version_id)
    if refusal := refusal_to_change(version.state):
        raise RefusedError(refusal)
    return version


def _of_a_draft(session: Session, kind: type[Row], row_id: int) -> Row:
    row = session.get(kind, row_id)
    if row is None:
        raise RefusedError(SchemeRefusal.REMOVED_MEANWHILE)
    _draft(session, row.version_id if isinstance(row, SchemeLevel) else row.level.version_id)
    session.refresh(row)
    return row


def _to_change(session: Session, kind: type[Row], row_id: int, seen: int) -> Row:
    row = _of_a_draft(session, kind, row_id)
    if row.revision != seen:
        raise RefusedError(SchemeRefusal.CHANGED_MEANWHILE)
    row.revision += 1
    return row


def _refuse(problems: Iterable[tuple[SchemeRefusal, str]]) -> None:
    for refusal, field in problems:
        raise RefusedError(refusal, field=field)


def _touch(version: SchemeVersion, *, by: int, now: datetime) -> None:
    version.changed_at, version.changed_by_id = now, by


def _after(rows: Sequence[SchemeLevel | Requirement]) -> int:
    return max((row.position for row in rows), default=0) + 1


def _move_up(rows: Iterable[SchemeLevel | Requirement], row: SchemeLevel | Requirement) -> None:
    """Before the one above it; positions that two share are told apart by the way."""
    order = [*rows]
    place = order.index(row)
    if place:
        order[place - 1 : place + 1] = [order[place], order[place - 1]]
    for position, one in enumerate(order, start=1):
        one.position = position


def _free_key(name: str, taken: Iterable[str]) -> str:
    stem = slug(name).replace("-", "_")[:60] or "x"
    return _first_free(lambda n: stem if n == 1 else f"{stem}_{n}", taken)


def _free_label(session: Session, scheme_id: int, label: str) -> str:
    return _first_free(lambda n: f"{label}-{n}" if n > 1 else label, _labels(session, scheme_id))


def _first_free(name: Callable[[int], str], taken: Iterable[str]) -> str:
    known = set(taken)
    return next(name(n) for n in range(1, len(known) + 2) if name(n) not in known)


def _labels(session: Session, scheme_id: int) -> set[str]:
    query = select(SchemeVersion.label).where(SchemeVersion.scheme_id == scheme_id)
    return set(session.scalars(query))


def _note(action: str, version: SchemeVersion, *, by: int, now: datetime) -> None:
    record(action, subject_kind="scheme_version", subject_id=version.id, by=by, now=now)
