"""From what a version says about time to what the calculus of validity reckons with."""

from club.certification.progress.validity import ValidityTerms
from club.certification.schemes.models import REMINDER_DAYS, SchemeVersion


def terms_of(version: SchemeVersion) -> ValidityTerms:
    """A renewal is due from the first reminder of the end on."""
    return ValidityTerms(
        validity_months=version.validity_months,
        renewed_from=version.renewed_from,
        grace_months=version.grace_months,
        renewal_window_months=version.renewal_window_months,
        due_days=max(version.reminder_days, default=max(REMINDER_DAYS)),
    )
