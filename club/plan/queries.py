from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from club.certification.counting import valid_experts_on_days
from club.db import db
from club.identity.models import ClubProfile
from club.indicators.models import CountedFrom
from club.indicators.queries import Published, latest_published
from club.membership.queries import membership_holds_on
from club.pilots.queries import pilot_firms_on_days
from club.plan.models import PlanTarget, TargetKind
from club.plan.progress.rules import Course, Progress, progress_of
from club.plan.rules import Reading, TargetState, deadline, target_state


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
    progress: Progress
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


def target_standings(*, on: date) -> tuple[TargetStanding, ...]:
    """All targets in the plan's order, as they stand on a day. Six statements, however
    many targets there are.
    """
    query = select(PlanTarget).join(PlanTarget.indicator).order_by(PlanTarget.position)
    targets = db.session.scalars(query.options(contains_eager(PlanTarget.indicator))).all()
    if not targets:
        return ()
    days = {on, *(min(on, deadline(target.by_year)) for target in targets)}
    days |= {target.begins_on for target in targets}
    counted = counted_figures(days)
    published = latest_published(on=on)
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


def _course(target: PlanTarget, counted: dict[CountedFrom, dict[date, int]]) -> Course | None:
    """From the plan's beginning, with what was counted then, to the number that it names."""
    source = target.indicator.counted_from
    if target.value is None or source is None:
        return None
    begins = target.begins_on
    at_begin = Decimal(counted[source][begins])
    return Course(begins, deadline(target.by_year), at_begin, target.value)


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
        progress=progress_of(target.kind, _course(target, counted), reading.value, on=on),
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
