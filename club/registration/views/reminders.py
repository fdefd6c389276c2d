"""How long before its start a run's people are reminded."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.refusal import RefusedError
from club.registration.reminders import operations, queries
from club.registration.reminders.forms import RemindersForm
from club.registration.reminders.rules import refusal_to_remind_of
from club.registration.views.blueprint import managed_run_or_404
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

bp = Blueprint("reminders", __name__)

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/reminders")
@open_to(*_STAFF)
def run_reminders(code: str) -> str:
    run = managed_run_or_404(code)
    hours = queries.planned_hours([run.id])[run.id]
    return _page(run, RemindersForm(data={"hours": ", ".join(map(str, hours))}), hours)


@bp.post("/office/runs/<string:code>/reminders")
@open_to(*_STAFF)
def plan(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), RemindersForm()
    if not form.validate():
        return _page(run, form, queries.planned_hours([run.id])[run.id]), 422
    try:
        operations.plan_reminders(run, form.planned, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        run = managed_run_or_404(code)
        return _page(run, form, queries.planned_hours([run.id])[run.id]), form.answer_status
    flash(gettext("Saved."), "success")
    return redirect(url_for("reminders.run_reminders", code=code))


def _page(run: Run, form: RemindersForm, hours: list[int]) -> str:
    refusal, done = refusal_to_remind_of(run), queries.reminders_of([run.id])
    done_now = {r.hours for r in done if r.starts_at == run.starts_at}
    ahead = [
        (number, operations.first_moment(run.starts_at, number))
        for number in hours
        if run.starts_at and not refusal and number not in done_now
    ]
    return render_template(
        "registration/office_reminders.html",
        run=run,
        form=form,
        ahead=[(number, at) for number, at in ahead if at > clock.now()],
        done=done,
        refusal=refusal,
    )
