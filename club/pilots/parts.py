"""What an organisation's page shows of its pilot projects."""

from datetime import datetime

from club.people.models import Organisation
from club.pilots.queries import projects_of
from club.web.page_parts import PagePart


def pilots_part(organisation: Organisation, _account: object, _now: datetime) -> PagePart | None:
    """Nothing for the many that have none."""
    projects = projects_of(organisation.id)
    if not projects:
        return None
    return PagePart(
        "pilots/_part_of_organisation.html", {"organisation": organisation, "projects": projects}
    )
