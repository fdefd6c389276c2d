"""Which of the plan's targets the first page shows."""

from collections.abc import Sequence

from club.plan.models import TargetKind
from club.plan.queries import TargetStanding


def telling(standings: Sequence[TargetStanding]) -> list[TargetStanding]:
    """What the club itself can move: the last target of each counted indicator. After them
    one that it only contributes to, so that nobody takes the list for the whole plan.
    """
    counted = {s.indicator: s for s in standings if s.kind is TargetKind.COUNTED}
    last_year = max((s.by_year for s in standings), default=0)
    wider = [s for s in standings if s.kind is TargetKind.CONTRIBUTORY and s.by_year == last_year]
    return [*counted.values(), *wider[:1]]
