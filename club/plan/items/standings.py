"""How lines of the plan and their parts stand on a day, told from rows that were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from club.knowledge.library.models import Document, DocumentLine
from club.plan.items.counting import Counted, Figure
from club.plan.items.models import (
    BodyRole,
    PlanAssignment,
    PlanBody,
    PlanItem,
    PlanPart,
    PlanStep,
)
from club.plan.items.rules import (
    ItemState,
    LineTarget,
    PartsTally,
    is_overdue,
    refusal_to_say,
    state_of,
    state_together,
    tally_of,
)


@dataclass(frozen=True)
class PartStanding:
    """A part of a line as it stands on a day."""

    part: PlanPart
    state: ItemState
    #: What was said last of it, by itself or with the whole line.
    step: PlanStep | None
    #: The target that counts it.
    target: LineTarget | None
    is_overdue: bool


@dataclass(frozen=True)
class ItemStanding:
    """A line of the plan as it stands on a day, with its words and all that answers it."""

    item: PlanItem
    line: DocumentLine
    #: Where the line is read in the document.
    read_at: str
    state: ItemState
    #: What was said last, of the whole line or a part, and who leads by now if not who the plan
    #: printed.
    step: PlanStep | None
    assignment: PlanAssignment | None
    target: LineTarget | None
    is_overdue: bool
    figures: tuple[Figure, ...]
    #: None for a line that names one thing.
    parts: tuple[PartStanding, ...]

    @property
    def is_answered(self) -> bool:
        """Whether the page says what has been done, where it is done, or that nothing is."""
        linked = self.item.answer or self.line.leads_to
        return bool(linked or self.figures or self.target) or (
            self.state is ItemState.NOTHING_TO_DO
        )

    @property
    def parts_to_say(self) -> list[PlanPart]:
        """The parts of which somebody may say where they stand."""
        return [one.part for one in self.parts if not refusal_to_say(one.state)]

    def state_of_part(self, part: PlanPart) -> ItemState:
        return next(one.state for one in self.parts if one.part is part)

    @property
    def tally(self) -> PartsTally:
        return tally_of([(one.state, one.target) for one in self.parts])

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


@dataclass(frozen=True)
class Known:
    """All that lines are told from, by their names or their rows."""

    on: date
    lines: dict[str, DocumentLine]
    addresses: dict[str, str]
    targets: dict[str, LineTarget]
    figures: dict[Counted, Figure]
    #: What was said last, by line and part; of the whole line with ``None``.
    steps: dict[tuple[int, int | None], PlanStep]
    assignments: dict[int, PlanAssignment]


def standing_of(item: PlanItem, known: Known) -> ItemStanding:
    target, whole = known.targets.get(item.key), known.steps.get((item.id, None))
    state = state_of(item.kind, target, whole.state if whole else None)
    if is_settled := refusal_to_say(state) is not None:
        whole = None
    parts = _parts(item, known, target, whole)
    if parts and not is_settled:
        state = state_together([one.state for one in parts])
    late = is_overdue(state, item.by_year, on=known.on)
    return ItemStanding(
        item=item,
        line=known.lines[item.key],
        read_at=known.addresses[item.key],
        state=state,
        step=_latest([whole, *(one.step for one in parts)]),
        assignment=known.assignments.get(item.id),
        target=target,
        is_overdue=late or any(one.is_overdue for one in parts),
        figures=tuple(known.figures[Counted(one)] for one in item.counts),
        parts=parts,
    )


def _parts(
    item: PlanItem, known: Known, target: LineTarget | None, whole: PlanStep | None
) -> tuple[PartStanding, ...]:
    found = []
    for part in item.parts:
        if part.retired_at is not None:
            continue
        counted = target if part.is_target else None
        step = _latest([whole, known.steps.get((item.id, part.id))])
        state = state_of(item.kind, counted, step.state if step else None)
        late = is_overdue(state, item.by_year, on=known.on)
        found.append(
            PartStanding(part, state, None if refusal_to_say(state) else step, counted, late)
        )
    return tuple(found)


def _latest(steps: Iterable[PlanStep | None]) -> PlanStep | None:
    """What is said of the whole line is said of each of its parts: the later one stands."""
    said = [one for one in steps if one]
    return max(said, key=lambda one: (one.on_day, one.id), default=None)
