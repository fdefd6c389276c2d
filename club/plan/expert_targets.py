"""What the plan wants of certified experts, for the figures about them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from club.certification.counting import valid_experts_on_days
from club.certification.figures.targets import Target
from club.db import db
from club.indicators.models import CountedFrom, Indicator
from club.plan.models import PlanTarget
from club.plan.rules import Reading, deadline, target_state


def expert_targets(day: date, as_of: datetime | None) -> list[Target]:
    """In the plan's order; by what was known at a moment, or is known now."""
    query = (
        select(PlanTarget)
        .join(PlanTarget.indicator)
        .where(Indicator.counted_from == CountedFrom.EXPERTS)
        .order_by(PlanTarget.position)
        .options(contains_eager(PlanTarget.indicator))
    )
    targets = db.session.scalars(query).all()
    ends = {target.id: min(day, deadline(target.by_year)) for target in targets}
    experts = valid_experts_on_days({day, *ends.values()}, as_of=as_of)
    return [
        Target(
            by_year=target.by_year,
            op=target.op,
            wanted=target.value,
            words=target.short,
            words_en=target.short_en,
            state=target_state(
                target.kind,
                target.value,
                Reading(Decimal(experts[day]), Decimal(experts[ends[target.id]])),
                by_year=target.by_year,
                on=day,
            ),
        )
        for target in targets
    ]
