"""Training taken elsewhere: entered by the person, checked by a coordinator."""

import uuid

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.audit.looks import shows_person
from club.files import accepting
from club.files.receiving import ReceivedFile
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.knowledge.queries import topics_in_order
from club.records.outside import operations, queries, rules
from club.records.outside.forms import DecisionForm, OutsideForm, filled
from club.records.outside.models import OutsideState, OutsideTraining
from club.records.outside.permissions import may_check_training, may_see_training
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal
from club.web.pages import page_number
from club.web.uploads import takes_files

LARGEST_EVIDENCE = 20 * accepting.MIB


@bp.get("/me/records/outside/new")
@open_to(Audience.SIGNED_IN)
def new_outside_training() -> str:
    return _form_page(OutsideForm(), None)


@bp.post("/me/records/outside/new")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_EVIDENCE)
def enter_outside_training() -> ResponseReturnValue:
    return _hand_in(OutsideForm(), None)


@bp.get("/outside-training/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("outside_training", "public_id")
def outside_training(public_id: uuid.UUID) -> str:
    found = _found(public_id)
    return _training_page(found, DecisionForm(data={"seen": found.version}))


@bp.get("/outside-training/<uuid:public_id>/evidence")
@open_to(Audience.SIGNED_IN)
@shows_person("outside_training", "public_id")
def outside_evidence(public_id: uuid.UUID) -> Response:
    try:
        return personal_file_response(_found(public_id).evidence)
    except StorageError:
        abort(503)


@bp.get("/outside-training/<uuid:public_id>/correction")
@open_to(Audience.SIGNED_IN)
def outside_correction(public_id: uuid.UUID) -> str:
    found = _own(public_id)
    return _form_page(filled(found), found)


@bp.post("/outside-training/<uuid:public_id>/correction")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_EVIDENCE)
def correct_outside_training(public_id: uuid.UUID) -> ResponseReturnValue:
    form = OutsideForm()
    form.has_evidence = True
    return _hand_in(form, _own(public_id))


@bp.post("/outside-training/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw_outside_training(public_id: uuid.UUID) -> ResponseReturnValue:
    found = _own(public_id)
    if not ClubForm().validate():
        abort(400)
    operations.withdraw(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The entry has been taken back."), "success")
    return redirect("/me/records#elsewhere")


@bp.get("/office/outside-training")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def outside_desk() -> str:
    number = page_number(request.args.get("page"))
    return render_template(
        "records/outside_desk.html",
        page=queries.training_in([OutsideState.WAITING], page=number),
        decided=queries.decided_lately(),
    )


@bp.post("/outside-training/<uuid:public_id>/decision")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def decide_outside_training(public_id: uuid.UUID) -> ResponseReturnValue:
    training_id, form = _found(public_id).id, DecisionForm()
    if form.validate():
        try:
            operations.decide(training_id, form.decision(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The decision has been kept; the person is told."), "success")
            return redirect("/office/outside-training")
    found = _found(public_id)
    form.look_again(found.version)
    return _training_page(found, form), form.answer_status


def _hand_in(form: OutsideForm, before: OutsideTraining | None) -> ResponseReturnValue:
    """``before``: the entry that is corrected."""
    training_id = before.id if before else None
    form.offer(topics_in_order())
    is_valid = form.validate()
    try:
        evidence = form.received()
        if is_valid:
            kept = _keep(form, evidence, training_id)
            flash(gettext("Handed in. A coordinator looks at it and writes to you."), "success")
            return redirect(f"/outside-training/{kept.public_id}")
    except StorageError:
        form.form_errors.append(
            gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
        )
        form.answer_status = 503
    except RefusedError as refused:
        show_refusal(form, refused)
    again = queries.training_by_public_id(before.public_id) if before else None
    return _form_page(form, again), form.answer_status


def _keep(
    form: OutsideForm, evidence: ReceivedFile | None, training_id: int | None
) -> OutsideTraining:
    by, now = current_user.id, clock.now()
    if training_id is not None:
        return operations.correct(training_id, form.facts(), evidence, by=by, now=now)
    assert evidence
    return operations.enter(current_user.person_id, form.facts(), evidence, by=by, now=now)


def _found(public_id: uuid.UUID) -> OutsideTraining:
    found = queries.training_by_public_id(public_id) or abort(404)
    permit(may_see_training(current_user, found))
    return found


def _own(public_id: uuid.UUID) -> OutsideTraining:
    found = _found(public_id)
    permit(found.person_id == current_user.person_id)
    return found


def _form_page(form: OutsideForm, before: OutsideTraining | None) -> str:
    form.offer(topics_in_order())
    return render_template(
        "records/outside_form.html",
        form=form,
        before=before,
        refusal=rules.refusal_to_change(before) if before else None,
    )


def _training_page(training: OutsideTraining, form: DecisionForm) -> str:
    is_own = training.person_id == current_user.person_id
    return render_template(
        "records/outside_training.html",
        training=training,
        form=form,
        names=names_of({step.by_id for step in training.steps if step.by_id}),
        is_own=is_own,
        may_change=is_own and rules.refusal_to_change(training) is None,
        may_decide=may_check_training(current_user)
        and not is_own
        and training.state in {OutsideState.WAITING, OutsideState.ACCEPTED},
    )
