"""The officials' dashboard: one page, and each of its charts as a picture."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.periods import Cut, Period, PeriodError
from club.statistics.dashboard.charts import ChartKey, charts_of
from club.statistics.dashboard.figures import overview_of
from club.statistics.dashboard.queries import latest_change
from club.web.access import Audience, open_to
from club.web.asked_times import period_asked, report_year
from club.web.errors import error_answer
from club.web.kept_pages import kept_page
from club.web.layout import Labels

bp = Blueprint("dashboard", __name__)
READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)
_FIRST_YEAR = 2021


@bp.get("/office/dashboard")
@open_to(*READERS)
def page() -> ResponseReturnValue:
    try:
        return _page(_period(request.args), None)
    except PeriodError as error:
        return _page(_period({}), gettext(error.refusal.value)), 422


@bp.get("/office/dashboard/<string:chart>.svg")
@open_to(*READERS)
def picture(chart: str) -> ResponseReturnValue:
    """One chart with its words, for a report or a slide."""
    if chart not in set(ChartKey):
        abort(404)
    try:
        period = _period(request.args)
    except PeriodError as error:
        return error_answer(422, gettext(error.refusal.value), _advice())
    key, labels = ChartKey(chart), _labels()
    found = charts_of(overview_of(period, labels, now=clock.now()), labels)[key]
    drawn = render_template("statistics/dashboard/chart.svg", chart=found, period=period)
    response = Response(drawn, mimetype="image/svg+xml")
    name = f"{key.value}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(period: Period, problem: str | None) -> str:
    """The same for all its readers, and kept while nothing new is counted."""
    now = clock.now()
    state = ("dashboard", latest_change(), period, problem, f"{now:%Y-%m-%d %H:%M}")

    def draw() -> str:
        labels = _labels()
        overview = overview_of(period, labels, now=now)
        return render_template(
            "statistics/dashboard/page.html",
            overview=overview,
            charts=charts_of(overview, labels),
            asked=address_of(period),
            problem=problem,
            years=range(report_year(now, Cut.REPORT), _FIRST_YEAR - 1, -1),
        )

    return kept_page(state, draw)


def address_of(period: Period) -> str:
    """The query that asks for a period."""
    if period.name:
        return urlencode({"period": period.name, "cut": period.cut.value})
    return urlencode({"from": period.first.isoformat(), "to": period.last.isoformat()})


def _period(arguments: Mapping[str, str]) -> Period:
    """``year`` and ``part`` are what the form says; all else is as in every address of figures."""
    asked = dict(arguments)
    if year := asked.get("year"):
        part = asked.get("part")
        asked["period"] = f"{year}-{part}" if part else year
    return period_asked(asked, now=clock.now(), cut=Cut.REPORT)


def _advice() -> str:
    return str(gettext("Go back to the dashboard and choose from what is there."))


def _labels() -> Labels:
    return cast("Labels", current_app.extensions["club.labels"])
