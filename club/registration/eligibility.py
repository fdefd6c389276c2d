"""Whether somebody may register for a run, from what the books say: facts for the one verdict.

The page asks before it shows a form, the operation asks again while it holds the run.
"""

from dataclasses import replace
from datetime import datetime

from club import clock
from club.courses.models import Run
from club.courses.queries import RunGlance
from club.registration.models import WayIn
from club.registration.registrants import Registrant
from club.registration.requirements.queries import NOTHING, Unmet, unmet_by
from club.registration.rules.coming import Applicant, NotEligibleError, Verdict, verdict_on


def verdict_on_person(
    run: Run | RunGlance, registrant: Registrant, *, way_in: WayIn, at: datetime
) -> Verdict:
    """On somebody who registers without anybody's help."""
    return verdict_on(run, _applicant(run, registrant, way_in=way_in, at=at), way_in=way_in, at=at)


def verdict_on_entry_by_staff(
    run: Run | RunGlance, registrant: Registrant, *, way_in: WayIn, at: datetime
) -> Verdict:
    """On somebody whom staff enter: nobody needs an account, and staff are a way in."""
    applicant = replace(
        _applicant(run, registrant, way_in=way_in, at=at), account_confirmed=None, is_let_in=True
    )
    return verdict_on(run, applicant, way_in=way_in, at=at)


def verdict_on_nominations(run: Run | RunGlance, *, way_in: WayIn, at: datetime) -> Verdict:
    """On whomever an organisation sends: it states that they agreed, and is a way in, but for
    what the club invites to itself, and where everybody asks for a place.
    """
    is_let_in = way_in is not WayIn.INVITATION
    anybody = Applicant(None, consents=True, is_registered=False, is_let_in=is_let_in, is_sent=True)
    return verdict_on(run, anybody, way_in=way_in, at=at)


def refuse_unless_allowed(verdict: Verdict) -> None:
    if not verdict.allows:
        raise NotEligibleError(verdict)


def _applicant(
    run: Run | RunGlance, registrant: Registrant, *, way_in: WayIn, at: datetime
) -> Applicant:
    lacks = _unmet(run, registrant, at=at)
    return Applicant(
        account_confirmed=registrant.account_confirmed,
        consents=registrant.consents,
        is_registered=registrant.registration_id is not None,
        teaches=registrant.teaches,
        is_let_in=way_in is WayIn.INVITATION and registrant.is_invited,
        lacks_membership=lacks.membership,
        lacks_courses=lacks.courses,
    )


def _unmet(run: Run | RunGlance, registrant: Registrant, *, at: datetime) -> Unmet:
    """Asked for only where the course requires anything."""
    if not registrant.is_required_something:
        return NOTHING
    person_id = registrant.person_id
    return unmet_by(run.id, [person_id], on=clock.local_day(at)).get(person_id, NOTHING)
