"""Bringing a list of values in: all of it or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from club.db import transaction
from club.indicators.operations import enter_value
from club.indicators.value_lists.reading import Line
from club.indicators.value_lists.weighing import Outcome, Weighed, seal_of, weighed
from club.refusal import RefusedError


class ListRefusal(StrEnum):
    REASON_NEEDED = (
        "Some values take the place of others. Say why, in the file or for all of them here."
    )
    MOVED_ON = "Values were entered meanwhile. Look at the list once more, then bring it in."
    NOTHING_NEW = "Everything in this list is there already. There is nothing to bring in."


def bring_in(
    lines: Sequence[Line], *, reason: str | None, seal: str, by: int, now: datetime
) -> int:
    """Enter what is new, and let other values take the place of those that stand; returns how many
    were written. ``reason`` holds for rows that give none of their own; ``seal`` is of what was
    shown (``weighing.seal_of``). Raises ``RefusedError`` and writes nothing.
    """
    with transaction():
        found = weighed(lines)
        if refusal := _refusal(found, reason=reason, seal=seal):
            raise RefusedError(refusal, field="reason" if refusal is _REASON else None)
        written = [one for one in found if one.outcome is not Outcome.SAME]
        # In one order, so that two lists that meet wait for each other and not both.
        for one in sorted(written, key=lambda one: (one.line.series.id, one.line.row)):
            facts = replace(one.line.facts, reason=one.line.facts.reason or reason)
            enter_value(one.line.series.key, facts, by=by, now=now)
        return len(written)


_REASON = ListRefusal.REASON_NEEDED


def _refusal(found: Sequence[Weighed], *, reason: str | None, seal: str) -> ListRefusal | None:
    if all(one.outcome is Outcome.SAME for one in found):
        return ListRefusal.NOTHING_NEW
    if seal_of(found) != seal:
        return ListRefusal.MOVED_ON
    if not reason and any(one.lacks_reason for one in found):
        return _REASON
    return None
