import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.units.models import Unit


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
    #: In symbols, as its source prints it, and what they stand for.
    formula: Mapped[str | None]
    formula_en: Mapped[str | None]
    #: How often it is published, and who compiles it, as far as a source says.
    frequency: Mapped[str | None]
    frequency_en: Mapped[str | None]
    compiled_by: Mapped[str | None]
    compiled_by_en: Mapped[str | None]
    #: Who keeps it up to date here, where the plan says so.
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    #: Where the definition was read, as of an article:
    #: ``{"title": …, "url": … or null, "secondary": …}``
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: ``None``: values are entered with their source.
    counted_from: Mapped[CountedFrom | None]
    position: Mapped[int]

    responsible: Mapped[Unit | None] = relationship()

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.key.replace("_", "-")


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
    #: What the values are reckoned on, such as prices of a year; another base, another series.
    base: Mapped[str | None]
    base_en: Mapped[str | None]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    position: Mapped[int]
    #: When somebody last looked whether its sources have newer values, and found none.
    checked_on: Mapped[date | None]
    #: The day of which editors have been reminded; see ``due``.
    reminded_of: Mapped[date | None]

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
    #: The day on which it was read there; ``None``: nobody said.
    taken_on: Mapped[date | None]
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


class Calculator(Model):
    """Formulas that readers fill with their own numbers, in their browsers; nothing is sent."""

    __tablename__ = "calculator"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    about: Mapped[str]
    about_en: Mapped[str]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    #: ``key``, words, bounds and an invented number for the worked example; see
    #: ``content/calculators.yaml``.
    inputs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    #: ``key``, words, and the ``steps`` of a formula as ``formulas.reckoned`` takes them.
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    position: Mapped[int]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.key.replace("_", "-")


def period_words(period_from: date, as_of: date) -> str:
    if period_from == as_of:
        return f"{as_of:%d/%m/%Y}"
    begins, ends = (period_from.month, period_from.day), (as_of.month, as_of.day)
    if (begins, ends) != ((1, 1), (12, 31)):
        return f"{period_from:%d/%m/%Y} – {as_of:%d/%m/%Y}"
    if period_from.year == as_of.year:
        return str(as_of.year)
    return f"{period_from.year} – {as_of.year}"
