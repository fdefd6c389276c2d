"""On which day somebody had brought what is asked: evidence replayed in the order of its days,
whenever it came in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from club.certification.progress.facts import Credit, Need, Verdict
from club.certification.progress.months import first_day_within
from club.certification.progress.rules import progress_on


def fulfilled_from(
    needs: Sequence[Need],
    credits_: Iterable[Credit],
    verdicts: Mapping[str, Verdict] | None = None,
    *,
    first: date,
    last: date,
) -> date | None:
    """The first day from ``first`` to ``last`` on which everything was there that makes the needs
    met on the last one; ``None`` if they are not met then.

    What counts is what counts on the last day. A verdict is about evidence and has no day of its
    own here: a late one makes nothing later. Without needs nothing is ever fulfilled.
    """
    if not needs or last < first:
        return None
    frozen = [_frozen(need, last) for need in needs]
    given = {key: replace(said, day=date.min) for key, said in (verdicts or {}).items()}
    known = list(credits_)

    def is_met(day: date) -> bool:
        return progress_on(day, frozen, known, given).is_complete

    return _first_met(is_met, first, last) if is_met(last) else None


def _frozen(need: Need, last: date) -> Need:
    """With the days that count on the last day, so that no earlier day counts anything else."""
    if need.valid_months is None:
        return need
    oldest = first_day_within(need.valid_months, on=last)
    return replace(need, valid_months=None, since=max(need.since or oldest, oldest))


def _first_met(is_met: Callable[[date], bool], first: date, last: date) -> date:
    """More is there every day, never less, so halving finds the day."""
    while first < last:
        middle = first + timedelta(days=(last - first).days // 2)
        if is_met(middle):
            last = middle
        else:
            first = middle + timedelta(days=1)
    return first
