"""What an address asks of the figures about experts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from club import clock
from club.periods import Cut, Period
from club.refusal import RefusedError
from club.web.asked_times import as_asked, moment_asked, period_asked

#: As the description of the site's data says it.
ARGUMENTS = {
    "on": "The report date; without it today, or the period's last day where that is earlier",
    "period": "When candidacies began: 2026, 2026-Q1, 2026-6M, 2026-9M or 2026-03; ever without it",
    "cut": "report (from the 15th to the 14th) or calendar",
    "from": "First day, instead of period",
    "to": "Last day",
    "scheme": "Key of one scheme",
    "as_of": "A day or moment: what the records said then",
}


class QuestionRefusal(StrEnum):
    ON = "Write the report date as year-month-day, such as 2026-01-31."
    AHEAD = "The report date lies ahead. Choose today or an earlier day."


@dataclass(frozen=True)
class Question:
    on: date
    #: In which candidacies began; ``None``: at any time.
    period: Period | None
    #: Key of a scheme, or nothing for all.
    scheme: str
    #: What was known then; ``None``: what is known now.
    as_of: datetime | None

    @property
    def moment(self) -> datetime:
        """Until when steps had been taken."""
        end = clock.instant_of(self.on + timedelta(days=1)) - timedelta(microseconds=1)
        return end if self.as_of is None else min(end, self.as_of)

    def address(self, **more: str) -> str:
        """The query that asks this, and more."""
        asked = {"on": self.on.isoformat(), "scheme": self.scheme}
        if self.period is not None:
            asked |= as_asked(self.period)
        if self.as_of is not None:
            asked["as_of"] = self.as_of.isoformat()
        return urlencode({name: said for name, said in (asked | more).items() if said})


def question_of(arguments: Mapping[str, str], *, now: datetime) -> Question:
    """Raises ``RefusedError`` or ``PeriodError`` naming what cannot be read."""
    today = clock.local_day(now)
    named = any(arguments.get(name) for name in ("period", "from", "to"))
    period = period_asked(arguments, now=now, cut=Cut.REPORT) if named else None
    usual = today if period is None else min(today, period.last)
    on = _day(arguments.get("on")) or usual
    if on > today:
        raise RefusedError(QuestionRefusal.AHEAD, field="on")
    scheme = arguments.get("scheme", "")[:40]
    return Question(on, period, scheme, moment_asked(arguments.get("as_of")))


def standard_question(*, now: datetime) -> Question:
    return question_of({}, now=now)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(QuestionRefusal.ON, field="on") from error
