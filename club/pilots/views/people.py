"""Who takes part in a project and what it measured, as coordinators keep it."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.people.models import Person
from club.people.queries import people_matching, person_by_public_id
from club.pilots import measures, people, queries
from club.pilots.forms import MeasureForm, PartForm, RemovalForm
from club.pilots.models import PilotMeasure, PilotPart, PilotProject
from club.pilots.views.blueprint import address_of, bp, part_or_404, project_or_404
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal, uuid_in
from club.web.keeping import kept_or_again

_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/pilots/<uuid:public_id>/people/new")
@open_to(*_KEEPERS)
def new_person(public_id: UUID) -> str:
    project, form = project_or_404(public_id), PartForm()
    form.offer(_chosen(request.args.get("person")), project)
    return _person_page(project, form)


@bp.post("/office/pilots/<uuid:public_id>/people/new")
@open_to(*_KEEPERS)
def add_person(public_id: UUID) -> ResponseReturnValue:
    project, form = project_or_404(public_id), PartForm()
    form.offer(_chosen(form.person.data), project)
    if form.validate():
        person = form.people[form.person.data]
        try:
            people.put_on_list(
                project.id, person.id, form.facts, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("%(name)s is on the list.", name=person.full_name), "success")
            return redirect(f"{address_of(project)}#people")
    return _person_page(project_or_404(public_id), form), form.answer_status


@bp.post("/office/pilots/people/<uuid:public_id>/confirmation")
@open_to(*_KEEPERS)
def confirm_person(public_id: UUID) -> ResponseReturnValue:
    part = part_or_404(public_id)
    people.confirm(part.id, by=current_user.id, now=clock.now())
    flash(gettext("It has been confirmed."), "success")
    return redirect(f"{address_of(part.project)}#people")


@bp.get("/office/pilots/people/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def removing_person(public_id: UUID) -> str:
    return _removal_of_person(part_or_404(public_id), RemovalForm())


@bp.post("/office/pilots/people/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def remove_person(public_id: UUID) -> ResponseReturnValue:
    part, form = part_or_404(public_id), RemovalForm()
    if form.validate():
        people.remove(part.id, reason=form.reason.data, by=current_user.id, now=clock.now())
        flash(gettext("%(name)s is off the list.", name=part.person.full_name), "success")
        return redirect(f"{address_of(part.project)}#people")
    return _removal_of_person(part, form), form.answer_status


@bp.get("/office/pilots/<uuid:public_id>/measures/new")
@open_to(*_KEEPERS)
def new_measure(public_id: UUID) -> str:
    return _measure_page(project_or_404(public_id), MeasureForm())


@bp.post("/office/pilots/<uuid:public_id>/measures/new")
@open_to(*_KEEPERS)
def add_measure(public_id: UUID) -> ResponseReturnValue:
    project, form = project_or_404(public_id), MeasureForm()
    form.project = project
    return kept_or_again(
        form,
        lambda: measures.add_measure(project.id, form.figures, by=current_user.id, now=clock.now()),
        lambda: _measure_page(project_or_404(public_id), form),
        said=gettext("The figures have been entered."),
        to=f"{address_of(project)}#measures",
    )


@bp.get("/office/pilots/measures/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def removing_measure(public_id: UUID) -> str:
    return _removal_of_measure(_measure(public_id), RemovalForm())


@bp.post("/office/pilots/measures/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def remove_measure(public_id: UUID) -> ResponseReturnValue:
    measure, form = _measure(public_id), RemovalForm()
    if form.validate():
        measures.take_measure_out(
            measure.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
        flash(gettext("The figures have been taken out."), "success")
        return redirect(f"{address_of(measure.project)}#measures")
    return _removal_of_measure(measure, form), form.answer_status


def _measure(public_id: UUID) -> PilotMeasure:
    return queries.measure_by_public_id(public_id) or abort(404)


def _chosen(typed: str | None) -> list[Person]:
    public_id = uuid_in(typed)
    person = person_by_public_id(public_id) if public_id else None
    return [person] if person else []


def _person_page(project: PilotProject, form: PartForm) -> str:
    """Whom to put on the list comes first, then what the person does."""
    text = request.args.get("q", "")[:200]
    return render_template(
        "pilots/new_person.html",
        project=project,
        form=form,
        person=next(iter(form.people.values()), None),
        q=text,
        found=people_matching(text) if text.strip() else [],
    )


def _measure_page(project: PilotProject, form: MeasureForm) -> str:
    return render_template("pilots/new_measure.html", project=project, form=form)


def _removal_of_person(part: PilotPart, form: RemovalForm) -> str:
    return render_template(
        "pilots/removal.html",
        form=form,
        title=gettext("%(name)s does not take part", name=part.person.full_name),
        button=gettext("Take off the list"),
        project=part.project,
        here=f"/office/pilots/people/{part.public_id}/removal",
        back=address_of(part.project),
    )


def _removal_of_measure(measure: PilotMeasure, form: RemovalForm) -> str:
    return render_template(
        "pilots/removal.html",
        form=form,
        title=gettext("Take out the figures: %(what)s", what=measure.name),
        button=gettext("Take the figures out"),
        project=measure.project,
        here=f"/office/pilots/measures/{measure.public_id}/removal",
        back=address_of(measure.project),
    )
