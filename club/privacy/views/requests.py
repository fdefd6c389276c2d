"""What a person asks the club to do with the own data."""

import uuid

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.privacy.forms import WishForm
from club.privacy.requests import operations, queries
from club.privacy.requests.models import PrivacyRequest
from club.privacy.requests.rules import DAYS_TO_DECIDE
from club.privacy.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal


@bp.get("/me/privacy/requests/new")
@open_to(Audience.SIGNED_IN)
def new_request() -> str:
    return _page(WishForm())


@bp.post("/me/privacy/requests/new")
@open_to(Audience.SIGNED_IN)
def ask() -> ResponseReturnValue:
    form, person_id = WishForm(), current_user.person_id
    if form.validate():
        try:
            request = operations.ask(person_id, form.wish(), now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _page(form), 409
        flash(gettext("The club has your request, and a letter confirms it."), "success")
        return redirect(f"/me/privacy/requests/{request.public_id}")
    return _page(form), form.answer_status


@bp.get("/me/privacy/requests/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def own_request(public_id: uuid.UUID) -> str:
    return render_template("privacy/own_request.html", asked=_own_or_404(public_id))


@bp.post("/me/privacy/requests/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw_request(public_id: uuid.UUID) -> ResponseReturnValue:
    operations.withdraw(_own_or_404(public_id).id, now=clock.now())
    flash(gettext("Your request is taken back."), "success")
    return redirect(f"/me/privacy/requests/{public_id}")


def _page(form: WishForm) -> str:
    return render_template("privacy/new_request.html", form=form, days=DAYS_TO_DECIDE)


def _own_or_404(public_id: uuid.UUID) -> PrivacyRequest:
    found = queries.request_by_public_id(public_id)
    return found if found and found.person_id == current_user.person_id else abort(404)
