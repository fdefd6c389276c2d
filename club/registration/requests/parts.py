"""What other pages show of requests that wait for an answer."""

from datetime import datetime

from club.accounts.models import Account
from club.clock import local_day
from club.courses.models import Run
from club.people.models import Organisation
from club.people.queries import represents
from club.registration.requests import queries
from club.web.page_parts import PagePart


def run_part(run: Run, _account: object, now: datetime) -> PagePart | None:
    """On the coordinator's page of a run: how many wait for a decision."""
    waiting = queries.count_of_run(run.id)
    if not waiting or run.starts_at is None or now >= run.starts_at:
        return None
    return PagePart("registration/_desk_requests.html", {"waiting": waiting, "code": run.code})


def organisation_part(
    organisation: Organisation, account: Account, now: datetime
) -> PagePart | None:
    """On the page of an organisation, for who speaks for it; staff have their own desk."""
    waiting = len(queries.requests_to_organisation(organisation.id, now=now))
    if not waiting or not represents(account.person_id, organisation.id, on=local_day(now)):
        return None
    context = {"waiting": waiting, "organisation": organisation}
    return PagePart("registration/_organisation_requests.html", context)
