"""Which values may be entered. Pure: facts in, verdict out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.indicators.models import ObservationStatus

#: What the column of values holds, and more than anything is measured in.
LARGEST = Decimal(10) ** 9


class ValueRefusal(StrEnum):
    COUNTED = "This figure is counted from the site's own rows; it cannot be typed."
    NO_SUCH_SERIES = "Choose one of the series."
    PERIOD_REVERSED = "The last day lies before the first. Check both."
    PERIOD_NOT_OVER = "The period is not over yet. Choose today or an earlier last day."
    TOO_EARLY = "The first day lies too far back. Check the year."
    VALUE_TOO_LARGE = "Check the value: it is larger than anything this can measure."
    SAME_AGAIN = "Exactly this value is there already."
    REASON_NEEDED = "There is a value for this period already. Say why another one takes its place."
    REPLACED_ALREADY = "This value does not stand any more."
    READ_LATER = "The day on which you read it cannot lie after today."
    SERIES_KNOWN = "There is a series of this name for this indicator and territory already."


@dataclass(frozen=True)
class Known:
    """The value that stands for a period."""

    value: Decimal
    status: ObservationStatus
    source: str


def refusal_of_period(
    period_from: date, as_of: date, *, today: date
) -> tuple[ValueRefusal, str] | None:
    """The verdict and the form's field it is about."""
    if period_from.year < 1990:
        return ValueRefusal.TOO_EARLY, "period_from"
    if as_of < period_from:
        return ValueRefusal.PERIOD_REVERSED, "as_of"
    if as_of > today:
        return ValueRefusal.PERIOD_NOT_OVER, "as_of"
    return None


def refusal_of_value(
    given: Known, known: Known | None, *, reason: str | None
) -> tuple[ValueRefusal, str] | None:
    if abs(given.value) >= LARGEST:
        return ValueRefusal.VALUE_TOO_LARGE, "value"
    if known == given:
        return ValueRefusal.SAME_AGAIN, "value"
    if known is not None and not reason:
        return ValueRefusal.REASON_NEEDED, "reason"
    return None
