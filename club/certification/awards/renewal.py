"""What the renewal of a recognition has come to: what it would add to its validity today."""

from collections.abc import Sequence
from datetime import date

from club.certification.awards.standing import AwardFacts
from club.certification.candidacy.models import Candidate, EvidenceUse
from club.certification.candidacy.standing import what_is_known
from club.certification.progress.validity import Period, renewal_of


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
