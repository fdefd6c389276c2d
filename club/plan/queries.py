from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload

from club.certification.counting import valid_experts_on_days
from club.db import db
from club.identity.models import ClubProfile
from club.membership.queries import membership_holds_on
from club.pilots.queries import pilot_firms_on_days
from club.plan.models import (
    CountedFrom,
    Indicator,
    Observation,
    ObservationSeries,
    ObservationStatus,
    PlanTarget,
    TargetKind,
    period_words,
)
from club.plan.rules import Reading, TargetState, deadline, target_state


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
class TargetStanding:
    """One target on one day. ``value`` is ``None`` where the city has no own figure; what is
    measured above it stands in ``published`` and is never the city's result.
    """

    key: str
    indicator: str
    name_vi: str
    name_en: str
    by_year: int
    kind: TargetKind
    state: TargetState
    value: Decimal | None
    op: str | None
    target_value: Decimal | None
    unit_vi: str
    unit_en: str
    note_vi: str
    note_en: str
    words_vi: str
    words_en: str
    line: str
    document_vi: str
    document_en: str
    counted_from: CountedFrom | None
    definition_vi: str | None
    definition_en: str | None
    published: Published | None


@dataclass(frozen=True)
class SeriesTable:
    series: ObservationSeries
    values: tuple[Observation, ...]


def target_standings(*, on: date) -> tuple[TargetStanding, ...]:
    """All targets in the plan's order, as they stand on a day. Five statements, however
    many targets there are.
    """
    query = select(PlanTarget).join(PlanTarget.indicator).order_by(PlanTarget.position)
    targets = db.session.scalars(query.options(contains_eager(PlanTarget.indicator))).all()
    if not targets:
        return ()
    days = {on, *(min(on, deadline(target.by_year)) for target in targets)}
    counted = counted_figures(days)
    published = _latest_published(on)
    return tuple(
        _standing(target, counted, published.get(target.indicator_id), on) for target in targets
    )


def counted_figures(days: Iterable[date]) -> dict[CountedFrom, dict[date, int]]:
    """What the site's own rows say for each day."""
    wanted = sorted(set(days))
    return {
        CountedFrom.CLUB: _clubs_on_days(wanted),
        CountedFrom.PILOTS: pilot_firms_on_days(wanted),
        CountedFrom.EXPERTS: valid_experts_on_days(wanted),
    }


def indicators() -> list[Indicator]:
    return list(db.session.scalars(select(Indicator).order_by(Indicator.position)))


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


def history_of(observation: Observation) -> list[Observation]:
    """All values ever given for its series and period, the latest first."""
    query = select(Observation).where(
        Observation.series_id == observation.series_id,
        Observation.period_from == observation.period_from,
        Observation.as_of == observation.as_of,
    )
    return list(db.session.scalars(query.order_by(Observation.id.desc())))


def _clubs_on_days(days: list[date]) -> dict[date, int]:
    """1 where the club had a name and at least one member on a day, else 0."""
    conditions = [
        exists().where(ClubProfile.valid_from <= day)
        & exists().where(
            membership_holds_on(day),
        )
        for day in days
    ]
    row = db.session.execute(select(*conditions)).one()
    return {day: int(there) for day, there in zip(days, row, strict=True)}


def _latest_published(on: date) -> dict[int, Published]:
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


def _reading(
    target: PlanTarget,
    counted: dict[CountedFrom, dict[date, int]],
    published: Published | None,
    on: date,
) -> Reading:
    source = target.indicator.counted_from
    if source is not None:
        figures, at = counted[source], min(on, deadline(target.by_year))
        return Reading(Decimal(figures[on]), Decimal(figures[at]))
    if target.kind is TargetKind.CONTRIBUTORY or published is None:
        return Reading(None, None)
    return Reading(published.value, published.value)


def _standing(
    target: PlanTarget,
    counted: dict[CountedFrom, dict[date, int]],
    published: Published | None,
    on: date,
) -> TargetStanding:
    indicator = target.indicator
    reading = _reading(target, counted, published, on)
    return TargetStanding(
        key=target.key,
        indicator=indicator.key,
        name_vi=indicator.name,
        name_en=indicator.name_en,
        by_year=target.by_year,
        kind=target.kind,
        state=target_state(target.kind, target.value, reading, by_year=target.by_year, on=on),
        value=reading.value,
        op=target.op,
        target_value=target.value,
        unit_vi=indicator.unit or "",
        unit_en=indicator.unit_en or "",
        note_vi=target.short,
        note_en=target.short_en,
        words_vi=target.words,
        words_en=target.words_en,
        line=target.line,
        document_vi=target.document,
        document_en=target.document_en,
        counted_from=indicator.counted_from,
        definition_vi=indicator.definition,
        definition_en=indicator.definition_en,
        published=published,
    )
