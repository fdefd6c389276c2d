"""What lists and pages show of articles, cut to what they need."""

from dataclasses import dataclass
from typing import Any

from club.knowledge.models import Direction, FigureShape, ResultKind, Strength


@dataclass(frozen=True)
class Figure:
    """One measure of a case. ``before`` and ``after`` are exact numbers, or texts like ``2–3``."""

    metric: str
    metric_en: str
    unit: str | None
    unit_en: str | None
    before: float | str | None
    after: float | str | None
    change: str | None
    change_en: str | None
    period: str | None = None
    period_en: str | None = None
    note: str | None = None
    note_en: str | None = None
    #: Which way is better.
    better: Direction | None = None
    #: Where they are not those of the case.
    strength: Strength | None = None
    how_measured: str | None = None
    how_measured_en: str | None = None
    #: The number of the text's source that gives it, from 1.
    source: int | None = None
    #: As ``Measure.conflicts``.
    conflicts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ToolTag:
    """A tool's name and the address of its page, where it has one."""

    key: str
    name: str
    name_en: str
    slug: str | None = None


@dataclass(frozen=True)
class TopicName:
    key: str
    name: str
    name_en: str


@dataclass(frozen=True)
class CourseLink:
    """A course by its code; title and address where the catalogue has it."""

    code: str
    title: str | None
    url: str | None


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it, with its headline figure."""

    id: int
    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    organisation: str
    organisation_en: str | None
    country: str
    place: str | None
    sector: str
    size: str | None
    year: str | None
    result_kind: ResultKind
    strength: Strength
    figure_shape: FigureShape
    figure: Figure
    tools: tuple[ToolTag, ...] = ()


@dataclass(frozen=True)
class TextRow:
    """A tool's page or an article as lists show it."""

    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    reading_minutes: int
    tool_key: str | None = None
    tool_name: str | None = None
    tool_name_en: str | None = None
    cases: int = 0
    #: The field it belongs to before others.
    topic: str | None = None
    topic_en: str | None = None


def figure_of(measure: Any) -> Figure:
    """Of a measure, or of a row with its columns."""
    return Figure(
        metric=measure.metric,
        metric_en=measure.metric_en,
        unit=measure.unit,
        unit_en=measure.unit_en,
        before=measure.before_text if measure.before_number is None else measure.before_number,
        after=measure.after_text if measure.after_number is None else measure.after_number,
        change=measure.change,
        change_en=measure.change_en,
        period=getattr(measure, "period", None),
        period_en=getattr(measure, "period_en", None),
        note=getattr(measure, "note", None),
        note_en=getattr(measure, "note_en", None),
        better=getattr(measure, "direction", None),
        strength=getattr(measure, "own_strength", None),
        how_measured=getattr(measure, "how_measured", None),
        how_measured_en=getattr(measure, "how_measured_en", None),
        source=getattr(measure, "source", None),
        conflicts=tuple(getattr(measure, "conflicts", ())),
    )
