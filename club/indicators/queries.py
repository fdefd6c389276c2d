from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from club.db import db
from club.indicators.models import (
    Calculator,
    Indicator,
    Observation,
    ObservationSeries,
    ObservationStatus,
    period_words,
)
from club.knowledge.editing.also_due import Due
from club.periods import a_year_after


@dataclass(frozen=True)
class Published:
    """A published value, as a page shows it."""

    value: Decimal
    period_from: date
    as_of: date
    status: ObservationStatus
    source: str
    note_vi: str | None
    note_en: str | None
    series_vi: str
    series_en: str
    territory_vi: str
    territory_en: str

    @property
    def period(self) -> str:
        """``2024``, ``2021 – 2025``, or a day."""
        return period_words(self.period_from, self.as_of)


@dataclass(frozen=True)
class SeriesTable:
    """A series with the values that stand, oldest first."""

    series: ObservationSeries
    values: tuple[Observation, ...]
    #: Also those that others took the place of, where they were asked for.
    every: tuple[Observation, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return self.series.indicator

    @property
    def replaced(self) -> list[Observation]:
        return [one for one in self.every if one.replaced_at is not None]


def indicators() -> list[Indicator]:
    query = select(Indicator).order_by(Indicator.position)
    return list(db.session.scalars(query.options(joinedload(Indicator.responsible))))


def indicator_by_key(key: str) -> Indicator | None:
    return db.session.scalars(select(Indicator).where(Indicator.key == key)).one_or_none()


def series_in_order() -> list[ObservationSeries]:
    query = (
        select(ObservationSeries)
        .join(ObservationSeries.indicator)
        .order_by(Indicator.position, ObservationSeries.position, ObservationSeries.id)
        .options(contains_eager(ObservationSeries.indicator))
    )
    return list(db.session.scalars(query))


def series_by_key(key: str) -> ObservationSeries | None:
    query = select(ObservationSeries).where(ObservationSeries.key == key)
    return db.session.scalars(query).one_or_none()


def series_due(on: date) -> list[Due]:
    """Series whose sources nobody has looked at for a year by that day; the newest value tells
    when somebody did, unless it was said since.
    """
    read = (
        select(Observation.series_id, func.max(Observation.taken_on).label("day"))
        .where(Observation.replaced_at.is_(None))
        .group_by(Observation.series_id)
        .subquery()
    )
    query = (
        select(ObservationSeries, read.c.day)
        .join(read, read.c.series_id == ObservationSeries.id)
        .options(joinedload(ObservationSeries.indicator))
        .order_by(ObservationSeries.id)
    )
    return [
        due
        for series, day in db.session.execute(query)
        if (due := _due(series, day)) and due.review_by <= on
    ]


def _due(series: ObservationSeries, read_on: date | None) -> Due | None:
    looked = max((one for one in (series.checked_on, read_on) if one), default=None)
    if looked is None:
        return None
    indicator = series.indicator
    return Due(
        row=series,
        title=f"{indicator.name}, {series.territory}: {series.name}",
        title_en=f"{indicator.name_en}, {series.territory_en}: {series.name_en}",
        address=f"/knowledge/data/{indicator.slug}",
        check_address=f"/office/plan/series/{series.key}/check",
        checked_on=looked,
        review_by=a_year_after(looked),
    )


def published_tables() -> list[SeriesTable]:
    """Every series with the values that stand, oldest first; series without any are left out."""
    query = (
        select(Observation)
        .where(Observation.replaced_at.is_(None))
        .order_by(Observation.as_of, Observation.period_from)
    )
    by_series: dict[int, list[Observation]] = {}
    for observation in db.session.scalars(query):
        by_series.setdefault(observation.series_id, []).append(observation)
    found = [(series, by_series.get(series.id)) for series in series_in_order()]
    return [SeriesTable(series, tuple(values)) for series, values in found if values]


def tables_of(indicator: Indicator) -> list[SeriesTable]:
    """The series of an indicator that have a value, with all they ever had."""
    query = (
        select(Observation)
        .join(Observation.series)
        .where(ObservationSeries.indicator_id == indicator.id)
        .order_by(
            ObservationSeries.position,
            ObservationSeries.id,
            Observation.as_of,
            Observation.period_from,
            Observation.id,
        )
        .options(contains_eager(Observation.series))
    )
    tables = []
    for series, rows in groupby(db.session.scalars(query), key=lambda one: one.series):
        every = tuple(rows)
        standing = tuple(one for one in every if one.replaced_at is None)
        if standing:
            tables.append(SeriesTable(series, standing, every))
    return tables


def observation_by_public_id(public_id: UUID) -> Observation | None:
    query = select(Observation).where(Observation.public_id == public_id)
    series = joinedload(Observation.series).joinedload(ObservationSeries.indicator)
    return db.session.scalars(query.options(series)).one_or_none()


def standing_observation(series_id: int, period_from: date, as_of: date) -> Observation | None:
    query = select(Observation).where(
        Observation.series_id == series_id,
        Observation.period_from == period_from,
        Observation.as_of == as_of,
        Observation.replaced_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


def standing_by_period(series_ids: Iterable[int]) -> dict[tuple[int, date, date], Observation]:
    """The values that stand for these series, by series and period."""
    query = select(Observation).where(
        Observation.series_id.in_(set(series_ids)), Observation.replaced_at.is_(None)
    )
    found = db.session.scalars(query)
    return {(one.series_id, one.period_from, one.as_of): one for one in found}


def history_of(observation: Observation) -> list[Observation]:
    """All values ever given for its series and period, the latest first."""
    query = select(Observation).where(
        Observation.series_id == observation.series_id,
        Observation.period_from == observation.period_from,
        Observation.as_of == observation.as_of,
    )
    return list(db.session.scalars(query.order_by(Observation.id.desc())))


def latest_published(*, on: date) -> dict[int, Published]:
    """By indicator, the value that speaks of the latest time up to a day."""
    query = (
        select(Observation)
        .join(Observation.series)
        .where(Observation.replaced_at.is_(None), Observation.as_of <= on)
        .order_by(Observation.as_of, ObservationSeries.position.desc())
        .options(contains_eager(Observation.series))
    )
    return {o.series.indicator_id: _published(o) for o in db.session.scalars(query)}


def _published(observation: Observation) -> Published:
    series = observation.series
    return Published(
        value=observation.value,
        period_from=observation.period_from,
        as_of=observation.as_of,
        status=observation.status,
        source=observation.source,
        note_vi=observation.note,
        note_en=observation.note_en,
        series_vi=series.name,
        series_en=series.name_en,
        territory_vi=series.territory,
        territory_en=series.territory_en,
    )


def calculators() -> list[Calculator]:
    return list(db.session.scalars(select(Calculator).order_by(Calculator.position)))


def calculator_by_key(key: str) -> Calculator | None:
    return db.session.scalars(select(Calculator).where(Calculator.key == key)).one_or_none()
