"""The trainer's table of results, for a phone and for a computer."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from club import clock
from club.courses.models import Run
from club.records.attendance.queries import entries_of
from club.records.results import operations, queries, rules
from club.records.results.forms import ScaleForm, scale_form
from club.records.results.operations import ContestedError
from club.records.results.pasting import Pasted, pasted
from club.records.results.sheet import Sheet, sheet_as_it_stands, sheet_as_typed
from club.records.views.blueprint import bp, taught_run_or_404
from club.refusal import RefusedError
from club.web import kept_input
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_TRAINERS = (Audience.TRAINER, Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/teaching/runs/<string:code>/results")
@open_to(*_TRAINERS)
def results(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    return _results_page(run, _sheet(run, kept_input.for_this_page()))


@bp.post("/teaching/runs/<string:code>/results")
@open_to(*_TRAINERS)
def save_results(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    if "fill" in request.form:
        return _filled_in(run)
    sheet = _sheet(run, request.form)
    if sheet.errors:
        return _results_page(run, sheet, status=422)
    try:
        count = operations.save_results(run.id, sheet.typed(), by=current_user.id, now=clock.now())
    except ContestedError as contested:
        sheet.show_contested(contested.cells, queries.results_of(run.id))
        return _results_page(run, sheet, status=409)
    flash(_saved(count), "success")
    return redirect(_address(run))


def _filled_in(run: Run) -> ResponseReturnValue:
    """The table with what was pasted put into it, to be looked over and saved."""
    rows = _sheet(run).rows
    typed = request.form.copy()
    found = pasted(typed.get("pasted", ""), (row.entry.person for row in rows))
    for row in rows:
        for cell, words in found.cells.get(row.entry.person.id, {}).items():
            typed[row.name_of(cell)] = words
    return _results_page(run, _sheet(run, typed), found=found)


@bp.post("/teaching/runs/<string:code>/results/maximums")
@open_to(*_TRAINERS)
def state_scale(code: str) -> ResponseReturnValue:
    run, form = taught_run_or_404(code), ScaleForm()
    if form.validate():
        try:
            operations.state_scale(run.id, form.scale(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The maximum scores are saved."), "success")
            return redirect(_address(run))
    return _results_page(run, _sheet(run), form, status=form.answer_status)


@bp.get("/teaching/runs/<string:code>/results/history")
@open_to(*_TRAINERS)
def results_history(code: str) -> str:
    run = taught_run_or_404(code)
    return render_template(
        "records/results_history.html",
        run=run,
        steps=queries.steps_of(run.id),
        scale=queries.scale_of(run.id),
        back=_address(run),
    )


def _address(run: Run) -> str:
    return f"/teaching/runs/{run.code}/results"


def _saved(count: int) -> str:
    if not count:
        return str(gettext("Nothing was different, so nothing was changed."))
    return str(
        ngettext(
            "Saved: the results of %(num)s person.", "Saved: the results of %(num)s people.", count
        )
    )


def _sheet(run: Run, typed: MultiDict[str, str] | None = None) -> Sheet:
    entries, held = entries_of(run.id), queries.results_of(run.id)
    scale = queries.scale_of(run.id)
    if typed is None:
        return sheet_as_it_stands(entries, held, scale)
    return sheet_as_typed(entries, held, scale, typed)


def _results_page(
    run: Run,
    sheet: Sheet,
    form: ScaleForm | None = None,
    *,
    found: Pasted | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "records/results.html",
        run=run,
        sheet=sheet,
        form=form or scale_form(sheet.scale),
        refusal=rules.refusal_to_enter(run),
        found=found,
        pasted=request.form.get("pasted", "") if sheet.errors or (found and found.problems) else "",
        here=_address(run),
    )
    return page, status
