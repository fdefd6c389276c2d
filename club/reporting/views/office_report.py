"""One unit's report as the coordinator and officials see it, and what the coordinator does."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.files.accepting import type_on_paper
from club.files.serving import personal_file_response
from club.reporting import queries
from club.reporting.forms import PassOnForm, RemarksForm
from club.reporting.models import DepartmentReport
from club.reporting.operations import asking
from club.reporting.operations.writing import enter_paper
from club.reporting.permissions import may_ask
from club.reporting.report_forms import WrittenForm
from club.reporting.views.asking import period_of
from club.reporting.views.blueprint import READERS, office_bp, report_or_404
from club.reporting.views.showing import shown, version_page
from club.reporting.views.writing import LARGEST_FILE, form_as_it_stands, kept_or_shown
from club.statistics.reports.forms import SeenForm
from club.units import queries as units
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.access import Audience, open_to
from club.web.keeping import kept_or_again
from club.web.uploads import takes_files

#: Three forms with a reason stand on one page.
_CLOSING, _PASSING = "closing", "passing"


@office_bp.get("/reports/<uuid:public_id>")
@open_to(*READERS)
def report(public_id: UUID) -> str:
    return _page(public_id)


@office_bp.post("/reports/<uuid:public_id>/acceptance")
@open_to(Audience.COORDINATOR)
def accept(public_id: UUID) -> ResponseReturnValue:
    found, form = report_or_404(public_id), SeenForm()
    if not form.validate():
        abort(400)
    asking.accept(found.id, seen=form.revision.data, by=current_user.id, now=clock.now())
    flash(gettext("The report is accepted, and goes into the summary."), "success")
    return redirect(_address(public_id))


@office_bp.post("/reports/<uuid:public_id>/return")
@open_to(Audience.COORDINATOR)
def send_back(public_id: UUID) -> ResponseReturnValue:
    found, form = report_or_404(public_id), RemarksForm()
    return kept_or_again(
        form,
        lambda: asking.send_back(
            found.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        ),
        lambda: _page(public_id, remarks=form),
        said=gettext("The unit gets your remarks by letter."),
        to=_address(public_id),
    )


@office_bp.post("/reports/<uuid:public_id>/closing")
@open_to(Audience.COORDINATOR)
def close(public_id: UUID) -> ResponseReturnValue:
    found, form = report_or_404(public_id), RemarksForm(prefix=_CLOSING)
    return kept_or_again(
        form,
        lambda: asking.close(
            found.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        ),
        lambda: _page(public_id, closing=form),
        said=gettext("Closed. The summary says that no report came, and why."),
        to=_address(public_id),
    )


@office_bp.post("/reports/<uuid:public_id>/passing-on")
@open_to(Audience.COORDINATOR)
def pass_on(public_id: UUID) -> ResponseReturnValue:
    found, form = report_or_404(public_id), PassOnForm(prefix=_PASSING)
    form.offer_units(_units_to_take_over(found))
    return kept_or_again(
        form,
        lambda: asking.pass_on(
            found.id,
            unit_id=form.unit.data,
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _page(public_id, pass_on=form),
        said=gettext("The report is passed on; who reports for the unit gets a letter."),
        to=_address(public_id),
    )


@office_bp.get("/reports/<uuid:public_id>/paper")
@open_to(Audience.COORDINATOR)
def paper(public_id: UUID) -> str:
    return _paper_page(public_id, form_as_it_stands(report_or_404(public_id)))


@office_bp.post("/reports/<uuid:public_id>/paper")
@open_to(Audience.COORDINATOR)
@takes_files(at_most=LARGEST_FILE)
def enter(public_id: UUID) -> ResponseReturnValue:
    return kept_or_shown(
        report_or_404(public_id),
        enter_paper,
        lambda form: _paper_page(public_id, form),
        said=gettext("The report is entered as it came on paper."),
        to=_address(public_id),
        takes=type_on_paper,
    )


@office_bp.get("/reports/<uuid:public_id>/versions/<int:number>")
@open_to(*READERS)
def version(public_id: UUID, number: int) -> str:
    """What the unit handed in then, and what differs from the time before."""
    found, here = report_or_404(public_id), _address(public_id)
    request = url_for("department_reports.request", public_id=found.request.public_id)
    trail = [
        (gettext("Reports of departments"), url_for("department_reports.desk")),
        (found.request.title, request),
        (unit_name(found.unit), here),
    ]
    return version_page(found, number, here=here, trail=trail)


@office_bp.get("/reports/<uuid:public_id>/files/<uuid:file_id>")
@open_to(*READERS)
def file(public_id: UUID, file_id: UUID) -> Response:
    attached = queries.file_of_report(public_id, file_id) or abort(404)
    return personal_file_response(attached.file)


def _address(public_id: UUID) -> str:
    return url_for("department_reports.report", public_id=public_id)


def _units_to_take_over(found: DepartmentReport) -> list[Unit]:
    """Those that exist, successors first."""
    successors = {link.successor_id for link in found.unit.successions}
    there = [
        unit
        for unit in units.all_units()
        if unit.exists_on(clock.today()) and unit.id != found.unit_id
    ]
    return sorted(there, key=lambda unit: unit.id not in successors)


def _page(
    public_id: UUID,
    *,
    remarks: RemarksForm | None = None,
    closing: RemarksForm | None = None,
    pass_on: PassOnForm | None = None,
) -> str:
    found = report_or_404(public_id)
    pass_on_form = pass_on or PassOnForm(formdata=None, prefix=_PASSING)
    pass_on_form.offer_units(_units_to_take_over(found))
    return render_template(
        "reporting/office_report.html",
        report=found,
        period=period_of(found.request),
        today=clock.today(),
        may_ask=may_ask(current_user),
        remarks_form=remarks or RemarksForm(formdata=None),
        closing_form=closing or RemarksForm(formdata=None, prefix=_CLOSING),
        pass_on_form=pass_on_form,
        form=remarks or closing or pass_on,
        **shown(found),
    )


def _paper_page(public_id: UUID, form: WrittenForm) -> str:
    found = report_or_404(public_id)
    return render_template(
        "reporting/paper.html",
        report=found,
        period=period_of(found.request),
        form=form,
        **shown(found),
    )
