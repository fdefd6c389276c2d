"""What an organisation's page shows of the cases that the firm agreed to."""

from datetime import datetime

from club.knowledge.agreements.models import AgreementState
from club.knowledge.agreements.queries import agreements_with
from club.people.models import Organisation
from club.web.page_parts import PagePart


def agreements_part(
    organisation: Organisation, _account: object, _now: datetime
) -> PagePart | None:
    """Nothing for the many that nobody ever asked."""
    agreements = agreements_with(organisation.id)
    if not agreements:
        return None
    waiting = sum(one.state is AgreementState.ASKED for one in agreements)
    return PagePart(
        "knowledge/agreements/_part_of_organisation.html",
        {"code": organisation.code, "number": len(agreements), "waiting": waiting},
    )
