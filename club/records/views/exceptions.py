"""A certificate for one person: for who completed at once, for who did not by two people."""

import uuid

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.records.certificates import exceptions, queries
from club.records.certificates.models import CertificateException
from club.records.certificates.operations import issue_certificates
from club.records.certificates.rules import refusal_to_decide
from club.records.forms import ReasonForm
from club.records.models import TrainingRecord
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.post("/office/records/<uuid:public_id>/certificate")
@open_to(*_KEEPERS)
def issue_one(public_id: uuid.UUID) -> ResponseReturnValue:
    found = _record_or_404(public_id)
    (issued,) = issue_certificates(
        found.run_id, by=current_user.id, now=clock.now(), record_id=found.id
    )
    flash(gettext("The certificate %(number)s is issued.", number=issued.number), "success")
    return redirect(f"/office/runs/{found.run.code}/records")


@bp.get("/office/records/<uuid:public_id>/exception")
@open_to(*_KEEPERS)
def exception_form(public_id: uuid.UUID) -> ResponseReturnValue:
    return _asking_page(_record_or_404(public_id), ReasonForm())


@bp.post("/office/records/<uuid:public_id>/exception")
@open_to(*_KEEPERS)
def ask_exception(public_id: uuid.UUID) -> ResponseReturnValue:
    found, form = _record_or_404(public_id), ReasonForm()
    if not form.validate():
        return _asking_page(found, form, status=422)
    try:
        exceptions.ask_for_exception(
            found.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _asking_page(found, form, status=form.answer_status)
    flash(gettext("Asked. Somebody else has to agree before a certificate is issued."), "success")
    return redirect(f"/office/runs/{found.run.code}/records")


@bp.get("/office/exceptions/<uuid:public_id>")
@open_to(*_KEEPERS)
def exception(public_id: uuid.UUID) -> ResponseReturnValue:
    return _deciding_page(_exception_or_404(public_id), ReasonForm())


@bp.post("/office/exceptions/<uuid:public_id>/agreement")
@open_to(*_KEEPERS)
def agree_exception(public_id: uuid.UUID) -> ResponseReturnValue:
    found, form = _exception_or_404(public_id), ReasonForm()
    try:
        issued = exceptions.agree_to_exception(found.id, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _deciding_page(found, form, status=form.answer_status)
    flash(gettext("Certificate %(number)s is issued.", number=issued.number), "success")
    return redirect(f"/certificates/{issued.public_id}")


@bp.post("/office/exceptions/<uuid:public_id>/refusal")
@open_to(*_KEEPERS)
def decline_exception(public_id: uuid.UUID) -> ResponseReturnValue:
    found, form = _exception_or_404(public_id), ReasonForm()
    if not form.validate():
        return _deciding_page(found, form, status=422)
    try:
        exceptions.decline_exception(
            found.id, remark=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _deciding_page(found, form, status=form.answer_status)
    flash(gettext("Turned down. No certificate is issued."), "success")
    return redirect(f"/office/runs/{found.run.code}/records")


def _record_or_404(public_id: uuid.UUID) -> TrainingRecord:
    return queries.record_called(public_id) or abort(404)


def _exception_or_404(public_id: uuid.UUID) -> CertificateException:
    return queries.exception_called(public_id) or abort(404)


def _asking_page(
    found: TrainingRecord, form: ReasonForm, *, status: int = 200
) -> ResponseReturnValue:
    return render_template("records/exception_form.html", record=found, form=form), status


def _deciding_page(
    found: CertificateException, form: ReasonForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "records/exception.html",
        exception=found,
        form=form,
        names=names_of([one for one in (found.asked_by_id, found.decided_by_id) if one]),
        refusal=refusal_to_decide(found, by=current_user.id),
    )
    return page, status
