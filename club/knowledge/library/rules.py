"""What may be said of a document's force. Pure: facts in, verdict out."""

from datetime import date
from enum import StrEnum

from club.knowledge.library.models import StatedStatus


class DocumentStatus(StrEnum):
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    NO_LONGER = "no_longer"
    #: No source speaks of its force, but the period that its own title names is over.
    PERIOD_OVER = "period_over"
    UNKNOWN = "unknown"


def status_of(
    stated: StatedStatus, *, is_replaced: bool, until_year: int | None, on: date
) -> DocumentStatus:
    """Never more than a source says: silence is not "in force"."""
    if is_replaced:
        return DocumentStatus.REPLACED
    if stated is not StatedStatus.UNKNOWN:
        return DocumentStatus(stated.value)
    if until_year is not None and until_year < on.year:
        return DocumentStatus.PERIOD_OVER
    return DocumentStatus.UNKNOWN
