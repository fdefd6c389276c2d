"""Who decides about a request for a place, and when: verdicts on facts."""

from datetime import datetime
from enum import StrEnum

from club.registration.models import Registration, RegistrationState, WayIn
from club.registration.rules.leaving import is_before_start


class RequestRefusal(StrEnum):
    NONE_TICKED = "Tick at least one request."
    DECIDED = "This request no longer waits for a decision."
    STARTED = "The class has started, so the request can no longer be decided."
    NOT_THE_ORGANISATION = "This request does not wait for the organisation's answer."
    BEFORE_THE_ORGANISATION = (
        "The organisation's representative has not answered yet. Write why you decide before."
    )


def refusal_to_decide(registration: Registration, *, at: datetime) -> RequestRefusal | None:
    """For the coordinator, who may turn a request down whoever has agreed."""
    if not registration.state.awaits_decision:
        return RequestRefusal.DECIDED
    return None if is_before_start(registration.run, at=at) else RequestRefusal.STARTED


def refusal_to_approve(
    registration: Registration, *, awaits_organisation: bool, remark: str | None, at: datetime
) -> RequestRefusal | None:
    """The coordinator may go ahead of an organisation that does not answer, and says why."""
    if refusal := refusal_to_decide(registration, at=at):
        return refusal
    if awaits_organisation and not (remark and remark.strip()):
        return RequestRefusal.BEFORE_THE_ORGANISATION
    return None


def refusal_to_answer_for_organisation(
    registration: Registration, way_in: WayIn, *, at: datetime
) -> RequestRefusal | None:
    """For the representative of the organisation that the person comes for."""
    if refusal := refusal_to_decide(registration, at=at):
        return refusal
    if not asks_organisation(registration, way_in):
        return RequestRefusal.NOT_THE_ORGANISATION
    return None


def asks_organisation(registration: Registration, way_in: WayIn) -> bool:
    """Whether the organisation's answer comes next; who comes for nobody needs none."""
    return (
        way_in is WayIn.ENDORSED_APPROVAL
        and registration.state is RegistrationState.REQUESTED
        and registration.organisation_id is not None
    )
