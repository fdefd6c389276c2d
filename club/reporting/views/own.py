"""A unit's side: what it is asked for, and the report that is being written."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.files.serving import personal_file_response
from club.reporting import queries
from club.reporting.models import StepKind
from club.reporting.operations import writing
from club.reporting.report_forms import WrittenForm
from club.reporting.rules import refusal_to_step
from club.reporting.views.asking import period_of
from club.reporting.views.blueprint import own_report_or_404, units_bp
from club.reporting.views.showing import shown, version_page
from club.reporting.views.writing import LARGEST_FILE, form_as_it_stands, kept_or_shown
from club.web.access import Audience, open_to
from club.web.forms import ClubForm
from club.web.uploads import takes_files


@units_bp.get("")
@open_to(Audience.REPORTING_OFFICER)
def desk() -> str:
    unit_ids = queries.units_of(current_user.id)
    return render_template(
        "reporting/own.html",
        reports=queries.reports_of_units(unit_ids),
        reports_for_somebody=bool(unit_ids),
        today=clock.today(),
    )


@units_bp.get("/<uuid:public_id>")
@open_to(Audience.REPORTING_OFFICER)
def report(public_id: UUID) -> str:
    return _page(public_id, form_as_it_stands(own_report_or_404(public_id)))


@units_bp.post("/<uuid:public_id>")
@open_to(Audience.REPORTING_OFFICER)
@takes_files(at_most=LARGEST_FILE)
def write(public_id: UUID) -> ResponseReturnValue:
    found, hands_in = own_report_or_404(public_id), "submit" in request.form
    return kept_or_shown(
        found,
        writing.submit if hands_in else writing.save,
        lambda form: _page(public_id, form),
        said=gettext("The report is handed in. You hear when it is accepted or returned.")
        if hands_in
        else gettext("Kept. Hand it in when it is complete."),
        to=url_for("reporting.report", public_id=public_id),
    )


@units_bp.get("/<uuid:public_id>/versions/<int:number>")
@open_to(Audience.REPORTING_OFFICER)
def version(public_id: UUID, number: int) -> str:
    """What the unit handed in then, and what differs from the time before."""
    found = own_report_or_404(public_id)
    here = url_for("reporting.report", public_id=public_id)
    trail = [
        (gettext("Reports of my unit"), url_for("reporting.desk")),
        (found.request.title, here),
    ]
    return version_page(found, number, here=here, trail=trail)


@units_bp.get("/<uuid:public_id>/files/<uuid:file_id>")
@open_to(Audience.REPORTING_OFFICER)
def file(public_id: UUID, file_id: UUID) -> Response:
    own_report_or_404(public_id)
    attached = queries.file_of_report(public_id, file_id) or abort(404)
    return personal_file_response(attached.file)


@units_bp.post("/<uuid:public_id>/files/<uuid:file_id>/removal")
@open_to(Audience.REPORTING_OFFICER)
def take_file_out(public_id: UUID, file_id: UUID) -> ResponseReturnValue:
    found = own_report_or_404(public_id)
    attached = queries.file_of_report(public_id, file_id) or abort(404)
    if not ClubForm().validate():
        abort(400)
    writing.take_file_out(found.id, attached.id, by=current_user.id, now=clock.now())
    flash(gettext("The file is taken out of the report."), "success")
    return redirect(url_for("reporting.report", public_id=public_id))


def _page(public_id: UUID, form: WrittenForm) -> str:
    found = own_report_or_404(public_id)
    return render_template(
        "reporting/own_report.html",
        report=found,
        period=period_of(found.request),
        today=clock.today(),
        can_be_written=refusal_to_step(found.state, StepKind.SAVED) is None,
        form=form,
        **shown(found),
    )
