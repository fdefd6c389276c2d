"""Hours of so many minutes: the one way in which pages, papers and files say them."""

from decimal import Decimal

MINUTES_PER_HOUR = 60
#: Behind the point. With one, twenty minutes would be as many as eighteen.
DIGITS = 2


def hours_of(minutes: int) -> Decimal:
    return round(Decimal(minutes) / MINUTES_PER_HOUR, DIGITS)


def hours_in_file(minutes: int) -> float:
    """The same as a number of JSON, CSV or a sheet: 0.33."""
    return float(hours_of(minutes))


def minutes_of(hours: Decimal) -> int:
    """The whole minutes of hours as somebody wrote them."""
    return round(hours * MINUTES_PER_HOUR)
