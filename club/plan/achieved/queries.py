"""What was reached, in the few figures that everybody asks for: those of the plan's pages."""

from dataclasses import dataclass
from datetime import datetime

from club import clock
from club.indicators.models import CountedFrom
from club.plan.items.counting import Counted, Figure, figures_on
from club.plan.queries import TargetStanding, target_standings
from club.web.cache import kept

#: In the order in which they are told.
TOLD = (Counted.TRAINEES, Counted.EXPERTS, Counted.PILOTS, Counted.CASES)
_WANTED = {Counted.EXPERTS: CountedFrom.EXPERTS, Counted.PILOTS: CountedFrom.PILOTS}


@dataclass(frozen=True)
class Achieved:
    figure: Figure
    #: What the plan wants of it, by year; none where the plan names no number.
    targets: list[TargetStanding]

    @property
    def counted(self) -> Counted:
        return self.figure.source

    @property
    def target(self) -> TargetStanding | None:
        """The first that is not reached, else the last."""
        left = (t for t in self.targets if t.target_value and (t.value or 0) < t.target_value)
        return next(left, self.targets[-1] if self.targets else None)


@dataclass(frozen=True)
class Achievements:
    as_of: datetime
    figures: list[Achieved]


def achievements(*, now: datetime) -> Achievements:
    """At most some seconds old; ``as_of`` says of which moment."""
    return kept(f"plan achieved {clock.local_day(now)}", lambda: _counted(now))


def _counted(now: datetime) -> Achievements:
    today = clock.local_day(now)
    figures, standings = figures_on(today), target_standings(on=today)
    told = [
        Achieved(
            figures[counted],
            [s for s in standings if s.counted_from and s.counted_from is _WANTED.get(counted)],
        )
        for counted in TOLD
    ]
    return Achievements(now, told)
