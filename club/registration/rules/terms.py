"""The terms on which people come into a run and leave it. Pure values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from club.courses.models import Run, RunState
from club.courses.rules import MOST_SEATS
from club.registration.models import RunTerms, WayIn

HOUR = timedelta(hours=1)


class TermsRefusal(StrEnum):
    CUTOFF = "Write how many hours before the start, between 0 and 720."
    OFFER_TIME = "Write a number of hours between 2 and 336."
    MOST = "Write how many places one organisation may have, 1 to 2,000, or leave it empty."
    OPENS_TOO_LATE = "The groups' places must open to everybody before the class begins."
    RUN_NOT_ALIVE = "The places of a cancelled or closed class stay as they are."


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
    way_in: WayIn = WayIn.OPEN
    #: Before the start: until then organisations send somebody else in a place; ``None``: until
    #: the cut-off.
    substitution: timedelta | None = None

    @property
    def substitution_cutoff(self) -> timedelta:
        return self.cutoff if self.substitution is None else self.substitution

    def keep_quotas(self, *, at: datetime) -> bool:
        """Whether seats are still kept for their groups."""
        return self.quotas_open_at is None or at < self.quotas_open_at


USUAL = Terms()


@dataclass(frozen=True)
class Found:
    """A refusal and the field to mend."""

    refusal: TermsRefusal
    field: str | None = None


def is_over(run: Run) -> bool:
    """Cancelled or closed: nothing about its places changes any more."""
    return run.state in {RunState.CANCELLED, RunState.CLOSED}


def problems_of_terms(terms: Terms, *, starts_at: datetime | None) -> Iterator[Found]:
    """Everything that is wrong with the terms of a run that starts then."""
    opens, most = terms.quotas_open_at, terms.most_per_organisation
    cutoffs = {"cutoff_hours": terms.cutoff, "substitution_hours": terms.substitution}
    for field, before_start in cutoffs.items():
        if before_start is not None and not timedelta(0) <= before_start <= 720 * HOUR:
            yield Found(TermsRefusal.CUTOFF, field)
    if not 2 * HOUR <= terms.offer_time <= 336 * HOUR:
        yield Found(TermsRefusal.OFFER_TIME, "offer_hours")
    if most is not None and not 1 <= most <= MOST_SEATS:
        yield Found(TermsRefusal.MOST, "most_per_organisation")
    if opens is not None and starts_at is not None and opens >= starts_at:
        yield Found(TermsRefusal.OPENS_TOO_LATE, "quotas_open_at")


def refusal_of_terms(terms: Terms, run: Run) -> Found | None:
    if is_over(run):
        return Found(TermsRefusal.RUN_NOT_ALIVE)
    return next(problems_of_terms(terms, starts_at=run.starts_at), None)


def terms_of(row: RunTerms | None) -> Terms:
    """The run's own terms, or the usual ones."""
    if row is None:
        return USUAL
    return Terms(
        cutoff=timedelta(hours=row.cutoff_hours),
        offer_time=timedelta(hours=row.offer_hours),
        quotas_open_at=row.quotas_open_at,
        most_per_organisation=row.most_per_organisation,
        way_in=row.way_in,
        substitution=None
        if row.substitution_hours is None
        else timedelta(hours=row.substitution_hours),
    )


def row_of(terms: Terms) -> dict[str, object]:
    """The columns of ``RunTerms`` that say the same."""
    return {
        "cutoff_hours": terms.cutoff // HOUR,
        "offer_hours": terms.offer_time // HOUR,
        "quotas_open_at": terms.quotas_open_at,
        "most_per_organisation": terms.most_per_organisation,
        "way_in": terms.way_in,
        "substitution_hours": None if terms.substitution is None else terms.substitution // HOUR,
    }
