"""What pages of rooms below show of experts who can help."""

from datetime import datetime

from club.certification.helping import queries
from club.certification.register.queries import helpers_by_tool
from club.clock import local_day
from club.knowledge.editions import Edition
from club.knowledge.queries import tools_of
from club.people.models import Organisation, Person
from club.web.cache import kept
from club.web.page_parts import PagePart


def helpers_part(edition: Edition, _account: object, now: datetime) -> PagePart | None:
    """Beside a text: how many experts can be asked for help with its tools. Numbers, no names: the
    page is kept for some seconds, and consent is taken back at once.
    """
    today = local_day(now)
    helpers = kept(f"helpers_by_tool {today}", lambda: helpers_by_tool(on=today))
    if not helpers:
        return None
    tools = kept(f"tools_of {edition}", lambda: tools_of([edition.id]).get(edition.id, ()))
    able = [(tool, helpers[tool.key]) for tool in tools if tool.key in helpers]
    return PagePart("certification/helping/_part_of_text.html", {"tools": able}) if able else None


def organisation_part(organisation: Organisation, _account: object, _now: datetime) -> PagePart:
    return PagePart(
        "certification/helping/_part_of_organisation.html",
        {
            "sector": organisation.sector or "",
            "open": queries.open_requests_of(organisation.id),
        },
    )


def own_part(person: Person, _account: object, _now: datetime) -> PagePart | None:
    """On somebody's own page: requests that wait for the person's answer."""
    waiting = queries.waiting_for_answer_of(person.id)
    if not waiting:
        return None
    return PagePart("certification/helping/_part_of_own_page.html", {"waiting": waiting})
