"""What an address asks of the dashboard: a period, and which parts of the page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from club.periods import Cut, Period
from club.statistics.dashboard.charts import ChartKey
from club.web.asked_times import period_asked, report_year

PILOTS = "pilots"
#: What can be left out of the page, in its order.
PARTS = (*(key.value for key in ChartKey), PILOTS)
_DAYS, _NAMED = ("from", "to"), ("period", "year", "part", "cut")


@dataclass(frozen=True)
class Asked:
    period: Period
    #: As the form has them: empty for the whole year, and for the present one.
    part: str
    year: str
    #: Of ``PARTS``, those that were chosen; none: all of them are shown.
    chosen: tuple[str, ...]
    #: The same question as an address asks it. Without a year it means the present one, whenever
    #: it is asked.
    query: str

    @property
    def shown(self) -> Collection[str]:
        return self.chosen or PARTS


def asked_of(arguments: Sequence[tuple[str, str]], *, now: datetime) -> Asked:
    """The present year where nothing is said; raises ``PeriodError`` for what cannot be read."""
    said = {name: value for name, value in arguments if value}
    names = _DAYS if any(said.get(name) for name in _DAYS) else _NAMED
    time = {name: said[name] for name in names if name in said}
    chosen = tuple(part for part in PARTS if ("show", part) in arguments)
    period = period_asked(_named(time, now=now), now=now, cut=Cut.REPORT)
    year, _, part = time.get("period", "").partition("-")
    return Asked(
        period=period,
        part=time.get("part", part),
        year=time.get("year", year),
        chosen=chosen,
        query=urlencode([*time.items(), *(("show", part) for part in chosen)]),
    )


def asked_again(query: str, *, now: datetime) -> Asked:
    """What was asked with an address earlier. A cut that there is not meant the calendar then."""
    return asked_of(
        [
            (name, Cut.CALENDAR.value if name == "cut" and value not in set(Cut) else value)
            for name, value in parse_qsl(query)
        ],
        now=now,
    )


def _named(time: dict[str, str], *, now: datetime) -> dict[str, str]:
    """The form's part of a year, as ``period``."""
    if "part" not in time and "year" not in time:
        return time
    cut = Cut.CALENDAR if time.get("cut") == Cut.CALENDAR else Cut.REPORT
    year = time.get("year") or str(report_year(now, cut))
    return time | {"period": "-".join(filter(None, (year, time.get("part"))))}
