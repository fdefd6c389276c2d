from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from club.db import db
from club.knowledge.library.models import Document, DocumentLine
from club.knowledge.library.parting import addresses_of
from club.knowledge.library.queries import document_by_slug
from club.plan.items.counting import figures_on
from club.plan.items.models import (
    PlanAssignment,
    PlanBody,
    PlanItem,
    PlanProof,
    PlanRole,
    PlanStep,
    Written,
)
from club.plan.items.rules import LineTarget
from club.plan.items.standings import ItemStanding, Known, PlanTree, Section, standing_of
from club.plan.queries import target_standings


def plan_tree(*, on: date) -> PlanTree | None:
    """The whole plan in its own order, as it stands on a day; as many statements on any day."""
    items = db.session.scalars(_items()).all()
    if not items:
        return None
    document = document_by_slug(items[0].document.slug)
    assert document
    standings = {one.item.key: one for one in _standings(items, document, on=on)}
    sections = [Section(None, [])]
    for line in document.lines:
        if line.heading:
            sections.append(Section(line, []))
        elif line.line in standings:
            sections[-1].lines.append(standings[line.line])
    return PlanTree(document, sections)


def item_standing(key: str, *, on: date) -> ItemStanding | None:
    item = db.session.scalars(_items().where(PlanItem.key == key)).one_or_none()
    if item is None:
        return None
    document = document_by_slug(item.document.slug)
    assert document
    return _standings([item], document, on=on)[0]


def lines_below(item: PlanItem) -> list[str]:
    """The lines that are read as parts of this one."""
    query = select(PlanItem.key).where(PlanItem.below_id == item.id).order_by(PlanItem.position)
    return list(db.session.scalars(query))


def item_by_key(key: str) -> PlanItem | None:
    return db.session.scalars(select(PlanItem).where(PlanItem.key == key)).one_or_none()


def lines_with_words() -> list[tuple[PlanItem, str]]:
    """Every line with what it says, in the plan's order."""
    words = (DocumentLine.document_id == PlanItem.document_id) & (DocumentLine.line == PlanItem.key)
    query = (
        select(PlanItem, DocumentLine.words)
        .join(DocumentLine, words)
        .order_by(PlanItem.position)
        .options(joinedload(PlanItem.document))
    )
    return [(item, said) for item, said in db.session.execute(query)]


def _items() -> Select[PlanItem]:
    body = selectinload(PlanItem.roles).joinedload(PlanRole.body).joinedload(PlanBody.unit)
    parts = selectinload(PlanItem.parts)
    options = (joinedload(PlanItem.document), joinedload(PlanItem.below), body, parts)
    return select(PlanItem).order_by(PlanItem.position).options(*options)


def _standings(items: Sequence[PlanItem], document: Document, *, on: date) -> list[ItemStanding]:
    ids = [item.id for item in items]
    known = Known(
        on=on,
        lines={line.line: line for line in document.lines},
        addresses=addresses_of(document.slug, document.lines),
        targets={t.line: LineTarget(t.key, t.kind, t.state) for t in target_standings(on=on)},
        figures=figures_on(on),
        steps={(step.item_id, step.part_id): step for step in _standing_steps(ids)},
        assignments={one.item_id: one for one in _assignments_on(ids, on)},
    )
    return [standing_of(item, known) for item in items]


def assignment_on(item_id: int, day: date) -> PlanAssignment | None:
    """Who was last given the lead of a line by that day."""
    found = list(_assignments_on([item_id], day))
    return found[-1] if found else None


def steps_of(item_id: int) -> list[PlanStep]:
    """All that was said, the latest day first; what was taken out too."""
    query = (
        select(PlanStep)
        .where(PlanStep.item_id == item_id)
        .order_by(PlanStep.on_day.desc(), PlanStep.id.desc())
        .options(joinedload(PlanStep.part))
    )
    return list(db.session.scalars(query))


def last_step(item_id: int, part_id: int | None) -> PlanStep | None:
    """What was said last of a part by itself, or of the whole line, and stands."""
    query = (
        select(PlanStep)
        .where(PlanStep.item_id == item_id, PlanStep.part_id == part_id)
        .where(PlanStep.taken_out_at.is_(None))
        .order_by(PlanStep.on_day.desc(), PlanStep.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def proofs_of(item_id: int) -> list[PlanProof]:
    query = (
        select(PlanProof)
        .where(PlanProof.item_id == item_id)
        .order_by(PlanProof.on_day.desc(), PlanProof.id.desc())
        .options(joinedload(PlanProof.file), joinedload(PlanProof.part))
    )
    return list(db.session.scalars(query))


def proof_with_file(line: str, public_id: UUID) -> PlanProof | None:
    """Of a line by its key; ``None`` where there is no such evidence, or no file with it."""
    query = (
        select(PlanProof)
        .join(PlanItem, PlanItem.id == PlanProof.item_id)
        .join(PlanProof.file)
        .where(PlanItem.key == line, PlanProof.public_id == public_id)
        .options(contains_eager(PlanProof.file))
    )
    return db.session.scalars(query).one_or_none()


def assignments_of(item_id: int) -> list[PlanAssignment]:
    query = (
        select(PlanAssignment)
        .where(PlanAssignment.item_id == item_id)
        .order_by(PlanAssignment.from_day.desc(), PlanAssignment.id.desc())
        .options(joinedload(PlanAssignment.unit))
    )
    return list(db.session.scalars(query))


def written(item_id: int, public_id: UUID) -> Written | None:
    """What was written of a line under this name, whatever it is."""
    kinds: tuple[type[Written], ...] = (PlanStep, PlanProof, PlanAssignment)
    for kind in kinds:
        query = select(kind).where(kind.item_id == item_id, kind.public_id == public_id)
        if found := db.session.scalars(query).one_or_none():
            return found
    return None


def _standing_steps(item_ids: Sequence[int]) -> Iterable[PlanStep]:
    """The latest comes last."""
    query = select(PlanStep).where(PlanStep.item_id.in_(item_ids), PlanStep.taken_out_at.is_(None))
    return db.session.scalars(query.order_by(PlanStep.on_day, PlanStep.id))


def _assignments_on(item_ids: Sequence[int], day: date) -> Iterable[PlanAssignment]:
    """The latest comes last."""
    query = select(PlanAssignment).where(
        PlanAssignment.item_id.in_(item_ids),
        PlanAssignment.taken_out_at.is_(None),
        PlanAssignment.from_day <= day,
    )
    ordered = query.order_by(PlanAssignment.from_day, PlanAssignment.id)
    return db.session.scalars(ordered.options(joinedload(PlanAssignment.unit)))
