from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class ElsewhereRefusal(StrEnum):
    REVERSED = "The first day is after the last one. Swap them."
    NOT_OVER = "This training is not over yet. Enter it after its last day."
    NOBODY = "Write how many turns there were; only a correction may say none."
    REASON_MISSING = "Write why it is corrected."
    CORRECTED = "Somebody has corrected this meanwhile. Look at what they wrote before you go on."
    KNOWN = (
        "This unit has reported this topic and group for these days already. Correct that entry, so"
        " that nothing counts twice."
    )


Refusals = Mapping[str, ElsewhereRefusal]


def refusals(first: date, last: date, turns: int, *, today: date) -> Refusals:
    """Of a new report, by the field to mend."""
    nobody = {} if turns else {"turns": ElsewhereRefusal.NOBODY}
    return {**_of_days(first, last, today), **nobody}


def refusals_to_correct(first: date, last: date, *, reason: str | None, today: date) -> Refusals:
    unsaid = {} if reason else {"reason": ElsewhereRefusal.REASON_MISSING}
    return {**_of_days(first, last, today), **unsaid}


def _of_days(first: date, last: date, today: date) -> Refusals:
    if first > last:
        return {"last_day": ElsewhereRefusal.REVERSED}
    return {"last_day": ElsewhereRefusal.NOT_OVER} if last > today else {}
