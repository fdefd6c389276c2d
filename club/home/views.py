"""The first page: what the club is, what is next, what others achieved, where the plan stands."""

from flask import Blueprint, render_template

from club import clock
from club.courses import run_lists
from club.knowledge import queries as knowledge
from club.web.access import Audience, open_to

bp = Blueprint("home", __name__)

_RUNS = 4
#: One for the dark panel, three for the row below.
_CASES = 4


@bp.get("/")
@open_to(Audience.EVERYONE)
def start() -> str:
    now = clock.now()
    today = clock.local_day(now)
    first, *others = [*knowledge.cases_with_figures(_CASES), None]
    return render_template(
        "home/start.html",
        runs=run_lists.next_runs(_RUNS, now=now),
        hero=first,
        cases=[case for case in others if case],
        standings=(),
        today=today,
    )
