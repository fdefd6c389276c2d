"""What an organisation's page shows of this room: the classes its people come to, and the next."""

from datetime import datetime

from club.courses.run_lists import runs_to_join
from club.people.models import Organisation
from club.registration.nominations import queries
from club.registration.ways_in import organisations_nominate
from club.web.page_parts import PagePart

_SHOWN = 10
_OFFERED = 5


def classes_part(organisation: Organisation, _account: object, now: datetime) -> PagePart:
    return PagePart(
        "registration/nominations/_classes.html",
        {
            "organisation": organisation,
            "ours": queries.our_runs(organisation.id, limit=_SHOWN),
            "next": runs_to_join(_OFFERED, organisations_nominate(), now=now),
        },
    )
