"""The club's side of an appeal."""

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.objections import rules
from club.certification.objections.forms import ExtensionForm, RulingForm
from club.certification.objections.operations import deciding
from club.certification.views.objections.blueprint import STAFF, appeal_or_404, appeal_page, bp
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import show_refusal


@bp.post("/appeals/<uuid:public_id>/decision")
@open_to(*STAFF)
def decide_appeal(public_id: UUID) -> ResponseReturnValue:
    appeal, form = appeal_or_404(public_id), RulingForm(prefix="ruling")
    form.offer(rules.remedies_of(appeal.step.reason, appeal.step.to_state))
    if form.validate():
        try:
            deciding.decide(appeal.id, form.ruling(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            if refused.field is None:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The decision has been kept; the candidate is told."), "success")
            return redirect(f"/appeals/{public_id}")
    return appeal_page(appeal_or_404(public_id), form), form.answer_status


@bp.post("/appeals/<uuid:public_id>/extension")
@open_to(*STAFF)
def extend_appeal(public_id: UUID) -> ResponseReturnValue:
    appeal, form = appeal_or_404(public_id), ExtensionForm(prefix="extension")
    if form.validate():
        try:
            deciding.extend(appeal.id, reason=form.reason.data, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            if refused.field is None:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The time is extended; the person is told why."), "success")
            return redirect(f"/appeals/{public_id}")
    return appeal_page(appeal_or_404(public_id), form), form.answer_status
