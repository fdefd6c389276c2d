"""What somebody asked experts for, as the person may take it along; and what stays of it when the
person's data is erased.
"""

from sqlalchemy import or_, select, update

from club.certification.helping.models import (
    OPEN,
    HelpRequest,
    HelpState,
    HelpStep,
    HelpStepKind,
)
from club.certification.models import Expert
from club.db import transaction
from club.knowledge.models import Tool
from club.people.models import Organisation
from club.web.personal_data import ERASED_NAME, Erasure, Rows, Whose


def requests_of(whose: Whose) -> Rows:
    return (
        select(
            HelpRequest.public_id.label("request"),
            Organisation.name.label("organisation"),
            Expert.code.label("expert"),
            HelpRequest.problem,
            Tool.name.label("tool"),
            HelpRequest.sector,
            HelpRequest.place,
            HelpRequest.time,
            HelpRequest.state,
            HelpRequest.state_since,
            HelpRequest.asked_at,
            HelpRequest.led_to,
        )
        .outerjoin(Organisation, Organisation.id == HelpRequest.organisation_id)
        .outerjoin(Expert, Expert.id == HelpRequest.expert_id)
        .outerjoin(Tool, Tool.id == HelpRequest.tool_id)
        .where(HelpRequest.person_id == whose.person_id)
        .order_by(HelpRequest.id)
    )


def steps_of(whose: Whose) -> Rows:
    """Of the person's own requests, and what the person did in those of others."""
    return (
        select(
            HelpRequest.public_id.label("request"),
            HelpStep.kind,
            HelpStep.words,
            HelpStep.at,
        )
        .join(HelpRequest, HelpRequest.id == HelpStep.request_id)
        .where(
            or_(
                HelpRequest.person_id == whose.person_id,
                HelpStep.by_id.is_not(None) & (HelpStep.by_id == whose.account_id),
            )
        )
        .order_by(HelpStep.id)
    )


def ids_of(whose: Whose) -> Rows:
    """Of the requests whose pages show the person."""
    return select(HelpRequest.public_id).where(HelpRequest.person_id == whose.person_id)


def erase(erasure: Erasure) -> None:
    """That somebody asked, and how it ended, stays; the words go, and what is open ends. Requests
    to an expert go to the club by themselves: the consent to stand in the register has ended.
    """
    whose = erasure.whose
    theirs = select(HelpRequest.id).where(HelpRequest.person_id == whose.person_id)
    with transaction() as session:
        still_open = HelpRequest.person_id == whose.person_id, HelpRequest.state.in_(OPEN)
        for request in session.scalars(select(HelpRequest).where(*still_open).with_for_update()):
            request.state, request.state_since = HelpState.WITHDRAWN, erasure.now
            session.add(
                HelpStep(
                    request_id=request.id,
                    kind=HelpStepKind.WITHDRAWN,
                    state=HelpState.WITHDRAWN,
                    expert_id=request.expert_id,
                    at=erasure.now,
                    by_id=erasure.by,
                )
            )
        session.flush()
        session.execute(
            update(HelpRequest)
            .where(HelpRequest.id.in_(theirs))
            .values(problem=ERASED_NAME, place=ERASED_NAME, time=ERASED_NAME, led_to=None)
        )
        session.execute(
            update(HelpStep)
            .where(or_(HelpStep.request_id.in_(theirs), HelpStep.by_id == whose.account_id))
            .values(words=None)
        )
