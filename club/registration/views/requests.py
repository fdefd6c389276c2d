"""Requests for a place: the coordinator's desk of a run's, and the representative's of those
that wait for the organisation.
"""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.courses.models import Run
from club.people import queries as people
from club.people.models import Organisation
from club.refusal import RefusedError
from club.registration import queries as registrations
from club.registration.attended import attended_beside
from club.registration.forms import ReasonForm
from club.registration.models import Registration
from club.registration.questions.queries import answers_of
from club.registration.reminders.queries import recall_of
from club.registration.requests import operations, queries, rules
from club.registration.requests.forms import (
    ApprovalForm,
    ApprovalTogetherForm,
    RefusalTogetherForm,
)
from club.registration.requests.together import Granted, approve_together, refuse_together
from club.registration.views.blueprint import bp, managed_registration_or_404, managed_run_or_404
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/requests")
@open_to(*_STAFF)
def run_requests(code: str) -> str:
    return _requests_page(managed_run_or_404(code), ApprovalTogetherForm())


@bp.post("/office/runs/<string:code>/requests/approval")
@open_to(*_STAFF)
def approve_ticked(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), ApprovalTogetherForm()
    if not form.validate():
        return _requests_page(run, form), 422
    try:
        granted = approve_together(
            run.id, form.ticked, remark=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        form.show(refused)
        return _requests_page(managed_run_or_404(code), form), form.answer_status
    _say_who_fitted(granted)
    return redirect(url_for("registration.run_requests", code=code))


@bp.post("/office/runs/<string:code>/requests/refusal")
@open_to(*_STAFF)
def refuse_ticked(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), RefusalTogetherForm()
    if not form.validate():
        return _requests_page(run, form), 422
    try:
        told = refuse_together(
            run.id, form.ticked, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        form.show(refused)
        return _requests_page(managed_run_or_404(code), form), form.answer_status
    words = ngettext(
        "%(num)s request is turned down, and the person has been told.",
        "%(num)s requests are turned down, and each person has been told.",
        told,
    )
    flash(words, "success")
    return redirect(url_for("registration.run_requests", code=code))


@bp.get("/office/registrations/<uuid:public_id>/request")
@open_to(*_STAFF)
@shows_person("registration", "public_id")
def request_page(public_id: uuid.UUID) -> str:
    return _decision_page(managed_registration_or_404(public_id), ApprovalForm(), ReasonForm())


@bp.post("/office/registrations/<uuid:public_id>/approval")
@open_to(*_STAFF)
def approve(public_id: uuid.UUID) -> ResponseReturnValue:
    theirs, form = managed_registration_or_404(public_id), ApprovalForm()
    name, code = theirs.person.full_name, theirs.run.code
    if not form.validate():
        return _decision_page(theirs, form, _empty_reason()), 422
    try:
        has_room = operations.approve(
            theirs.id, remark=form.remark.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        page = _decision_page(managed_registration_or_404(public_id), form, _empty_reason())
        return page, form.answer_status
    words = (
        gettext("%(name)s has a place and has been told.", name=name)
        if has_room
        else gettext("%(name)s is on the waiting list and has been told.", name=name)
    )
    flash(words, "success")
    return redirect(url_for("registration.run_requests", code=code))


@bp.post("/office/registrations/<uuid:public_id>/refusal")
@open_to(*_STAFF)
def refuse(public_id: uuid.UUID) -> ResponseReturnValue:
    theirs, form = managed_registration_or_404(public_id), ReasonForm()
    name, code = theirs.person.full_name, theirs.run.code
    if not form.validate():
        return _decision_page(theirs, ApprovalForm(formdata=None), form), 422
    try:
        operations.refuse(theirs.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _decision_page(
            managed_registration_or_404(public_id), ApprovalForm(formdata=None), form
        ), 409
    flash(gettext("The request of %(name)s is turned down.", name=name), "success")
    return redirect(url_for("registration.run_requests", code=code))


@bp.get("/organisations/<string:code>/requests")
@open_to(Audience.SIGNED_IN)
def organisation_requests(code: str) -> str:
    return _organisation_page(_spoken_for(code))


@bp.post("/organisations/<string:code>/requests/<uuid:public_id>/endorsement")
@open_to(Audience.SIGNED_IN)
def endorse(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    organisation = _spoken_for(code)
    theirs = _of_organisation(organisation, public_id)
    name = theirs.person.full_name
    try:
        operations.endorse(theirs.id, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "warning")
        return _organisation_page(_spoken_for(code)), 409
    flash(gettext("The coordinator decides next about %(name)s.", name=name), "success")
    return redirect(url_for("registration.organisation_requests", code=code))


@bp.post("/organisations/<string:code>/requests/<uuid:public_id>/refusal")
@open_to(Audience.SIGNED_IN)
def decline_for_organisation(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    organisation = _spoken_for(code)
    theirs = _of_organisation(organisation, public_id)
    form = _named_apart(ReasonForm(), theirs)
    name = theirs.person.full_name
    if not form.validate():
        return _organisation_page(organisation, {public_id: form}), 422
    try:
        operations.decline_for_organisation(
            theirs.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "warning")
        return _organisation_page(_spoken_for(code), {public_id: form}), 409
    flash(gettext("The request of %(name)s is turned down.", name=name), "success")
    return redirect(url_for("registration.organisation_requests", code=code))


def _spoken_for(code: str) -> Organisation:
    """Only who represents an organisation answers for it; staff have their own desk."""
    organisation = people.organisation_by_code(code) or abort(404)
    permit(people.represents(current_user.person_id, organisation.id, on=clock.today()))
    return organisation


def _of_organisation(organisation: Organisation, public_id: uuid.UUID) -> Registration:
    found = registrations.registration_by_public_id(public_id) or abort(404)
    permit(found.organisation_id == organisation.id)
    return found


def _requests_page(run: Run, form: ApprovalTogetherForm | RefusalTogetherForm) -> str:
    requests = queries.requests_of_run(run.id)
    asked = {one.organisation_id for one in requests if one.organisation_id is not None}
    return render_template(
        "registration/office_requests.html",
        run=run,
        requests=requests,
        form=form,
        attended=attended_beside(run.id, [one.person_id for one in requests], now=clock.now()),
        way_in=registrations.terms_of_run(run).way_in,
        answering=queries.organisations_that_answer(asked, on=clock.today()),
        recall=run.starts_at and recall_of(run.id, starts_at=run.starts_at),
    )


def _say_who_fitted(granted: Granted) -> None:
    if granted.places:
        words = ngettext(
            "%(num)s person has a place and has been told.",
            "%(num)s people have a place, and each has been told.",
            len(granted.places),
        )
        flash(words, "success")
    if granted.waiting:
        words = ngettext(
            "No place was left for %(num)s person, who is on the waiting list now and has been "
            "told: %(names)s.",
            "No place was left for %(num)s people, who are on the waiting list now and have been "
            "told: %(names)s.",
            len(granted.waiting),
            names=", ".join(granted.waiting),
        )
        flash(words, "warning")


def _decision_page(registration: Registration, approval: ClubForm, refusal_form: ClubForm) -> str:
    now, run = clock.now(), registration.run
    asks = rules.asks_organisation(registration, registrations.terms_of_run(run).way_in)
    organisation_id = registration.organisation_id
    asked = [organisation_id] if asks and organisation_id else []
    return render_template(
        "registration/office_request.html",
        registration=registration,
        run=run,
        answers=answers_of(registration.id),
        attended=attended_beside(run.id, [registration.person_id], now=now),
        story=registrations.story_of(registration),
        awaits_organisation=bool(queries.organisations_that_answer(asked, on=clock.today())),
        refusal=rules.refusal_to_decide(registration, at=now),
        approval=approval,
        form=refusal_form,
    )


def _organisation_page(
    organisation: Organisation, forms: dict[uuid.UUID, ReasonForm] | None = None
) -> str:
    requests = queries.requests_to_organisation(organisation.id, now=clock.now())
    given, listed = forms or {}, {one.public_id for one in requests}
    return render_template(
        "registration/organisation_requests.html",
        organisation=organisation,
        requests=requests,
        unsent=next((given[one] for one in given if one not in listed), None),
        forms={
            one.public_id: given.get(one.public_id) or _named_apart(_empty_reason(), one)
            for one in requests
        },
    )


def _empty_reason() -> ReasonForm:
    return ReasonForm(formdata=None)


def _named_apart(form: ReasonForm, registration: Registration) -> ReasonForm:
    """One page holds a form for each request."""
    form.reason.id = f"reason-{registration.public_id}"
    return form
