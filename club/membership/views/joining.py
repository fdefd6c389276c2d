"""What membership is, applying for it, and a person's own page."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup

from club import clock
from club.membership import operations, queries
from club.membership.forms import OrganisationApplicationForm, StatementForm
from club.membership.models import ApplicationState
from club.membership.permissions import may_withdraw_application
from club.people import queries as people
from club.people.asking import Questions, chosen_organisation, organisation_facts, questions_about
from club.people.permissions import may_change_organisation
from club.refusal import RefusedError
from club.units import queries as units
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.page_parts import PageOf, page_parts

bp = Blueprint("membership", __name__)


@bp.get("/me/")
@open_to(Audience.SIGNED_IN)
def me() -> str:
    person_id, today = current_user.person_id, clock.today()
    employments = [e for e in people.employments_of(person_id) if e.holds_on(today)]
    applications = queries.applications_by(person_id)
    return render_template(
        "membership/me.html",
        person=current_user.person,
        lead=_given(PageOf.OWN_LEAD),
        middle=_given(PageOf.OWN_MAIN),
        side=_given(PageOf.OWN_SIDE),
        membership=queries.membership_of(person_id, on=today),
        pending=[a for a in applications if a.state is ApplicationState.PENDING],
        decided=next((a for a in applications if a.state is ApplicationState.DECLINED), None),
        employments=employments,
        members=queries.organisations_in_membership(
            [e.organisation_id for e in employments], on=today
        ),
    )


def _given(page: PageOf) -> Markup:
    return page_parts(page, current_user.person, account=current_user, now=clock.now())


@bp.get("/membership/")
@open_to(Audience.EVERYONE)
def about() -> str:
    return render_template("membership/about.html")


@bp.get("/membership/application")
@open_to(Audience.SIGNED_IN)
def application() -> str:
    return _person_page(StatementForm())


@bp.post("/membership/application")
@open_to(Audience.SIGNED_IN)
def apply() -> ResponseReturnValue:
    form, person_id = StatementForm(), current_user.person_id
    if form.validate():
        try:
            operations.apply_as_person(person_id, statement=form.statement.data, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _person_page(form), 409
        flash(
            gettext("Your application has been handed in. The club will write to you."), "success"
        )
        return redirect(url_for("membership.me"))
    return _person_page(form), 422


@bp.get("/membership/application/organisation")
@open_to(Audience.SIGNED_IN)
def organisation_application() -> str:
    return _organisation_page(OrganisationApplicationForm(), Questions([], None))


@bp.post("/membership/application/organisation")
@open_to(Audience.SIGNED_IN)
def apply_for_organisation() -> ResponseReturnValue:
    form, questions = OrganisationApplicationForm(), Questions([], None)
    form.offer(units.wards_on(clock.today()))
    if form.validate():
        questions = questions_about(form)
        if not questions.open:
            try:
                _apply_for_organisation(form)
            except RefusedError as refused:
                show_refusal(form, refused)
            else:
                flash(
                    gettext("The application has been handed in. The club will write to you."),
                    "success",
                )
                return redirect(url_for("membership.me"))
    return _organisation_page(form, questions), form.answer_status


@bp.post("/membership/applications/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: UUID) -> ResponseReturnValue:
    application = queries.application_by_public_id(public_id) or abort(404)
    permit(may_withdraw_application(current_user, application))
    operations.withdraw(application.id, now=clock.now())
    flash(gettext("Your application has been taken back."), "success")
    return redirect(url_for("membership.me"))


@bp.post("/organisations/<string:code>/representatives")
@open_to(Audience.SIGNED_IN)
def let_represent(code: str) -> ResponseReturnValue:
    organisation = people.organisation_by_code(code) or abort(404)
    speaks = people.represents(current_user.person_id, organisation.id, on=clock.today())
    permit(may_change_organisation(current_user, represents=speaks))
    typed = request.form.get("employment", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    employment = people.employment_in(organisation.id, number) or abort(404)
    name = employment.person.full_name
    operations.let_represent(employment.id, by=current_user.id, now=clock.now())
    flash(gettext("%(name)s may now act for the organisation.", name=name), "success")
    return redirect(url_for("people.organisation", code=code))


def _person_page(form: StatementForm) -> str:
    today = clock.today()
    return render_template(
        "membership/application.html",
        form=form,
        membership=queries.membership_of(current_user.person_id, on=today),
        pending=queries.pending_of_person(current_user.person_id),
    )


def _organisation_page(form: OrganisationApplicationForm, questions: Questions) -> str:
    form.offer(units.wards_on(clock.today()))
    return render_template(
        "membership/organisation_application.html", form=form, questions=questions
    )


def _apply_for_organisation(form: OrganisationApplicationForm) -> None:
    known = chosen_organisation(form)
    operations.apply_for_organisation(
        current_user.person_id,
        known.id if known else organisation_facts(form),
        statement=form.statement.data,
        now=clock.now(),
    )
