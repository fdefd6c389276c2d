"""What the unit's page and the coordinator's page for paper share: the form of a report."""

from collections.abc import Callable

from flask import flash, redirect
from flask import request as sent
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club import clock
from club.files.accepting import MIB, FileType
from club.files.forms import say_not_stored
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.reporting import queries
from club.reporting.models import DepartmentReport
from club.reporting.operations.writing import Filled
from club.reporting.report_forms import WrittenForm, filled_with, form_for
from club.reporting.rules import ReportingRefusal
from club.reporting.written import from_json
from club.web.forms import follow, show_refusal

LARGEST_FILE = 20 * MIB

Keep = Callable[..., DepartmentReport]


def form_as_sent(report: DepartmentReport) -> WrittenForm:
    return _form_of(report)()


def form_as_it_stands(report: DepartmentReport) -> WrittenForm:
    written = from_json(report.written)
    return _form_of(report)(data=filled_with(written, revision=report.revision))


def _form_of(report: DepartmentReport) -> type[WrittenForm]:
    return form_for(
        report.request,
        queries.plan_lines(),
        own=queries.own_lines({report.unit_id, report.asked_unit_id}),
        written=from_json(report.written),
        typed=sent.form,
    )


def kept_or_shown(
    report: DepartmentReport,
    keep: Keep,
    again: Callable[[WrittenForm], str],
    *,
    said: str,
    to: str,
    takes: Callable[..., FileType] = WrittenForm.takes,
) -> ResponseReturnValue:
    """Keep the form as it was sent, or show it again with all that was typed; the file that came
    with it is carried along. ``takes``: what kinds of files.
    """
    report_id, form = report.id, form_as_sent(report)
    form.takes = takes
    is_valid = form.validate()
    try:
        file = form.received()
        if is_valid:
            filled = Filled(form.written, form.revision.data, file)
            keep(report_id, filled, by=current_user.id, now=clock.now())
            flash(said, "success")
            return redirect(to)
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
        if refused.refusal is ReportingRefusal.WRITTEN_OVER:
            follow(form.revision, queries.revision_of(report_id))
    return again(form), form.answer_status
