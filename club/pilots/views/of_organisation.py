"""A firm's pilot projects, for who speaks for it: who of its people took part."""

from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.people.models import Organisation
from club.people.queries import colleagues_in
from club.pilots import people, queries
from club.pilots.forms import PartForm, RemovalForm
from club.pilots.models import PilotPart, PilotProject
from club.pilots.views.blueprint import bp, part_or_404, project_or_404
from club.refusal import RefusedError
from club.registration.views.nominations import own_organisation
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal


@bp.get("/organisations/<string:code>/pilots")
@open_to(Audience.SIGNED_IN)
def of_organisation(code: str) -> str:
    organisation = own_organisation(code)
    return render_template(
        "pilots/of_organisation.html",
        organisation=organisation,
        projects=queries.projects_of(organisation.id),
        people=queries.people_by_project(organisation.id),
    )


@bp.get("/organisations/<string:code>/pilots/<uuid:public_id>/people")
@open_to(Audience.SIGNED_IN)
def new_colleague(code: str, public_id: UUID) -> str:
    organisation, project = _own_project(code, public_id)
    return _colleague_page(organisation, project, PartForm())


@bp.post("/organisations/<string:code>/pilots/<uuid:public_id>/people")
@open_to(Audience.SIGNED_IN)
def add_colleague(code: str, public_id: UUID) -> ResponseReturnValue:
    organisation, project = _own_project(code, public_id)
    form = PartForm()
    _offer(form, organisation, project)
    if form.validate():
        person = form.people[form.person.data]
        try:
            people.put_on_list(
                project.id, person.id, form.facts, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            name = person.full_name
            flash(gettext("%(name)s is on the list; the club confirms it.", name=name), "success")
            return redirect(f"/organisations/{code}/pilots")
    organisation, project = _own_project(code, public_id)
    return _colleague_page(organisation, project, form), form.answer_status


@bp.get("/organisations/<string:code>/pilots/people/<uuid:public_id>/removal")
@open_to(Audience.SIGNED_IN)
def removing_colleague(code: str, public_id: UUID) -> str:
    return _removal_page(code, _own_part(code, public_id), RemovalForm())


@bp.post("/organisations/<string:code>/pilots/people/<uuid:public_id>/removal")
@open_to(Audience.SIGNED_IN)
def remove_colleague(code: str, public_id: UUID) -> ResponseReturnValue:
    part, form = _own_part(code, public_id), RemovalForm()
    if form.validate():
        people.remove(part.id, reason=form.reason.data, by=current_user.id, now=clock.now())
        flash(gettext("%(name)s is off the list.", name=part.person.full_name), "success")
        return redirect(f"/organisations/{code}/pilots")
    return _removal_page(code, part, form), form.answer_status


def _own_project(code: str, public_id: UUID) -> tuple[Organisation, PilotProject]:
    organisation, project = own_organisation(code), project_or_404(public_id)
    permit(project.organisation_id == organisation.id)
    return organisation, project


def _own_part(code: str, public_id: UUID) -> PilotPart:
    organisation, part = own_organisation(code), part_or_404(public_id)
    permit(part.project.organisation_id == organisation.id)
    return part


def _offer(form: PartForm, organisation: Organisation, project: PilotProject) -> None:
    form.offer(colleagues_in(organisation.id, on=clock.today()), project)


def _colleague_page(organisation: Organisation, project: PilotProject, form: PartForm) -> str:
    _offer(form, organisation, project)
    return render_template(
        "pilots/new_colleague.html", organisation=organisation, project=project, form=form
    )


def _removal_page(code: str, part: PilotPart, form: RemovalForm) -> str:
    back = f"/organisations/{code}/pilots"
    return render_template(
        "pilots/removal.html",
        form=form,
        title=gettext("%(name)s does not take part", name=part.person.full_name),
        button=gettext("Take off the list"),
        project=part.project,
        here=f"{back}/people/{part.public_id}/removal",
        back=back,
    )
