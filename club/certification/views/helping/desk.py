"""The coordinators' desk: requests for help, and who waits for whom."""

from flask import render_template, request

from club import clock
from club.certification.helping import queries
from club.certification.helping.models import ENDED, OPEN, HelpState
from club.certification.helping.rules import WAITS_FOR, Party
from club.certification.views.helping.blueprint import bp
from club.web.access import Audience, open_to
from club.web.pages import page_number

#: What the desk shows, by the name in its address; the first by default.
_VIEWS = {
    "club": [state for state in OPEN if WAITS_FOR[state] is Party.CLUB],
    "expert": [state for state in OPEN if WAITS_FOR[state] is Party.EXPERT],
    "asker": [HelpState.WITH_ASKER, HelpState.DECLINED],
    "under_way": [HelpState.UNDER_WAY],
    "ended": list(ENDED),
}


@bp.get("/office/certification/help-requests")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk() -> str:
    chosen = request.args.get("waits", "")
    chosen = chosen if chosen in _VIEWS else "club"
    numbers, today = queries.numbers_by_state(), clock.today()
    page = queries.requests_that_are(_VIEWS[chosen], page=page_number(request.args.get("page")))
    return render_template(
        "certification/helping/desk.html",
        page=page,
        page_url=lambda n: f"/office/certification/help-requests?waits={chosen}&page={n}",
        chosen=chosen,
        numbers={name: sum(numbers.get(s, 0) for s in states) for name, states in _VIEWS.items()},
        days={one.id: (today - clock.local_day(one.state_since)).days for one in page.items},
    )
