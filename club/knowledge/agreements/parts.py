"""What pages of rooms below show of the cases that firms are asked about and agreed to."""

from datetime import datetime

from club.clock import local_day
from club.knowledge.agreements.models import AgreementState
from club.knowledge.agreements.queries import agreements_with, texts_of, waiting_for_answer_of
from club.people.models import Organisation, Person
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


def own_part(person: Person, _account: object, now: datetime) -> PagePart | None:
    """On somebody's own page: what the club asks the firms that the person speaks for."""
    waiting = waiting_for_answer_of(person.id, on=local_day(now))
    if not waiting:
        return None
    return PagePart(
        "knowledge/agreements/_part_of_own_page.html",
        {"waiting": waiting, "texts": texts_of(waiting)},
    )
