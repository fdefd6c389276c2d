"""Whether somebody may register for a run, from what the books say: facts for the one verdict.

The page asks before it shows a form, the operation asks again while it holds the run.
"""

from dataclasses import replace
from datetime import datetime

from club.courses.standing import RunTimesAndPlaces
from club.registration.models import WayIn
from club.registration.registrants import Registrant
from club.registration.rules.coming import Applicant, NotEligibleError, Verdict, verdict_on


def verdict_on_person(
    run: RunTimesAndPlaces, registrant: Registrant, *, way_in: WayIn, at: datetime
) -> Verdict:
    """On somebody who registers without anybody's help."""
    return verdict_on(run, _applicant(registrant), way_in=way_in, at=at)


def verdict_on_entry_by_staff(
    run: RunTimesAndPlaces, registrant: Registrant, *, way_in: WayIn, at: datetime
) -> Verdict:
    """On somebody whom staff enter: nobody needs an account, and staff are a way in."""
    applicant = replace(_applicant(registrant), account_confirmed=None, is_let_in=True)
    return verdict_on(run, applicant, way_in=way_in, at=at)


def refuse_unless_allowed(verdict: Verdict) -> None:
    if not verdict.allows:
        raise NotEligibleError(verdict)


def _applicant(registrant: Registrant) -> Applicant:
    return Applicant(
        account_confirmed=registrant.account_confirmed,
        consents=registrant.consents,
        is_registered=registrant.registration_id is not None,
    )
