"""What the renewal of a recognition has come to: what it would add to its validity today."""

from collections.abc import Iterable, Sequence
from datetime import date

from club.certification.awards.standing import AwardFacts
from club.certification.candidacy.models import Candidate, EvidenceUse, UseState
from club.certification.candidacy.standing import what_is_known
from club.certification.progress.validity import Period, renewal_of, window_of
from club.certification.schemes.models import Purpose


def renewal_earned(
    candidate: Candidate, facts: AwardFacts, uses: Sequence[EvidenceUse], *, on: date
) -> Period | None:
    """The validity that everything which is there by then brings, in the order of its days;
    ``None``: it is not enough, or there is no end. ``uses``: what is claimed for the candidacy.
    """
    known = what_is_known(candidate, uses)
    return renewal_of(
        facts.periods[-1], facts.terms, known.needs, known.credits, known.verdicts, on=on
    )


def accepted_by(uses: Iterable[EvidenceUse], facts: AwardFacts) -> set[int]:
    """The accounts that accepted evidence for the next renewal."""
    window = window_of(facts.periods[-1], facts.terms)
    if window is None:
        return set()
    return {
        use.decided_by_id
        for use in uses
        if use.state is UseState.ACCEPTED
        and use.requirement.purpose is Purpose.RENEWAL
        and use.decided_by_id is not None
        and (use.to_day or use.day) >= window.first
    }
