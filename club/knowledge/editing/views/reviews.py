"""What becomes of a draft: remarks, sending back, publishing, throwing away."""

import uuid

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.knowledge.editing import queries
from club.knowledge.editing.forms import CommentForm, ReasonForm
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.editing.permissions import may_discard, may_send_back
from club.knowledge.editing.views.blueprint import EDITORS, WRITERS, account, bp, draft_or_404
from club.knowledge.editing.views.drafts import review_page
from club.refusal import RefusedError
from club.web.access import open_to, permit
from club.web.forms import show_refusal


@bp.post("/office/knowledge/drafts/<uuid:public_id>/publication")
@open_to(*EDITORS)
def publish(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    article = reviewing.publish(draft.id, by=current_user.id, now=clock.now())
    flash(gettext("Published. Readers see it from now on."), "success")
    return redirect(f"/knowledge/{article.slug}")


@bp.post("/office/knowledge/drafts/<uuid:public_id>/changes-asked")
@open_to(*WRITERS)
def send_back(public_id: uuid.UUID) -> ResponseReturnValue:
    draft, form = draft_or_404(public_id), ReasonForm()
    permit(may_send_back(account(), draft))
    try:
        reviewing.send_back(draft.id, form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        return _ask_for_reason(public_id, form, refused)
    flash(gettext("Sent back; the author is told why."), "success")
    return redirect("/office/knowledge/")


@bp.post("/office/knowledge/drafts/<uuid:public_id>/taking-back")
@open_to(*WRITERS)
def take_back(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    drafting.take_back(draft.id, by=current_user.id, now=clock.now())
    return redirect(_address(draft))


@bp.post("/office/knowledge/drafts/<uuid:public_id>/discarding")
@open_to(*WRITERS)
def discard(public_id: uuid.UUID) -> ResponseReturnValue:
    draft, form = draft_or_404(public_id), ReasonForm()
    permit(may_discard(account(), draft))
    try:
        drafting.discard(draft.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        return _ask_for_reason(public_id, form, refused)
    flash(gettext("The draft has been thrown away."), "success")
    return redirect("/office/knowledge/")


@bp.post("/office/knowledge/drafts/<uuid:public_id>/remarks")
@open_to(*WRITERS)
def remark(public_id: uuid.UUID) -> ResponseReturnValue:
    draft, form = draft_or_404(public_id), CommentForm()
    known = {one.id for one in queries.comments_on(draft.id)}
    answers = request.form.get("answers", type=int)
    if answers is not None and answers not in known:
        abort(404)
    reviewing.comment(
        draft.id, form.text.data, answers=answers, by=current_user.id, now=clock.now()
    )
    return redirect(f"{_address(draft)}#remarks")


@bp.post("/office/knowledge/drafts/<uuid:public_id>/remarks/<int:remark_id>/settlement")
@open_to(*WRITERS)
def settle(public_id: uuid.UUID, remark_id: int) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    if remark_id not in {one.id for one in queries.comments_on(draft.id)}:
        abort(404)
    reviewing.settle(remark_id, by=current_user.id, now=clock.now())
    return redirect(f"{_address(draft)}#remarks")


def _ask_for_reason(
    public_id: uuid.UUID, form: ReasonForm, refused: RefusedError
) -> ResponseReturnValue:
    if refused.field is None:
        raise refused
    show_refusal(form, refused)
    return review_page(draft_or_404(public_id), reason=form), form.answer_status


def _address(draft: Draft) -> str:
    return f"/office/knowledge/drafts/{draft.public_id}"
