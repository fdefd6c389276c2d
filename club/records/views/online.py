"""Attendance of an online meeting: its exported list is looked over, then entered."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Run, Session
from club.files.forms import FileForm
from club.records.attendance import online, queries, rules
from club.records.attendance.meeting_reports import LARGEST, participants
from club.records.attendance.models import Mark
from club.records.attendance.online_sheet import Sheet, sheet_as_typed, sheet_of
from club.records.views.blueprint import TRAINERS, bp, taught_run_or_404
from club.records.views.meetings import (
    chosen_session,
    list_address,
    number_of,
    online_address,
    online_marks_address,
)
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import show_refusal
from club.web.uploads import takes_files


@bp.get("/teaching/runs/<string:code>/online-list")
@open_to(*TRAINERS)
def online_list(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    return _page(run, chosen_session(run) or abort(404), FileForm())


@bp.post("/teaching/runs/<string:code>/online-list")
@open_to(*TRAINERS)
@takes_files(at_most=LARGEST)
def look_over_online_list(code: str) -> ResponseReturnValue:
    """What the file would do. Nothing of it is kept."""
    run = taught_run_or_404(code)
    meeting, form = chosen_session(run) or abort(404), FileForm()
    if not form.validate():
        return _page(run, meeting, form, status=422)
    try:
        report = participants(form.file.data.stream.read(LARGEST + 1))
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(run, meeting, form, status=form.answer_status)
    entries, held = queries.entries_of(run.id), queries.marks_of_session(meeting.id)
    return _page(run, meeting, form, sheet=sheet_of(report, meeting, entries, held))


@bp.post("/teaching/runs/<string:code>/online-list/marks")
@open_to(*TRAINERS)
def enter_online_list(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting, form = chosen_session(run) or abort(404), FileForm()
    entries, held = queries.entries_of(run.id), queries.marks_of_session(meeting.id)
    sheet = sheet_as_typed(request.form, entries, held) or abort(400)
    if not sheet.is_sound:
        return _page(run, meeting, form, sheet=sheet, status=422)
    try:
        made = online.enter_online_list(
            meeting.id,
            sheet.minutes_in_meeting(),
            others=Mark.ABSENT if sheet.marks_others else None,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "error")
        return _page(run, meeting, form, sheet=sheet, status=409)
    flash(gettext("The list of the meeting is entered: %(count)s marks.", count=made), "success")
    return redirect(list_address(run, meeting))


def _page(
    run: Run, meeting: Session, form: FileForm, *, sheet: Sheet | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "records/online_list.html",
        run=run,
        meeting=meeting,
        number=number_of(run, meeting),
        back=list_address(run, meeting),
        here=online_address(run, meeting),
        entering=online_marks_address(run, meeting),
        form=form,
        sheet=sheet,
        refusal=rules.refusal_to_mark(run, meeting, now=clock.now()),
    )
    return page, status
