from flask import Blueprint, render_template
from flask_login import current_user

from club import clock
from club.indicators.models import CountedFrom
from club.indicators.permissions import may_enter_values
from club.indicators.queries import published_tables
from club.knowledge.library.queries import places_in_text
from club.membership.permissions import may_decide_applications
from club.plan import queries
from club.plan.models import TargetKind
from club.web.access import Audience, open_to

bp = Blueprint("plan", __name__)
_STAFF = (Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)


@bp.get("/plan/")
@open_to(Audience.EVERYONE)
def progress() -> str:
    today = clock.today()
    standings = queries.target_standings(on=today)
    return render_template(
        "plan/progress.html",
        today=today,
        years=sorted({s.by_year for s in standings}),
        standings=standings,
        own=[s for s in standings if s.kind is not TargetKind.CONTRIBUTORY],
        tables=published_tables(),
        places=places_in_text("/plan/#"),
    )


@bp.get("/office/plan")
@open_to(*_STAFF)
def desk() -> str:
    today = clock.today()
    return render_template(
        "plan/desk.html",
        today=today,
        standings=queries.target_standings(on=today),
        tables=published_tables(),
        may_enter=may_enter_values(current_user),
        rows_behind=_rows_behind(),
    )


def _rows_behind() -> dict[CountedFrom, str]:
    """Where the reader sees what a counted figure consists of."""
    pages = {
        CountedFrom.PILOTS: "/office/pilots",
        CountedFrom.EXPERTS: "/office/certification/figures",
    }
    if may_decide_applications(current_user):
        pages[CountedFrom.CLUB] = "/office/members?tab=persons"
    return pages
