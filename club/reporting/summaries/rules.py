"""When a summary is composed and changed. Pure."""

from datetime import date
from enum import StrEnum


class SummaryRefusal(StrEnum):
    NOT_BEGUN = "This period has not begun yet, so there is nothing to report."
    WRITTEN_OVER = (
        "Somebody else has changed the words meanwhile, so yours are not kept yet. Both stand"
        " below: bring them together, then keep them."
    )


def refusal_to_compose(*, first_day: date, today: date) -> SummaryRefusal | None:
    """Missing reports are no reason: the summary names them."""
    return SummaryRefusal.NOT_BEGUN if first_day > today else None
