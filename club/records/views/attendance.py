"""The trainer's desk and the attendance list, made for a phone in one hand."""

import uuid
from datetime import datetime

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.courses.models import Run, Session
from club.people.models import Person
from club.people.queries import person_by_public_id
from club.people.rules.phones import shown_phone
from club.records.attendance import desk as teaching
from club.records.attendance import operations, queries
from club.records.attendance.forms import MarkForm, WalkInForm
from club.records.attendance.models import Mark
from club.records.attendance.rules import (
    Refusal,
    opens_at,
    refusal_to_mark,
    refusal_to_open_check_in,
    refusal_to_take_attendance,
)
from club.records.permissions import keeps_all_runs
from club.records.views.blueprint import TRAINERS, bp, taught_run_or_404
from club.records.views.meetings import (
    chosen_session,
    list_address,
    number_of,
    walk_ins_address,
)
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import ClubForm, show_refusal
from club.web.page_parts import PageOf, page_parts


@bp.get("/teaching/")
@open_to(*TRAINERS)
def teaching_desk() -> str:
    sees_all = keeps_all_runs(current_user)
    runs = teaching.teaching_desk(
        taught_by=None if sees_all else current_user.person_id, now=clock.now()
    )
    parts = page_parts(PageOf.TEACHING_DESK, None, account=current_user, now=clock.now())
    return render_template(
        "records/desk.html",
        runs=runs,
        sees_all=sees_all,
        to_keep=teaching.sessions_to_keep(current_user.person_id, now=clock.now()),
        days_kept_ahead=teaching.DAYS_KEPT_AHEAD,
        parts=parts,
    )


@bp.get("/teaching/runs/<string:code>/attendance")
@open_to(*TRAINERS)
def attendance(code: str) -> ResponseReturnValue:
    """A list has one address, with its session; without one it leads to the list of now."""
    run = taught_run_or_404(code)
    meeting = chosen_session(run)
    if meeting and "session" not in request.args:
        return redirect(list_address(run, meeting))
    return _attendance_page(run, meeting, now=clock.now())


@bp.post("/teaching/runs/<string:code>/attendance")
@open_to(*TRAINERS)
def mark(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting = chosen_session(run) or abort(404)
    form, now = MarkForm(), clock.now()
    if not form.validate():
        problems = [message for messages in form.errors.values() for message in messages]
        return _not_marked(run, meeting, str(problems[0]), status=422, now=now)
    assert form.person.data
    person = person_by_public_id(form.person.data) or abort(404)
    try:
        operations.mark_attendance(
            meeting.id,
            person.id,
            mark=Mark(form.mark.data),
            minutes=form.minutes.data,
            by=current_user.id,
            now=now,
        )
    except RefusedError as refused:
        status = 422 if refused.field else 409
        message = gettext(refused.refusal.value)
        return _not_marked(run, meeting, message, status=status, now=now)
    return redirect(f"{list_address(run, meeting)}#p-{person.public_id}")


@bp.post("/teaching/runs/<string:code>/attendance/rest")
@open_to(*TRAINERS)
def mark_rest(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting = chosen_session(run) or abort(404)
    count = operations.mark_the_rest_present(meeting.id, by=current_user.id, now=clock.now())
    flash(gettext("Marked present: %(count)s people.", count=count), "success")
    return redirect(list_address(run, meeting))


@bp.get("/teaching/runs/<string:code>/attendance/history")
@open_to(*TRAINERS)
def attendance_history(code: str) -> str:
    run = taught_run_or_404(code)
    meeting = chosen_session(run) or abort(404)
    papers = queries.paper_lists_of(meeting.id)
    return render_template(
        "records/history.html",
        papers=papers,
        enterers=names_of({p.entered_by_id for p in papers if p.entered_by_id}),
        run=run,
        meeting=meeting,
        number=number_of(run, meeting),
        back=list_address(run, meeting),
        marks=teaching.mark_history(meeting.id),
    )


@bp.get("/teaching/runs/<string:code>/walk-ins")
@open_to(*TRAINERS)
def walk_in(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    return _walk_in_page(run, chosen_session(run), WalkInForm())


@bp.post("/teaching/runs/<string:code>/walk-ins")
@open_to(*TRAINERS)
def add_walk_in(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting, form, now = chosen_session(run), WalkInForm(), clock.now()
    if not form.validate():
        return _walk_in_page(run, meeting, form, status=422)
    here_in = meeting.id if meeting and form.is_here.data else None
    try:
        if form.known.data:
            person = person_by_public_id(form.known.data) or abort(404)
            operations.add_walk_in(run.id, person.id, here_in=here_in, by=current_user.id, now=now)
        elif not form.is_new.data and queries.people_like(form.facts()):
            # Somebody known may be meant: the page asks, nothing is merged by itself.
            return _walk_in_page(run, meeting, form, asking=True)
        else:
            walk_in = operations.add_stranger(
                run.id, form.facts(), here_in=here_in, by=current_user.id, now=now
            )
            person = walk_in.person
    except RefusedError as refused:
        show_refusal(form, refused)
        return _walk_in_page(run, meeting, form, status=form.answer_status)
    flash(gettext("%(name)s is on the list now.", name=person.full_name), "success")
    return redirect(_on_the_list(run, meeting, person, noted=form.noted.data))


def _on_the_list(
    run: Run, meeting: Session | None, person: Person, *, noted: uuid.UUID | None
) -> str:
    """The list at the person's line; the phone that had noted the person hears of it."""
    address = list_address(run, meeting)
    if noted:
        address += f"{'&' if meeting else '?'}noted={noted}"
    return f"{address}#p-{person.public_id}"


def _attendance_page(
    run: Run, meeting: Session | None, *, now: datetime, status: int = 200
) -> ResponseReturnValue:
    refusal = refusal_to_mark(run, meeting, now=now) if meeting else None
    opens = int(opens_at(meeting).timestamp() * 1000) if meeting else None
    last = run.held_sessions[-1] if run.held_sessions else None
    page = render_template(
        "records/attendance.html",
        run=run,
        meeting=meeting,
        number=number_of(run, meeting),
        here=list_address(run, meeting),
        walk_ins=walk_ins_address(run, meeting),
        roll=teaching.roll_of(run.id, meeting.id) if meeting else None,
        refusal=refusal,
        opens_at=opens if refusal is Refusal.NOT_BEGUN else None,
        takes_codes=bool(meeting and not refusal_to_open_check_in(run, meeting, now=now)),
        is_over=last is not None and last.ends_at <= now,
        form=ClubForm(),
    )
    # Told apart by it where several lists of a run are kept (see teaching-worker.js).
    return page, status, {"List-Opens-At": str(opens)} if opens else {}


def _not_marked(
    run: Run, meeting: Session, message: str, *, status: int, now: datetime
) -> ResponseReturnValue:
    flash(message, "error")
    return _attendance_page(run, meeting, now=now, status=status)


def _walk_in_page(
    run: Run,
    meeting: Session | None,
    form: WalkInForm,
    *,
    asking: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    alike = queries.people_like(form.facts()) if asking else []
    page = render_template(
        "records/walk_in.html",
        run=run,
        form=form,
        back=list_address(run, meeting),
        walk_ins=walk_ins_address(run, meeting),
        alike=alike,
        employers=queries.employers_on([p.id for p in alike], clock.today()),
        last_digits={p.id: shown_phone(p.phone)[-3:] for p in alike if p.phone},
        refusal=refusal_to_take_attendance(run),
        takes_marks=bool(meeting and not refusal_to_mark(run, meeting, now=clock.now())),
    )
    return page, status
