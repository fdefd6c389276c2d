"""Where the dashboard's share of used seats leads: to the classes, and to who did not come."""

from urllib.parse import urlencode

from flask import abort, render_template, request
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import note_list
from club.periods import Cut, Period, PeriodError
from club.statistics.classes import closed_classes, seats_of
from club.statistics.dashboard import places
from club.statistics.dashboard.views.blueprint import HERE, READERS, bp
from club.statistics.lists import months_listed
from club.statistics.permissions import may_see_sheets
from club.web.access import open_to
from club.web.asked_times import as_asked, period_asked
from club.web.errors import error_answer
from club.web.pages import page_number


@bp.get(f"{HERE}/places")
@open_to(*READERS)
def classes() -> str:
    """Seats class by class, without names."""
    period = _period()
    return _page(
        "statistics/dashboard/places.html", period, rows=places.classes_of(period, page=_number())
    )


@bp.get(f"{HERE}/places/unused")
@open_to(*READERS)
def unused() -> str:
    period = _period()
    rows = places.who_did_not_come(period, page=_number())
    page = _page(
        "statistics/dashboard/unused_places.html",
        period,
        rows=rows,
        follows=may_see_sheets(current_user),
    )
    for month in months_listed(rows.items):
        note_list(places.KIND, month)
    return page


def _page(template: str, period: Period, **given: object) -> str:
    return render_template(
        template,
        period=period,
        query=urlencode(as_asked(period)),
        seats=seats_of(closed_classes(period)),
        now=clock.now(),
        **given,
    )


def _number() -> int:
    return page_number(request.args.get("page"))


def _period() -> Period:
    """The list is reached from a figure: whoever changed its address reads what it may say."""
    try:
        return period_asked(request.args, now=clock.now(), cut=Cut.CALENDAR)
    except PeriodError as error:
        advice = gettext("An address may name period and cut.")
        abort(error_answer(422, gettext(error.refusal.value), advice))
