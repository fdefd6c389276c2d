"""The desk where requests about personal data are decided, in the time that the law gives."""

import uuid
from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.audit.names import names_of
from club.people.models import Person
from club.people.queries import people_matching, person_by_public_id
from club.privacy import erasing
from club.privacy.forms import DecisionForm, ErasureForm, ReceivedWishForm
from club.privacy.queries import whose
from club.privacy.requests import operations, queries, rules
from club.privacy.requests.models import PrivacyRequest, RequestKind
from club.privacy.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal, uuid_in

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_SHOWN_CLOSED = 50
_ACTS = {
    "grant": operations.grant,
    "refuse": operations.refuse,
    "extend": operations.extend,
}


@bp.get("/office/privacy")
@open_to(*_STAFF)
def desk() -> str:
    today = clock.today()
    waiting = queries.open_requests()
    return render_template(
        "privacy/desk.html",
        waiting=[
            (
                one,
                rules.urgency(one, today=today),
                rules.urgency_of_confirmation(
                    one, asked_on=clock.local_day(one.asked_at), today=today
                ),
            )
            for one in waiting
        ],
        closed=queries.closed_requests(most=_SHOWN_CLOSED),
    )


@bp.get("/office/privacy/new")
@open_to(*_STAFF)
def new_received() -> str:
    """Find the person first, then say what came."""
    typed = (request.args.get("q") or "").strip()
    person = _person(request.args.get("person"))
    found = people_matching(typed) if typed and not person else []
    return _received_page(person, ReceivedWishForm() if person else None, q=typed, found=found)


@bp.post("/office/privacy/new")
@open_to(*_STAFF)
def enter_received() -> ResponseReturnValue:
    person, form = _person(request.form.get("person")) or abort(404), ReceivedWishForm()
    if form.validate():
        try:
            entered = operations.enter(
                person.id, form.wish(), form.receipt(by=current_user.id), now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The request is entered. Its days count from the receipt."), "success")
            return redirect(f"/office/privacy/{entered.public_id}")
    return _received_page(person, form), form.answer_status


@bp.get("/office/privacy/<uuid:public_id>")
@open_to(*_STAFF)
@shows_person("privacy_request", "public_id")
def request_page(public_id: uuid.UUID) -> ResponseReturnValue:
    return _page(_request_or_404(public_id), DecisionForm())


@bp.post("/office/privacy/<uuid:public_id>/confirmation")
@open_to(*_STAFF)
def confirm(public_id: uuid.UUID) -> ResponseReturnValue:
    operations.confirm(_request_or_404(public_id).id, by=current_user.id, now=clock.now())
    flash(gettext("It is noted that the person was told."), "success")
    return redirect(f"/office/privacy/{public_id}")


@bp.post("/office/privacy/<uuid:public_id>")
@open_to(*_STAFF)
def decide(public_id: uuid.UUID) -> ResponseReturnValue:
    request_id, form = _request_or_404(public_id).id, DecisionForm()
    act = _ACTS.get(request.form.get("decision", "")) or abort(400)
    if form.validate():
        try:
            act(request_id, reason=form.reason.data, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _page(_request_or_404(public_id), form), 409
        flash(gettext("The decision has been kept, and a letter goes out."), "success")
        return redirect(f"/office/privacy/{public_id}")
    return _page(_request_or_404(public_id), form), form.answer_status


@bp.get("/office/privacy/<uuid:public_id>/erasure")
@open_to(*_STAFF)
@shows_person("privacy_request", "public_id")
def erasure(public_id: uuid.UUID) -> ResponseReturnValue:
    return _erasure_page(_request_or_404(public_id), ErasureForm())


@bp.post("/office/privacy/<uuid:public_id>/erasure")
@open_to(*_STAFF)
def erase(public_id: uuid.UUID) -> ResponseReturnValue:
    request_id, form = _request_or_404(public_id).id, ErasureForm()
    if form.validate():
        try:
            erasing.erase(request_id, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _erasure_page(_request_or_404(public_id), form), 409
        flash(gettext("The data is erased. A last letter says so to the person."), "success")
        return redirect("/office/privacy")
    return _erasure_page(_request_or_404(public_id), form), form.answer_status


def _person(public_id: str | None) -> Person | None:
    known = uuid_in(public_id)
    return person_by_public_id(known) if known else None


def _received_page(
    person: Person | None,
    form: ReceivedWishForm | None,
    *,
    q: str = "",
    found: Sequence[Person] = (),
) -> str:
    return render_template(
        "privacy/received_request.html", person=person, form=form, q=q, found=found
    )


def _erasure_page(found: PrivacyRequest, form: ErasureForm) -> str:
    if found.kind is not RequestKind.ERASURE:
        abort(404)
    somebody = whose(found.person_id)
    return render_template(
        "privacy/erasure.html",
        asked=found,
        form=form,
        losses=erasing.losses(somebody),
        hindrances=erasing.hindrances(somebody),
        refusal=rules.refusal_to_erase(found),
    )


def _page(found: PrivacyRequest, form: DecisionForm) -> str:
    today, asked_on = clock.today(), clock.local_day(found.asked_at)
    return render_template(
        "privacy/request.html",
        asked=found,
        form=form,
        urgency=rules.urgency(found, today=today),
        unconfirmed=rules.urgency_of_confirmation(found, asked_on=asked_on, today=today),
        confirm_by=rules.confirm_by(asked_on=asked_on),
        refusal_to_extend=rules.refusal_to_extend(found, today=today),
        days=rules.DAYS_TO_DECIDE[found.kind],
        names=names_of(
            {step.by_id for step in found.steps if step.by_id}
            | ({found.entered_by_id} if found.entered_by_id else set())
        ),
    )


def _request_or_404(public_id: uuid.UUID) -> PrivacyRequest:
    return queries.request_by_public_id(public_id) or abort(404)
