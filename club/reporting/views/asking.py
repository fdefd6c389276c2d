"""Requests: the list, one of them with how far each unit is, and asking anew."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.periods import Cut, Period
from club.refusal import RefusedError
from club.reporting import queries
from club.reporting.forms import AskForm, PeriodicForm, QuestionsForm
from club.reporting.models import ReportRequest
from club.reporting.operations.asking import RequestFacts, ask
from club.reporting.permissions import may_ask
from club.reporting.summaries.queries import summaries
from club.reporting.views.blueprint import READERS, office_bp, request_or_404
from club.statistics.reports.naming import period_words
from club.units import queries as units
from club.units.models import Unit
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_USUAL_DAYS = 14


@office_bp.get("")
@open_to(*READERS)
def desk() -> str:
    today = clock.today()
    return render_template(
        "reporting/desk.html",
        requests=queries.requests(),
        late=queries.late_reports(today=today),
        waiting=queries.reports_to_look_at(),
        summaries=summaries(),
        today=today,
        may_ask=may_ask(current_user),
    )


@office_bp.get("/requests/<uuid:public_id>")
@open_to(*READERS)
def request(public_id: UUID) -> str:
    found = request_or_404(public_id)
    return render_template(
        "reporting/request.html",
        request=found,
        period=period_of(found),
        summaries=[one for one in summaries() if one.request_id == found.id],
        today=clock.today(),
        may_ask=may_ask(current_user),
    )


@office_bp.get("/new")
@open_to(Audience.COORDINATOR)
def new() -> str:
    today = clock.today()
    last_month = today.month - 1 or 12
    usual = {
        "part": f"{last_month:02d}",
        "year": str(today.year - (today.month == 1)),
        "cut": Cut.REPORT.value,
    }
    return _page(PeriodicForm(data=usual | _usual()))


@office_bp.post("/new")
@open_to(Audience.COORDINATOR)
def add() -> ResponseReturnValue:
    form = PeriodicForm()
    _offer(form)
    if form.validate() and (asked := _asked(form, form.facts_asked())):
        return asked
    return _page(form), form.answer_status


@office_bp.get("/new-questions")
@open_to(Audience.COORDINATOR)
def new_questions() -> str:
    return _page(QuestionsForm(data=_usual()))


@office_bp.post("/new-questions")
@open_to(Audience.COORDINATOR)
def add_questions() -> ResponseReturnValue:
    form = QuestionsForm()
    _offer(form)
    if form.validate() and (asked := _asked(form, form.facts_asked(clock.today()))):
        return asked
    return _page(form), form.answer_status


def period_of(found: ReportRequest) -> str:
    """In the reader's language."""
    return period_words(Period(found.first_day, found.last_day, found.cut, found.period_name))


def _asked(form: AskForm, facts: RequestFacts) -> ResponseReturnValue | None:
    try:
        asked = ask(facts, units=form.units.data or (), by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return None
    flash(gettext("The units are asked; who reports for them gets a letter."), "success")
    return redirect(url_for("department_reports.request", public_id=asked.public_id))


def _usual() -> dict[str, object]:
    """Who was asked last, and the reminders of then; for the first time, the city's departments
    that still exist.
    """
    due_on = clock.today() + timedelta(days=_USUAL_DAYS)
    if before := queries.latest_request():
        asked = [report.unit_id for report in before.reports]
        reminders = {"remind_before": before.remind_before, "remind_every": before.remind_every}
        return {"units": asked, "due_on": due_on, **reminders}
    there = [unit.id for unit in units.departments() if unit.exists_on(clock.today())]
    return {"units": there, "due_on": due_on}


def _offer(form: AskForm) -> None:
    form.offer_units(_units_to_ask())
    if isinstance(form, PeriodicForm):
        form.offer_periods(this_year=clock.today().year)


def _units_to_ask() -> list[Unit]:
    """Those that exist first: of ended ones the successor reports, once it is known."""
    today = clock.today()
    return sorted(
        units.all_units(), key=lambda unit: (not unit.exists_on(today), unit.kind.is_area)
    )


def _page(form: AskForm) -> str:
    _offer(form)
    return render_template(
        "reporting/new.html", form=form, is_periodic=isinstance(form, PeriodicForm)
    )
