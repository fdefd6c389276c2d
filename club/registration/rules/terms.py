"""The terms on which people come into a run and leave it. Pure values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from club.registration.models import RunTerms


@dataclass(frozen=True)
class Terms:
    """The usual terms, unless a run has its own."""

    #: Before the start: until then people leave without a reason, and places are offered.
    cutoff: timedelta = timedelta(hours=24)
    #: How long an offer holds, if the cut-off is far enough.
    offer_time: timedelta = timedelta(hours=48)
    #: From then on seats that no group has used are for everybody; ``None``: until the start.
    quotas_open_at: datetime | None = None
    most_per_organisation: int | None = None

    def keep_quotas(self, *, at: datetime) -> bool:
        """Whether seats are still kept for their groups."""
        return self.quotas_open_at is None or at < self.quotas_open_at


USUAL = Terms()


def terms_of(row: RunTerms | None) -> Terms:
    """The run's own terms, or the usual ones."""
    if row is None:
        return USUAL
    return Terms(
        cutoff=timedelta(hours=row.cutoff_hours),
        offer_time=timedelta(hours=row.offer_hours),
        quotas_open_at=row.quotas_open_at,
        most_per_organisation=row.most_per_organisation,
    )
