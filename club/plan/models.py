import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model


class CountedFrom(StrEnum):
    """Which of the site's own rows a figure is counted from."""

    CLUB = "club"
    PILOTS = "pilots"
    EXPERTS = "experts"


class Indicator(Model):
    """Something that is measured, whoever measures it."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[str | None]
    unit_en: Mapped[str | None]
    definition: Mapped[str | None]
    definition_en: Mapped[str | None]
    #: ``None``: values are entered with their source.
    counted_from: Mapped[CountedFrom | None]
    position: Mapped[int]


class TargetKind(StrEnum):
    COUNTED = "counted"
    ENTERED = "entered"
    #: "Góp phần": measured above the city, never claimed as its own result.
    CONTRIBUTORY = "contributory"


class PlanTarget(Model):
    """One of the plan's eleven targets, in the plan's own words."""

    __tablename__ = "plan_target"
    __table_args__ = (
        CheckConstraint("kind <> 'counted' OR value IS NOT NULL", name="counted_has_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    #: To be reached by the end of this year.
    by_year: Mapped[int]
    kind: Mapped[TargetKind]
    words: Mapped[str]
    words_en: Mapped[str]
    #: The wish in a few words, for lists.
    short: Mapped[str]
    short_en: Mapped[str]
    #: ``> >= = ~`` and the value; ``None`` where the plan names no number.
    op: Mapped[str | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    #: The line of the plan, such as ``I.2.a-4``, and the document it stands in.
    line: Mapped[str]
    document: Mapped[str]
    document_en: Mapped[str]
    position: Mapped[int]

    indicator: Mapped[Indicator] = relationship()


class ObservationSeries(Model):
    """Values worked out in one way for one territory. Two series are never joined."""

    __tablename__ = "observation_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str]
    territory: Mapped[str]
    territory_en: Mapped[str]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    position: Mapped[int]

    indicator: Mapped[Indicator] = relationship()


class ObservationStatus(StrEnum):
    PROVISIONAL = "provisional"
    FINAL = "final"
    REVISED = "revised"
    NOT_STATED = "not_stated"


class Observation(Model):
    """A published value with its source. Never changed: a correction takes its place."""

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("period_from <= as_of", name="period_ordered"),
        Index(
            "uq_observation_standing",
            "series_id",
            "period_from",
            "as_of",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    series_id: Mapped[int] = mapped_column(ForeignKey("observation_series.id"))
    #: What the value speaks of: from this day to ``as_of``, its last day.
    period_from: Mapped[date]
    as_of: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    status: Mapped[ObservationStatus]
    source: Mapped[str]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    entered_at: Mapped[datetime]
    #: ``None`` where it came with the files of ``content/``.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: When and why another value, or none, took its place.
    replaced_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    replacement_reason: Mapped[str | None]

    series: Mapped[ObservationSeries] = relationship()

    @property
    def period(self) -> str:
        """``2024``, ``2021 – 2025``, or days."""
        return period_words(self.period_from, self.as_of)


def period_words(period_from: date, as_of: date) -> str:
    if period_from == as_of:
        return f"{as_of:%d/%m/%Y}"
    begins, ends = (period_from.month, period_from.day), (as_of.month, as_of.day)
    if (begins, ends) != ((1, 1), (12, 31)):
        return f"{period_from:%d/%m/%Y} – {as_of:%d/%m/%Y}"
    if period_from.year == as_of.year:
        return str(as_of.year)
    return f"{period_from.year} – {as_of.year}"
