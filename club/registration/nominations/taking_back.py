"""An organisation takes somebody back whom it nominated; the place goes to the next in line."""

from datetime import datetime

from club.accounts.queries import names_of
from club.audit.operations import record
from club.db import transaction
from club.refusal import RefusedError
from club.registration.held import holding_run_of
from club.registration.models import RegistrationState, StepReason
from club.registration.nominations import queries
from club.registration.nominations.letters import tell_of_taking_back
from club.registration.nominations.rules.taking_back import refusal_to_take_back
from club.registration.places import leave


def take_back(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Take the person off the list and say why; the person is told. ``by`` speaks for the
    organisation.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        is_nominated = queries.nominee_of(theirs.id) is not None
        refusal = refusal_to_take_back(theirs, held.terms, is_nominated=is_nominated, at=now)
        if refusal:
            raise RefusedError(refusal)
        had_place = theirs.state is RegistrationState.CONFIRMED
        why = StepReason.WITHDRAWN_BY_ORGANISATION
        leave(held, theirs, reason=why, remark=reason, by=by, now=now)
        session.flush()
        tell_of_taking_back(
            theirs, had_place=had_place, nominator=names_of([by])[by], reason=reason, now=now
        )
        record(
            "registration.take_back",
            subject_kind="registration",
            subject_id=theirs.public_id,
            by=by,
            now=now,
            detail={"run": held.run.code, "reason": reason},
        )
