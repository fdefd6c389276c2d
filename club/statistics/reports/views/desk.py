"""The list of reports, and how a new one begins."""

from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.periods import Cut
from club.refusal import RefusedError
from club.statistics.reports import operations, queries
from club.statistics.reports.forms import ReportForm
from club.statistics.reports.naming import period_words
from club.statistics.reports.permissions import may_write_reports
from club.statistics.reports.views.blueprint import READERS, address_of, bp
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.page_parts import PageOf, page_parts


@bp.get("")
@open_to(*READERS)
def desk() -> str:
    return render_template(
        "statistics/reports/desk.html",
        reports=queries.reports(),
        period_words=period_words,
        may_write=may_write_reports(current_user),
        beside=page_parts(PageOf.REPORTS_DESK, None, account=current_user, now=clock.now()),
    )


@bp.get("/new")
@open_to(Audience.OFFICIAL)
def new() -> str:
    today = clock.today()
    last_month = today.month - 1 or 12
    form = ReportForm(
        data={
            "part": f"{last_month:02d}",
            "year": str(today.year - (today.month == 1)),
            "cut": Cut.REPORT.value,
        }
    )
    return _new_page(form)


@bp.post("/new")
@open_to(Audience.OFFICIAL)
def add() -> ResponseReturnValue:
    form = ReportForm()
    _offer(form)
    if form.validate():
        try:
            version = operations.draft_report(form.facts(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(
                gettext(
                    "The report has been drafted. Write its words, then let another official"
                    " check it."
                ),
                "success",
            )
            return redirect(address_of(version))
    return _new_page(form), form.answer_status


@bp.get("/<uuid:public_id>")
@open_to(*READERS)
def report(public_id: UUID) -> ResponseReturnValue:
    """The latest version."""
    found = queries.report(public_id) or abort(404)
    return redirect(address_of(found.versions[-1]))


def _offer(form: ReportForm) -> None:
    today = clock.today()
    form.offer(
        [unit for unit in units.all_units() if unit.exists_on(today)],
        this_year=today.year,
    )


def _new_page(form: ReportForm) -> str:
    _offer(form)
    return render_template("statistics/reports/new.html", form=form)
