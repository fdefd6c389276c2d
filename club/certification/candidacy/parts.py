"""What an organisation's page shows of candidates: whom it proposed, and the way to propose."""

from datetime import datetime

from club.certification.candidacy.queries import nominated_for
from club.clock import local_day
from club.people.models import Organisation
from club.web.page_parts import PagePart


def candidates_part(organisation: Organisation, _account: object, now: datetime) -> PagePart:
    proposed = nominated_for(organisation.id, on=local_day(now))
    return PagePart(
        "certification/candidacy/_part_of_organisation.html",
        {"organisation": organisation, "proposed": len(proposed)},
    )
