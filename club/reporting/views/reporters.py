"""Who reports for which unit."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.reporting import queries
from club.reporting.forms import ReporterForm
from club.reporting.operations.reporters import assign, end
from club.reporting.views.blueprint import office_bp
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.forms import ClubForm
from club.web.keeping import kept_or_again


@office_bp.get("/reporters")
@open_to(Audience.COORDINATOR)
def reporters() -> str:
    return _page(ReporterForm())


@office_bp.post("/reporters")
@open_to(Audience.COORDINATOR)
def assign_reporter() -> ResponseReturnValue:
    form = ReporterForm()
    _offer(form)
    return kept_or_again(
        form,
        lambda: assign(form.unit.data, form.account.data, by=current_user.id, now=clock.now()),
        lambda: _page(form),
        said=gettext("From now on this account reports for the unit."),
        to=url_for("department_reports.reporters"),
    )


@office_bp.post("/reporters/<int:reporter_id>/end")
@open_to(Audience.COORDINATOR)
def end_reporter(reporter_id: int) -> ResponseReturnValue:
    found = queries.reporter_by_id(reporter_id) or abort(404)
    if not ClubForm().validate():
        abort(400)
    end(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The account no longer reports for the unit."), "success")
    return redirect(url_for("department_reports.reporters"))


def _offer(form: ReporterForm) -> None:
    form.offer(units.all_units(), queries.reporting_officers())


def _page(form: ReporterForm) -> str:
    _offer(form)
    return render_template("reporting/reporters.html", form=form, reporters=queries.reporters())
