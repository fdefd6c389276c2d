"""Attendance on paper: the list to be signed, and entering it afterwards with its scan."""

import uuid

from flask import Response, abort, current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.config import Settings
from club.courses.models import Run, Session
from club.files import accepting
from club.files.receiving import receive
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.identity.queries import club_profile_on
from club.records.attendance import paper, queries, rules
from club.records.attendance.forms import PaperForm
from club.records.attendance.models import Mark
from club.records.attendance.sheet import sign_in_sheet
from club.records.views.blueprint import TRAINERS, bp, taught_run_or_404
from club.records.views.meetings import chosen_session, list_address, number_of
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import show_refusal
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files

LARGEST_SCAN = 20 * accepting.MIB


@bp.get("/teaching/runs/<string:code>/sign-in-sheet.pdf")
@open_to(*TRAINERS)
def sheet(code: str) -> Response:
    run = taught_run_or_404(code)
    meeting, now = chosen_session(run) or abort(404), clock.now()
    settings: Settings = current_app.extensions["club.settings"]
    profile = club_profile_on(clock.local_day(now))
    made = sign_in_sheet(
        run,
        meeting,
        number_of(run, meeting),
        queries.entries_of(run.id),
        club_name=profile.name if profile else "",
        list_address=settings.public_url + list_address(run, meeting),
        now=now,
    )
    name = f"diem-danh-{run.code}.pdf"
    return Response(
        made,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@bp.get("/teaching/runs/<string:code>/paper-list")
@open_to(*TRAINERS)
def paper_list(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    return _paper_page(run, chosen_session(run) or abort(404), PaperForm())


@bp.post("/teaching/runs/<string:code>/paper-list")
@open_to(*TRAINERS)
@takes_files(at_most=LARGEST_SCAN)
def enter_paper_list(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting, form = chosen_session(run) or abort(404), PaperForm()
    form.offer(queries.entries_of(run.id))
    if not form.validate():
        return _paper_page(run, meeting, form, status=422)
    meeting_id = meeting.id
    try:
        with letting_others_go_on():
            scan = receive(
                form.file.data.stream,
                name=form.file.data.filename,
                largest=LARGEST_SCAN,
                type_of=accepting.type_on_paper,
            )
        made = paper.enter_paper_list(
            meeting_id,
            signed=form.people(),
            others=Mark.ABSENT if form.others_absent.data else None,
            scan=scan,
            by=current_user.id,
            now=clock.now(),
        )
    except StorageError:
        abort(503)
    except RefusedError as refused:
        show_refusal(form, refused)
        run = taught_run_or_404(code)
        return _paper_page(run, chosen_session(run) or abort(404), form, status=form.answer_status)
    flash(gettext("The paper list is entered: %(count)s marks.", count=made), "success")
    run = taught_run_or_404(code)
    return redirect(list_address(run, chosen_session(run)))


@bp.get("/teaching/runs/<string:code>/paper-lists/<uuid:public_id>")
@open_to(*TRAINERS)
def paper_scan(code: str, public_id: uuid.UUID) -> Response:
    run = taught_run_or_404(code)
    found = queries.paper_list_of(run.id, public_id) or abort(404)
    try:
        return personal_file_response(found.scan)
    except StorageError:
        abort(503)


def _paper_page(
    run: Run, meeting: Session, form: PaperForm, *, status: int = 200
) -> ResponseReturnValue:
    form.offer(queries.entries_of(run.id))
    page = render_template(
        "records/paper_list.html",
        run=run,
        meeting=meeting,
        number=number_of(run, meeting),
        back=list_address(run, meeting),
        form=form,
        refusal=rules.refusal_to_mark(run, meeting, now=clock.now()),
    )
    return page, status
