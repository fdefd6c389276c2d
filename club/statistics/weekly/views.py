"""Asking for the week's figures on the dashboard, and ending them."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from club import clock
from club.periods import PeriodError
from club.statistics.dashboard.asking import asked_again
from club.statistics.dashboard.queries import view_by_public_id
from club.statistics.dashboard.views.blueprint import READERS
from club.statistics.weekly import operations
from club.web.access import open_to
from club.web.errors import error_answer

bp = Blueprint("weekly_figures", __name__, url_prefix="/office/dashboard")


@bp.post("/weekly")
@open_to(*READERS)
def ask() -> ResponseReturnValue:
    """The figures of the page that is open, which no form of letters can mistype."""
    now = clock.now()
    try:
        asked = asked_again(request.form.get("asked", "")[:400], now=now)
    except PeriodError as error:
        advice = gettext("Go back to the dashboard and choose from what is there.")
        return error_answer(422, gettext(error.refusal.value), advice)
    operations.ask_weekly(current_user.person_id, asked.query, now=now)
    return _asked_from(f"/office/dashboard?{asked.query}".rstrip("?"))


@bp.post("/views/<uuid:public_id>/weekly")
@open_to(*READERS)
def ask_for_view(public_id: UUID) -> ResponseReturnValue:
    """The figures of a saved view, as it is now: they keep coming should it be removed."""
    view = view_by_public_id(public_id) or abort(404)
    operations.ask_weekly(current_user.person_id, view.asked, view_name=view.name, now=clock.now())
    return _asked_from(f"/office/dashboard/views/{public_id}")


@bp.post("/weekly/removal")
@open_to(*READERS)
def end() -> ResponseReturnValue:
    operations.end_weekly(current_user.person_id)
    flash(gettext("You get no more letters with the week's figures."), "success")
    return redirect("/office/dashboard")


def _asked_from(page: str) -> Response:
    flash(
        gettext("The figures come by letter each Monday morning, from next Monday on."), "success"
    )
    return redirect(page)
