"""The desk of pilot projects, and the page of each."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.people import queries as people
from club.people.models import Organisation, SizeClass
from club.pilots import operations, queries
from club.pilots.forms import EndPilotForm, PilotForm
from club.pilots.models import PilotOutcome, PilotProject
from club.pilots.operations import PilotFacts
from club.pilots.permissions import may_keep_pilots
from club.pilots.rules import counts_on, firms_on
from club.pilots.views.blueprint import bp, project_or_404
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again


@bp.get("/office/pilots")
@open_to(Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
def desk() -> str:
    today, projects = clock.today(), queries.projects()
    return render_template(
        "pilots/desk.html",
        projects=[(project, counts_on(project, today)) for project in projects],
        firms=firms_on(projects, today),
        may_keep=may_keep_pilots(current_user),
        today=today,
    )


@bp.get("/office/pilots/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def new() -> str:
    organisation = people.organisation_by_code(request.args.get("organisation", ""))
    if organisation is None:
        return _choosing_page(request.args.get("q", "")[:200])
    form = PilotForm(data={"organisation": organisation.code})
    return _new_page(form, organisation)


@bp.post("/office/pilots/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    form = PilotForm()
    organisation = people.organisation_by_code(form.organisation.data or "") or abort(404)
    form.offer(organisation)
    if form.validate():
        try:
            project = operations.add_project(
                organisation.id, _facts(form), by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The pilot project has been entered."), "success")
            return redirect(url_for("pilots.project", public_id=project.public_id))
    return _new_page(form, organisation), form.answer_status


@bp.get("/office/pilots/<uuid:public_id>")
@open_to(Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
def project(public_id: UUID) -> str:
    found = project_or_404(public_id)
    return _project_page(found, _filled(found), EndPilotForm(data={"ended_on": clock.today()}))


@bp.post("/office/pilots/<uuid:public_id>/facts")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def change(public_id: UUID) -> ResponseReturnValue:
    found, form = project_or_404(public_id), PilotForm()
    form.offer(found.organisation)
    return kept_or_again(
        form,
        lambda: operations.change_project(
            found.id, _facts(form), by=current_user.id, now=clock.now()
        ),
        lambda: _project_page(project_or_404(public_id), form, _blank_end(), refused=form),
        said=gettext("The pilot project has been corrected."),
        to=url_for("pilots.project", public_id=public_id),
    )


@bp.post("/office/pilots/<uuid:public_id>/end")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def end(public_id: UUID) -> ResponseReturnValue:
    found, form = project_or_404(public_id), EndPilotForm()
    if form.validate():
        try:
            operations.end_project(
                found.id,
                ended_on=form.ended_on.data,
                outcome=PilotOutcome(form.outcome.data),
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            if not refused.field:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The end of the pilot project has been noted."), "success")
            return redirect(url_for("pilots.project", public_id=public_id))
    found = project_or_404(public_id)
    return _project_page(found, _filled(found), form, refused=form), 422


def _facts(form: PilotForm) -> PilotFacts:
    return PilotFacts(
        title=form.title.data,
        started_on=form.started_on.data,
        evidence=form.evidence.data,
        description=form.description.data,
        size_class=SizeClass(form.size_class.data) if form.size_class.data else None,
    )


def _filled(project: PilotProject) -> PilotForm:
    form = PilotForm(
        formdata=None,
        data={
            "title": project.title,
            "started_on": project.started_on,
            "size_class": project.size_class.value,
            "description": project.description,
            "evidence": project.evidence,
        },
    )
    form.offer(project.organisation)
    return form


def _blank_end() -> EndPilotForm:
    return EndPilotForm(formdata=None, data={"ended_on": clock.today()})


def _choosing_page(text: str) -> str:
    found = queries.enterprises_matching(text)
    return render_template("pilots/choose.html", q=text, found=found)


def _new_page(form: PilotForm, organisation: Organisation) -> str:
    form.offer(organisation)
    return render_template("pilots/new.html", form=form, organisation=organisation)


def _project_page(
    project: PilotProject,
    form: PilotForm,
    end_form: EndPilotForm,
    *,
    refused: ClubForm | None = None,
) -> str:
    return render_template(
        "pilots/project.html",
        project=project,
        facts_form=form,
        end_form=end_form,
        form=refused,
        counts=counts_on(project, clock.today()),
        people=queries.people_in(project.id),
        measures=queries.measures_of(project.id),
        may_keep=may_keep_pilots(current_user),
    )
