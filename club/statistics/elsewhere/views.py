"""What departments and partners report of their own training: apart from the club's figures."""

from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.documents.csv_file import csv_text
from club.hours import hours_in_file
from club.knowledge.queries import topics_in_order
from club.periods import Cut, Period, PeriodError
from club.statistics.elsewhere import operations, queries
from club.statistics.elsewhere.forms import CorrectionForm, ReportedForm, filled
from club.statistics.elsewhere.models import ReportedTraining
from club.units.queries import all_units
from club.web.access import Audience, open_to
from club.web.asked_times import period_asked, report_year
from club.web.described import CSV, TEXT, described, record
from club.web.errors import error_answer
from club.web.keeping import kept_or_again

bp = Blueprint("elsewhere", __name__)
READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)
COLUMNS = ("unit", "from", "to", "topic", "audience", "turns", "hours", "source", "entered_at")
_FIRST_YEAR = 2021


@bp.get("/office/training-reported")
@open_to(*READERS)
def reported() -> ResponseReturnValue:
    try:
        return _list_page(_period(), None)
    except PeriodError as error:
        standard = period_asked({}, now=clock.now(), cut=Cut.REPORT)
        return _list_page(standard, gettext(error.refusal.value)), 422


@bp.get("/office/training-reported.csv")
@open_to(*READERS)
@described(
    f"Training that other units gave, as they reported it: {', '.join(COLUMNS)}",
    media=CSV,
    query={"period": "2026, 2026-Q1 or 2026-03", "cut": "report or calendar"},
    otherwise={422: ("The period cannot be read", record(error=TEXT, advice=TEXT, request=TEXT))},
)
def reported_csv() -> ResponseReturnValue:
    try:
        rows = queries.reported_in(_period())
    except PeriodError as error:
        return error_answer(
            422, gettext(error.refusal.value), gettext("An address may name period and cut.")
        )
    lines = [
        (
            row.unit.key, row.first_day, row.last_day, row.topic.key, row.audience.value,
            row.turns, None if row.minutes is None else hours_in_file(row.minutes), row.source,
            row.entered_at.isoformat(),
        )
        for row in rows
    ]  # fmt: skip
    response = Response(csv_text([COLUMNS, *lines]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="training-reported.csv"'
    return response


@bp.get("/office/training-reported/new")
@open_to(*READERS)
def new() -> str:
    return _form_page(ReportedForm())


@bp.post("/office/training-reported/new")
@open_to(*READERS)
def enter() -> ResponseReturnValue:
    form = _offered(ReportedForm())
    return kept_or_again(
        form,
        lambda: operations.enter(form.facts(), by=current_user.id, now=clock.now()),
        lambda: _form_page(form),
        said=gettext("The report has been entered. It stands apart from the club's own figures."),
        to=url_for("elsewhere.reported"),
    )


@bp.get("/office/training-reported/<uuid:public_id>")
@open_to(*READERS)
def history(public_id: UUID) -> str:
    entries = _history_or_404(public_id)
    return _history_page(entries, _offered(filled(entries[-1])))


@bp.post("/office/training-reported/<uuid:public_id>/correction")
@open_to(*READERS)
def correct(public_id: UUID) -> ResponseReturnValue:
    _history_or_404(public_id)
    form = CorrectionForm()
    _offered(form)
    return kept_or_again(
        form,
        lambda: operations.correct(
            public_id,
            form.facts(),
            seen=form.seen.data,
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _history_page(_history_or_404(public_id), form),
        said=gettext("The correction has been entered. What was there before stays above it."),
        to=url_for("elsewhere.history", public_id=public_id),
    )


def _period() -> Period:
    return period_asked(request.args, now=clock.now(), cut=Cut.REPORT)


def _history_or_404(public_id: UUID) -> list[ReportedTraining]:
    return queries.history_of(public_id) or abort(404)


def _offered(form: ReportedForm) -> ReportedForm:
    form.offer(all_units(), topics_in_order())
    return form


def _list_page(period: Period, problem: str | None) -> str:
    rows = queries.reported_in(period)
    return render_template(
        "statistics/elsewhere/list.html",
        rows=rows,
        period=period,
        problem=problem,
        turns=sum(row.turns for row in rows),
        minutes=sum(row.minutes or 0 for row in rows),
        years=range(report_year(clock.now(), Cut.REPORT), _FIRST_YEAR - 1, -1),
    )


def _form_page(form: ReportedForm) -> str:
    return render_template("statistics/elsewhere/new.html", form=_offered(form))


def _history_page(entries: list[ReportedTraining], form: ReportedForm) -> str:
    return render_template("statistics/elsewhere/history.html", entries=entries, form=form)
