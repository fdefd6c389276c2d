"""Answering after a class: behind the sign-in, or by the link in a letter."""

import uuid

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.records.inquiries import operations, queries, rules
from club.records.inquiries.forms import FeedbackForm, FollowUpForm
from club.records.inquiries.links import inquiry_in
from club.records.inquiries.models import Inquiry
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.seals import needs_no_form_token

_Form = FeedbackForm | FollowUpForm


@bp.get("/me/inquiries/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def own_inquiry(public_id: uuid.UUID) -> ResponseReturnValue:
    inquiry = _own(public_id)
    return _page(inquiry, _form_for(inquiry))


@bp.post("/me/inquiries/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def answer_own_inquiry(public_id: uuid.UUID) -> ResponseReturnValue:
    return _answer(_own(public_id), thanks=f"/me/inquiries/{public_id}")


@bp.get("/inquiry/<string:token>")
@open_to(Audience.EVERYONE)
def inquiry_by_link(token: str) -> ResponseReturnValue:
    """Mail programs follow links by themselves, so looking changes nothing."""
    inquiry = _named(token)
    return _page(inquiry, _form_for(inquiry))


@bp.post("/inquiry/<string:token>")
@open_to(Audience.EVERYONE)
def answer_by_link(token: str) -> ResponseReturnValue:
    return _answer(_named(token), thanks=f"/inquiry/{token}")


needs_no_form_token(bp, answer_by_link)


def _own(public_id: uuid.UUID) -> Inquiry:
    inquiry = queries.inquiry_by_public_id(public_id) or abort(404)
    permit(inquiry.person_id == current_user.person_id)
    return inquiry


def _named(token: str) -> Inquiry:
    public_id = inquiry_in(token) or abort(404)
    return queries.inquiry_by_public_id(public_id) or abort(404)


def _form_for(inquiry: Inquiry) -> _Form:
    return FeedbackForm() if inquiry.kind.is_anonymous else FollowUpForm()


def _answer(inquiry: Inquiry, *, thanks: str) -> ResponseReturnValue:
    form, now = _form_for(inquiry), clock.now()
    if not form.validate():
        return _page(inquiry, form, status=422)
    try:
        if isinstance(form, FeedbackForm):
            operations.answer_feedback(inquiry.id, form.opinion(), now=now)
        else:
            operations.answer_follow_up(inquiry.id, form.application(), now=now)
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(inquiry, form, status=form.answer_status)
    flash(gettext("Thank you. Your answer is in."), "success")
    return redirect(thanks)


def _page(inquiry: Inquiry, form: _Form, *, status: int = 200) -> ResponseReturnValue:
    is_feedback = isinstance(form, FeedbackForm)
    page = render_template(
        "records/feedback.html" if is_feedback else "records/follow_up.html",
        inquiry=inquiry,
        run=inquiry.run,
        form=form,
        refusal=rules.refusal_to_answer(inquiry, now=clock.now()),
        fewest=rules.FEWEST,
    )
    return page, status
