from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from club.db import db
from club.knowledge.library.models import Document, DocumentLine
from club.knowledge.library.parting import addresses_of
from club.knowledge.library.queries import document_by_slug
from club.plan.items.counting import Counted, Figure, figures_on
from club.plan.items.models import BodyRole, PlanBody, PlanItem, PlanRole
from club.plan.items.rules import ItemState, LineTarget, is_overdue, state_of
from club.plan.queries import target_standings


@dataclass(frozen=True)
class ItemStanding:
    """A line of the plan as it stands on a day, with its words and all that answers it."""

    item: PlanItem
    line: DocumentLine
    #: Where the line is read in the document.
    read_at: str
    state: ItemState
    target: LineTarget | None
    is_overdue: bool
    figures: tuple[Figure, ...]

    @property
    def is_answered(self) -> bool:
        """Whether the page says what has been done, where it is done, or that nothing is."""
        linked = self.item.answer or self.line.leads_to
        return bool(linked or self.figures or self.target) or (
            self.state is ItemState.NOTHING_TO_DO
        )

    @property
    def leads(self) -> list[PlanBody]:
        return self._bodies(BodyRole.LEADS)

    @property
    def leads_inferred(self) -> list[PlanBody]:
        return self._bodies(BodyRole.LEADS_INFERRED)

    @property
    def supports(self) -> list[PlanBody]:
        return self._bodies(BodyRole.SUPPORTS)

    @property
    def receives(self) -> list[PlanBody]:
        return self._bodies(BodyRole.RECEIVES)

    def _bodies(self, role: BodyRole) -> list[PlanBody]:
        return [one.body for one in self.item.roles if one.role is role]


@dataclass(frozen=True)
class Section:
    """A heading of the plan with the lines right below it."""

    #: ``None``: what stands before the first heading.
    heading: DocumentLine | None
    lines: list[ItemStanding]


@dataclass(frozen=True)
class PlanTree:
    document: Document
    sections: list[Section]

    @property
    def lines(self) -> list[ItemStanding]:
        return [line for section in self.sections for line in section.lines]


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


def _items() -> Select[PlanItem]:
    body = selectinload(PlanItem.roles).joinedload(PlanRole.body).joinedload(PlanBody.unit)
    options = (joinedload(PlanItem.document), joinedload(PlanItem.below), body)
    return select(PlanItem).order_by(PlanItem.position).options(*options)


def _standings(items: Sequence[PlanItem], document: Document, *, on: date) -> list[ItemStanding]:
    lines = {line.line: line for line in document.lines}
    addresses = addresses_of(document.slug, document.lines)
    targets = {
        one.line: LineTarget(one.key, one.kind, one.state) for one in target_standings(on=on)
    }
    figures = figures_on(on)
    return [
        _standing(item, lines[item.key], addresses[item.key], targets.get(item.key), figures, on)
        for item in items
    ]


def _standing(
    item: PlanItem,
    line: DocumentLine,
    read_at: str,
    target: LineTarget | None,
    figures: dict[Counted, Figure],
    on: date,
) -> ItemStanding:
    state = state_of(item.kind, target, None)
    return ItemStanding(
        item=item,
        line=line,
        read_at=read_at,
        state=state,
        target=target,
        is_overdue=is_overdue(state, item.by_year, on=on),
        figures=tuple(figures[Counted(one)] for one in item.counts),
    )
