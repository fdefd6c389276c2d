"""How the certificate of a recognition stands, and since when it has been valid. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from club.certification.progress.validity import AwardStanding
from club.records.certificates.models import CertificateState

#: Of a certificate that no other one took the place of.
STATES = {
    AwardStanding.NOT_YET: CertificateState.VALID,
    AwardStanding.VALID: CertificateState.VALID,
    AwardStanding.RENEWAL_DUE: CertificateState.VALID,
    AwardStanding.IN_GRACE: CertificateState.EXPIRED,
    AwardStanding.LAPSED: CertificateState.EXPIRED,
    AwardStanding.SUSPENDED: CertificateState.SUSPENDED,
    AwardStanding.WITHDRAWN: CertificateState.REVOKED,
    AwardStanding.GIVEN_BACK: CertificateState.REVOKED,
}
#: First and last day of a validity.
Days = tuple[date, date | None]


def unbroken_since(periods: Sequence[Days]) -> date:
    """Since when somebody has been valid without a break, by the end of the last validity. A
    certificate that is issued before the old end is valid at once, and says so.
    """
    since = periods[-1][0]
    for first, last in reversed(periods[:-1]):
        if last is None or last + timedelta(days=1) < since:
            break
        since = min(since, first)
    return since


def unbroken_until(periods: Sequence[Days], *, on: date) -> date | None:
    """Through which day somebody who is or was valid by then is so without a break. ``None``:
    without end.
    """
    begun = [last for first, last in periods if first <= on]
    until = begun[-1] if begun else None
    for first, last in periods[len(begun) :]:
        if until is None or first > until + timedelta(days=1):
            break
        until = last
    return until


class PaperRefusal(StrEnum):
    NOTHING_TO_CORRECT = (
        "The certificate bears the name of the person's entry already. Correct the entry first."
    )


def refusal_to_correct(*, printed: str | None, is_named: str) -> PaperRefusal | None:
    """``printed``: ``None`` where there is no certificate yet."""
    return PaperRefusal.NOTHING_TO_CORRECT if printed == is_named else None
