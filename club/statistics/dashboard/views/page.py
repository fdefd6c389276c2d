"""The officials' dashboard: one page, each of its charts as a picture, and views under a name."""

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, abort, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.outbox.kinds import Matter
from club.outbox.queries import wants_letters
from club.periods import Cut, PeriodError
from club.refusal import RefusedError
from club.statistics.classes import closed_classes
from club.statistics.dashboard import operations, queries
from club.statistics.dashboard.answering import answer
from club.statistics.dashboard.asking import PILOTS, Asked, asked_again, asked_of
from club.statistics.dashboard.charts import HEADINGS, ChartKey, charts_of
from club.statistics.dashboard.figures import overview_of
from club.statistics.dashboard.forms import SaveViewForm
from club.statistics.dashboard.models import SavedView
from club.statistics.dashboard.views.blueprint import HERE, READERS, bp
from club.statistics.quality.labels import bounds_words
from club.web import kept_input
from club.web.access import open_to
from club.web.asked_times import as_asked, report_year
from club.web.errors import error_answer
from club.web.forms import show_refusal
from club.web.kept_pages import kept_part, page_with_parts, shared_page
from club.web.layout import Labels

_FIRST_YEAR = 2021


@bp.get(HERE)
@open_to(*READERS)
def page() -> ResponseReturnValue:
    try:
        return _page(_asked())
    except PeriodError as error:
        return _page(asked_of([], now=clock.now()), problem=gettext(error.refusal.value)), 422


@bp.get(f"{HERE}/<string:chart>.svg")
@open_to(*READERS)
def picture(chart: str) -> ResponseReturnValue:
    """One chart with its words, for a report or a slide."""
    if chart not in set(ChartKey):
        abort(404)
    try:
        period = _asked().period
    except PeriodError as error:
        return error_answer(422, gettext(error.refusal.value), _advice())
    key, labels = ChartKey(chart), _labels()
    overview = overview_of(period, closed_classes(period), labels, now=clock.now())
    found = charts_of(overview, labels)[key]
    drawn = render_template("statistics/dashboard/chart.svg", chart=found, period=period)
    response = Response(drawn, mimetype="image/svg+xml")
    name = f"{key.value}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get(f"{HERE}/views/<uuid:public_id>")
@open_to(*READERS)
def saved_view(public_id: UUID) -> str:
    """For whoever may see the dashboard and has the link."""
    view = _view_or_404(public_id)
    return _page(asked_again(view.asked, now=clock.now()), view=view)


@bp.post(f"{HERE}/views")
@open_to(*READERS)
def save_view() -> ResponseReturnValue:
    form, now = SaveViewForm(), clock.now()
    try:
        asked = asked_again(form.asked.data or "", now=now)
    except PeriodError as error:
        return _page(asked_of([], now=now), problem=gettext(error.refusal.value), form=form), 422
    if form.validate():
        try:
            view = operations.save_view(
                current_user.person_id, form.name.data or "", asked.query, now=now
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("Saved. Its address can be given to whoever may see the dashboard."))
            return redirect(f"{HERE}/views/{view.public_id}")
    return _page(asked, form=form), form.answer_status


@bp.post(f"{HERE}/views/<uuid:public_id>/removal")
@open_to(*READERS)
def forget_view(public_id: UUID) -> ResponseReturnValue:
    view = _view_or_404(public_id)
    if view.person_id != current_user.person_id:
        abort(404)
    operations.forget_view(view)
    flash(gettext("Removed."), "success")
    return redirect(HERE)


def _page(
    asked: Asked,
    *,
    problem: str | None = None,
    view: SavedView | None = None,
    form: SaveViewForm | None = None,
) -> str:
    """The same for all its readers but for the views that each has saved, and kept while nothing
    new is counted.
    """
    now, opening = clock.now(), queries.opening_for(current_user.person_id)
    named = (view.name, view.person.full_name) if view else None
    state = ("dashboard", opening.latest_change, asked, problem, named, f"{now:%Y-%m-%d %H:%M}")

    def draw() -> str:
        return render_template(
            "statistics/dashboard/page.html",
            answer=answer(asked, _labels(), now=now),
            bounds_words=bounds_words,
            figures_query=urlencode(as_asked(asked.period)),
            problem=problem,
            named=named,
            parts=_parts(),
            years=range(report_year(now, Cut.REPORT), _FIRST_YEAR - 1, -1),
        )

    parts = {"own_views": lambda: _own_views(opening, asked, form, view)}
    return page_with_parts(draw, parts) if form else shared_page(state, draw, parts)


def _own_views(
    opening: queries.Opening, asked: Asked, form: SaveViewForm | None, view: SavedView | None
) -> str:
    """Most officials have saved none and get no letter, so theirs are the same."""
    letter, views = opening.letter, opening.views
    by_letter = letter is None or wants_letters(current_user.person_id, Matter.FIGURES)

    def draw() -> str:
        return render_template(
            "statistics/dashboard/_views.html",
            views=views,
            asked=asked,
            view=view,
            letter=letter,
            by_letter=by_letter,
            form=form or SaveViewForm(asked=asked.query),
        )

    if form or kept_input.PARAMETER in request.args:
        return draw()
    here = view.public_id if view else None
    return kept_part(("own views", asked, here, views, letter, by_letter), draw)


def _parts() -> list[tuple[str, str]]:
    """What can be chosen for the page, with its name."""
    charts = [(key.value, str(heading)) for key, heading in HEADINGS.items()]
    return [*charts, (PILOTS, gettext("Pilot projects"))]


def _view_or_404(public_id: UUID) -> SavedView:
    return queries.view_by_public_id(public_id) or abort(404)


def _asked() -> Asked:
    return asked_of(list(request.args.items(multi=True)), now=clock.now())


def _advice() -> str:
    return str(gettext("Go back to the dashboard and choose from what is there."))


def _labels() -> Labels:
    return cast("Labels", current_app.extensions["club.labels"])
