"""The sessions and the trainers of a run."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from club import clock
from club.accounts.email_address import normal_email
from club.courses import operations, queries
from club.courses.forms import (
    ButtonForm,
    NewSessionsForm,
    SessionForm,
    SessionTrainersForm,
    TrainerForm,
    session_form,
    session_trainers_form,
)
from club.courses.models import Run, Session
from club.courses.rules import TrainerRefusal
from club.courses.session_trainers import hold_session
from club.courses.views.run_desk import (
    STAFF,
    accepted,
    by,
    desk_page,
    editable_run_or_404,
    offered,
    run_or_404,
)
from club.people import queries as people
from club.refusal import RefusedError
from club.web.access import open_to

bp = Blueprint("sessions_office", __name__, url_prefix="/office/runs/<string:code>")


@bp.post("/sessions")
@open_to(*STAFF)
def add(code: str) -> ResponseReturnValue:
    run, form = editable_run_or_404(code), NewSessionsForm()
    if form.validate():
        slots = form.slots()
        if accepted(form, lambda: operations.add_sessions(run, slots, by=by(), now=clock.now())):
            flash(
                ngettext("%(num)s session added.", "%(num)s sessions added.", len(slots)),
                "success",
            )
            return redirect(f"/office/runs/{code}#sessions")
    return desk_page(run_or_404(code), sessions_form=form), 422


@bp.get("/sessions/<uuid:public_id>")
@open_to(*STAFF)
def session(code: str, public_id: UUID) -> str:
    run, session = _session_or_404(code, public_id)
    return _session_page(run, session, session_form(session))


@bp.post("/sessions/<uuid:public_id>")
@open_to(*STAFF)
def move(code: str, public_id: UUID) -> ResponseReturnValue:
    _, session = _session_or_404(code, public_id)
    form = SessionForm()
    if form.validate():
        slot = form.slot()
        if accepted(form, lambda: operations.move_session(session, slot, by=by(), now=clock.now())):
            flash(gettext("The session has been saved."), "success")
            return redirect(f"/office/runs/{code}#sessions")
    return _session_page(*_session_or_404(code, public_id), form), 422


@bp.post("/sessions/<uuid:public_id>/trainers")
@open_to(*STAFF)
def name_trainers(code: str, public_id: UUID) -> ResponseReturnValue:
    run, session = _session_or_404(code, public_id)
    form = SessionTrainersForm()
    form.offer(run)
    if form.validate() and accepted(
        form, lambda: hold_session(session, form.chosen, by=by(), now=clock.now())
    ):
        flash(gettext("Who holds the session has been saved."), "success")
        return redirect(f"/office/runs/{code}#sessions")
    run, session = _session_or_404(code, public_id)
    return _session_page(run, session, session_form(session), trainers_form=form), 422


@bp.post("/sessions/<uuid:public_id>/cancellation")
@open_to(*STAFF)
def cancel(code: str, public_id: UUID) -> ResponseReturnValue:
    _, session = _session_or_404(code, public_id)
    if not ButtonForm().validate():
        abort(400)
    operations.cancel_session(session, by=by(), now=clock.now())
    flash(gettext("The session has been cancelled; calendars will say so."), "success")
    return redirect(f"/office/runs/{code}#sessions")


@bp.post("/trainers")
@open_to(*STAFF)
def add_trainer(code: str) -> ResponseReturnValue:
    run, form = editable_run_or_404(code), offered(TrainerForm())
    if form.validate() and accepted(form, lambda: _add(run, form)):
        flash(gettext("The trainer has been added."), "success")
        return redirect(f"/office/runs/{code}#trainers")
    return desk_page(run_or_404(code), trainer_form=form), 422


@bp.post("/trainers/<uuid:public_id>/removal")
@open_to(*STAFF)
def remove_trainer(code: str, public_id: UUID) -> ResponseReturnValue:
    run, person = run_or_404(code), people.person_by_public_id(public_id) or abort(404)
    if not ButtonForm().validate():
        abort(400)
    operations.remove_trainer(run, person.id, by=by(), now=clock.now())
    flash(gettext("The trainer has been taken off this class."), "success")
    return redirect(f"/office/runs/{code}#trainers")


def _add(run: Run, form: TrainerForm) -> None:
    now = clock.now()
    if form.person.data:
        person = people.person_by_public_id(UUID(form.person.data)) or abort(404)
        operations.add_trainer(run, person, by=by(), now=now)
    elif form.full_name.data:
        email = normal_email(form.email.data) if form.email.data else None
        operations.add_trainer_called(run, form.full_name.data, email=email, by=by(), now=now)
    else:
        raise RefusedError(TrainerRefusal.NOBODY, field="person")


def _session_or_404(code: str, public_id: UUID) -> tuple[Run, Session]:
    run = run_or_404(code)
    return run, queries.session_of(run.id, public_id) or abort(404)


def _session_page(
    run: Run,
    session: Session,
    form: SessionForm,
    *,
    trainers_form: SessionTrainersForm | None = None,
) -> str:
    refused = trainers_form or form
    return render_template(
        "courses/office_session.html",
        run=run,
        session=session,
        session_form=form,
        trainers_form=trainers_form or session_trainers_form(session),
        form=refused,
    )
