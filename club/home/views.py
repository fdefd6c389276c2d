"""The first page: what the club is, what is next, what others achieved, where the plan stands;
and the first page of those who work for the club.
"""

from datetime import datetime
from itertools import groupby

from flask import Blueprint, current_app, render_template
from flask_babel import get_locale, gettext, ngettext
from flask_login import current_user
from markupsafe import Markup

from club import clock
from club.courses import run_lists
from club.courses.queries import course_addresses
from club.home.choosing import telling
from club.home.labels import place_of
from club.home.queries import OF_ONE_ROLE, Errand, waiting_today
from club.knowledge import queries as knowledge
from club.plan.queries import target_standings
from club.registration.ways_in import anybody_comes
from club.web.access import Audience, open_to
from club.web.cache import kept

bp = Blueprint("home", __name__)

_RUNS = 4
#: One for the dark panel, three for the row below.
_CASES = 4


@bp.get("/")
@open_to(Audience.EVERYONE)
def start() -> str:
    """Seats are those of this moment; cases and plan may be some seconds old."""
    now = clock.now()
    key = f"home {run_lists.fingerprint()} {get_locale()} {now:%Y-%m-%d %H:%M}"
    return render_template("home/start.html", content=kept(key, lambda: _content(now)))


@bp.get("/office/")
@open_to(
    Audience.TRAINER,
    Audience.COORDINATOR,
    Audience.OFFICIAL,
    Audience.REPORTING_OFFICER,
    Audience.ASSESSOR,
    Audience.ADMINISTRATOR,
)
def desks() -> str:
    """Every desk that the reader's roles open, field by field."""
    links = current_app.extensions["club.desk_links"]()
    fields = [(field, list(found)) for field, found in groupby(links, key=lambda d: d.field)]
    return render_template("home/desks.html", fields=fields)


@bp.get("/office/today")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def today() -> str:
    """What needs a decision, from all desks in one list."""
    now = clock.now()
    found = [one for one in waiting_today(now=now) if _is_theirs(one.errand)]
    day = clock.local_day(now)
    overdue = sum(one.is_overdue(day) for one in found)
    return render_template(
        "home/today.html",
        lines=[(one, place_of(one)) for one in found],
        today=day,
        lead=_lead(sum(one.number for one in found), overdue),
    )


def _is_theirs(errand: Errand) -> bool:
    """Nobody is sent to a desk where they only look on: reports of departments are the
    coordinator's, reports of figures an official's.
    """
    return errand not in OF_ONE_ROLE or current_user.holds(OF_ONE_ROLE[errand])


def _lead(number: int, overdue: int) -> str:
    if not number:
        return ""
    waiting = ngettext("%(num)s thing waits.", "%(num)s things wait.", number)
    late = gettext("Nothing is overdue.")
    if overdue:
        late = ngettext("%(num)s line is overdue.", "%(num)s lines are overdue.", overdue)
    return f"{waiting} {late}"


def _content(now: datetime) -> Markup:
    today = clock.local_day(now)
    first, *others = [*knowledge.cases_with_figures(_CASES), None]
    runs = run_lists.runs_to_join(_RUNS, anybody_comes(), now=now)
    drawn = render_template(
        "home/_content.html",
        runs=runs,
        coming=run_lists.runs_to_open(_RUNS - len(runs), now=now),
        hero=first,
        cases=[case for case in others if case],
        standings=telling(target_standings(on=today)),
        addresses=course_addresses(),
        today=today,
    )
    return Markup(drawn)  # noqa: S704  rendered, escaped
