"""The coordinators' desk for applications and members."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.membership import operations, queries, rosters
from club.membership.forms import DecisionForm, EndForm
from club.membership.models import ApplicationState, Membership, MembershipApplication
from club.membership.operations import Decision
from club.membership.rosters import Filters, Standing
from club.people import queries as people
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.pages import Page, page_number

bp = Blueprint("members", __name__, url_prefix="/office/members")

_TABS = ("applications", "persons", "organisations")


@bp.get("")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk() -> str:
    tab = request.args.get("tab", "")
    tab = tab if tab in _TABS else _TABS[0]
    filters, state, today = _filters(), _state(), clock.today()
    page: Page[Any]
    if tab == "applications":
        page = rosters.applications(state, q=filters.q, page=filters.page)
    elif tab == "persons":
        page = rosters.persons(filters, today=today)
    else:
        page = rosters.organisations(filters, today=today)
    return render_template(
        "membership/desk.html",
        tab=tab,
        page=page,
        filters=filters,
        state=state,
        states=ApplicationState,
        standings=Standing,
        kinds=[kind for kind in AudienceKind if kind is not AudienceKind.INDIVIDUAL],
        waiting=queries.waiting_applications(),
        wards=units.wards_on(today),
        today=today,
    )


@bp.get("/applications/<uuid:public_id>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person("membership_application", "public_id")
def application(public_id: UUID) -> str:
    form = DecisionForm(data={"from_day": clock.today()})
    return _application_page(_application_or_404(public_id), form)


@bp.post("/applications/<uuid:public_id>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def decide(public_id: UUID) -> ResponseReturnValue:
    application_id, form = _application_or_404(public_id).id, DecisionForm()
    accepts = request.form.get("decision") == "accept"
    if not accepts:
        # A refusal has no first day; what was typed there is of no interest.
        form.from_day.process(None, data=clock.today())
    if form.validate():
        try:
            if accepts:
                _accept(application_id, form)
            else:
                decision = Decision(form.reason.data, current_user.id)
                operations.decline(application_id, decision, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _application_page(_application_or_404(public_id), form), 409
        flash(gettext("The decision has been kept, and a letter goes out."), "success")
        return redirect(url_for("members.desk"))
    return _application_page(_application_or_404(public_id), form), 422


@bp.get("/<int:membership_id>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person("membership", "membership_id")
def member(membership_id: int) -> str:
    form = EndForm(data={"last_day": clock.today()})
    return _member_page(_membership_or_404(membership_id), form)


@bp.post("/<int:membership_id>/end")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def end(membership_id: int) -> ResponseReturnValue:
    _membership_or_404(membership_id)
    form = EndForm()
    if form.validate():
        decision = Decision(form.reason.data, current_user.id)
        try:
            operations.end_membership(
                membership_id, decision, last_day=form.last_day.data, now=clock.now()
            )
        except RefusedError as refused:
            if not refused.field:
                raise
            show_refusal(form, refused)
        else:
            flash(
                gettext("The end of the membership has been noted, and a letter goes out."),
                "success",
            )
            return redirect(url_for("members.member", membership_id=membership_id))
    return _member_page(_membership_or_404(membership_id), form), 422


def _accept(application_id: int, form: DecisionForm) -> None:
    operations.accept(
        application_id,
        Decision(form.reason.data, current_user.id),
        from_day=form.from_day.data,
        now=clock.now(),
    )


def _application_or_404(public_id: UUID) -> MembershipApplication:
    return queries.application_by_public_id(public_id) or abort(404)


def _membership_or_404(membership_id: int) -> Membership:
    return queries.membership_by_id(membership_id) or abort(404)


def _application_page(application: MembershipApplication, form: DecisionForm) -> str:
    today, organisation = clock.today(), application.organisation
    works_there, speakers = [], []
    if organisation:
        works_there = people.employments_between(application.person_id, organisation.id)
        speakers = people.representatives_of(organisation.id, on=today)
    return render_template(
        "membership/decision.html",
        application=application,
        form=form,
        works_there=works_there,
        speakers=speakers,
        pending=application.state is ApplicationState.PENDING,
    )


def _member_page(membership: Membership, form: EndForm) -> str:
    return render_template(
        "membership/member.html", membership=membership, form=form, today=clock.today()
    )


def _filters() -> Filters:
    given = request.args
    kinds = {kind.value: kind for kind in AudienceKind}
    ended = given.get("standing") == Standing.ENDED.value
    return Filters(
        q=given.get("q", "")[:200],
        ward=given.get("ward", "")[:100],
        standing=Standing.ENDED if ended else Standing.NOW,
        kind=kinds.get(given.get("kind", "")),
        page=page_number(given.get("page")),
    )


def _state() -> ApplicationState:
    states = {state.value: state for state in ApplicationState}
    return states.get(request.args.get("state", ""), ApplicationState.PENDING)
