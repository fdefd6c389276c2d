"""A run of the demo club with places that are kept for groups."""

from datetime import datetime, timedelta

from club.demo.runs import DemoRun, Part
from club.people.models import AudienceKind
from club.registration.rules.terms import Terms
from club.registration.terms import Group, add_group, set_terms


def keep_places_for_groups(runs: dict[Part, DemoRun], *, by: int, now: datetime) -> None:
    """Half of the seats for enterprises and some for members, until a week before the start."""
    if Part.GROUPED not in runs:
        return
    run = runs[Part.GROUPED]
    opens = run.sessions[0].starts_at - timedelta(days=7)
    set_terms(run.id, Terms(quotas_open_at=opens, most_per_organisation=4), by=by, now=now)
    enterprises, members = Group(audience=AudienceKind.ENTERPRISE), Group(members_only=True)
    add_group(run.id, enterprises, seats=run.seats // 2, by=by, now=now)
    add_group(run.id, members, seats=run.seats // 6, by=by, now=now)
