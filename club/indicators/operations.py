"""Entering published values. A value is never overwritten: another one takes its place."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.indicators import queries, rules
from club.indicators.models import (
    Indicator,
    Observation,
    ObservationSeries,
    ObservationStatus,
    period_words,
)
from club.indicators.rules import Known, ValueRefusal
from club.refusal import RefusedError
from club.vietnamese import slug

_LONGEST_KEY = 120


@dataclass(frozen=True)
class ValueFacts:
    period_from: date
    #: Last day of the period; the same day where the value speaks of one day.
    as_of: date
    value: Decimal
    status: ObservationStatus
    source: str
    #: When it was read there.
    taken_on: date | None = None
    note: str | None = None
    #: Why it takes the place of a value that is there.
    reason: str | None = None

    @property
    def period(self) -> str:
        """``2024``, ``2021 – 2025``, or days."""
        return period_words(self.period_from, self.as_of)


@dataclass(frozen=True)
class SeriesFacts:
    name: str
    name_en: str
    territory: str
    territory_en: str
    note: str | None = None


def enter_value(
    series_key: str, facts: ValueFacts, *, by: int | None, now: datetime
) -> Observation:
    """Add a value to a series; one that is there for the period is kept as replaced."""
    with transaction() as session:
        series = _locked_series(session, series_key)
        known = queries.standing_observation(series.id, facts.period_from, facts.as_of)
        verdict = rules.refusal_of_period(
            facts.period_from, facts.as_of, today=clock.local_day(now)
        ) or rules.refusal_of_value(
            Known(facts.value, facts.status, facts.source), _as_known(known), reason=facts.reason
        )
        if verdict:
            raise RefusedError(verdict[0], field=verdict[1])
        if known:
            _replace(session, known, reason=facts.reason, by=by, now=now)
        observation = Observation(
            series=series,
            period_from=facts.period_from,
            as_of=facts.as_of,
            value=facts.value,
            status=facts.status,
            source=facts.source,
            taken_on=facts.taken_on,
            note=facts.note,
            entered_at=now,
            entered_by_id=by,
        )
        session.add(observation)
        session.flush()
        _note("plan.enter_value", observation, by=by, now=now, reason=facts.reason)
        return observation


def check_series(series_key: str, *, by: int, now: datetime) -> None:
    """Somebody looked at the sources today: there is no newer value."""
    with transaction() as session:
        series = _locked_series(session, series_key)
        series.checked_on = clock.local_day(now)
        record(
            "plan.check_series",
            subject_kind="observation_series",
            subject_id=series.key,
            by=by,
            now=now,
            detail={"title": series.name},
        )


def withdraw_value(
    observation_id: int, *, reason: str, by: int | None, now: datetime
) -> Observation:
    """Take a value out that should not have been entered; the row stays."""
    with transaction() as session:
        observation = session.get_one(
            Observation, observation_id, with_for_update=True, populate_existing=True
        )
        if observation.replaced_at is not None:
            raise RefusedError(ValueRefusal.REPLACED_ALREADY)
        _replace(session, observation, reason=reason, by=by, now=now)
        _note("plan.withdraw_value", observation, by=by, now=now, reason=reason)
        return observation


def add_series(
    indicator_key: str, facts: SeriesFacts, *, by: int | None, now: datetime
) -> ObservationSeries:
    with transaction() as session:
        indicator = queries.indicator_by_key(indicator_key)
        if indicator is None or indicator.counted_from is not None:
            raise RefusedError(ValueRefusal.COUNTED, field="indicator")
        # The indicator's row is the lock under which two equal names are told apart.
        session.refresh(indicator, with_for_update=True)
        if _series_known(session, indicator, facts):
            raise RefusedError(ValueRefusal.SERIES_KNOWN, field="name")
        last = session.scalar(select(func.max(ObservationSeries.position))) or 0
        key = slug(f"{indicator.key} {facts.territory} {facts.name}")[:_LONGEST_KEY]
        if queries.series_by_key(key):  # of a longer name that begins like this one
            key = f"{key}-{last + 1}"
        series = ObservationSeries(key=key, indicator=indicator, position=last + 1, **vars(facts))
        session.add(series)
        session.flush()
        record("plan.add_series", subject_kind="series", subject_id=series.key, by=by, now=now)
        return series


def _series_known(session: Session, indicator: Indicator, facts: SeriesFacts) -> bool:
    query = select(ObservationSeries).where(ObservationSeries.indicator_id == indicator.id)
    wanted = slug(facts.name), slug(facts.territory)
    return any((slug(s.name), slug(s.territory)) == wanted for s in session.scalars(query))


def _locked_series(session: Session, key: str) -> ObservationSeries:
    series = queries.series_by_key(key)
    if series is None:
        raise RefusedError(ValueRefusal.NO_SUCH_SERIES, field="series")
    session.refresh(series, with_for_update=True)
    return series


def _as_known(observation: Observation | None) -> Known | None:
    if observation is None:
        return None
    return Known(observation.value, observation.status, observation.source)


def _replace(
    session: Session, observation: Observation, *, reason: str | None, by: int | None, now: datetime
) -> None:
    observation.replaced_at, observation.replaced_by_id = now, by
    observation.replacement_reason = reason
    # The index allows one standing value: the old one has to give way first.
    session.flush()


def _note(
    action: str, observation: Observation, *, by: int | None, now: datetime, reason: str | None
) -> None:
    record(
        action,
        subject_kind="observation",
        subject_id=observation.public_id,
        by=by,
        now=now,
        detail={
            "series": observation.series.key,
            "as_of": observation.as_of.isoformat(),
            "value": str(observation.value),
            "status": observation.status.value,
            "reason": reason,
        },
    )
