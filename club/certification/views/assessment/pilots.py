"""Whether a paper is about a pilot project that counts by itself: said by whoever judges it."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment.operations.asking import is_in_hand
from club.certification.assessment.permissions import may_run_assessments
from club.certification.assessment.queries import task_about
from club.certification.candidacy import queries
from club.certification.candidacy.models import EvidenceUse
from club.certification.candidacy.operations.projects import say_pilot
from club.certification.candidacy.project_forms import SameProjectForm
from club.certification.schemes.models import RequirementKind
from club.certification.views.assessment.blueprint import PANEL, bp
from club.pilots.queries import projects_with
from club.web.access import open_to, permit
from club.web.keeping import kept_or_again


@bp.get("/evidence-uses/<uuid:public_id>/pilot")
@open_to(*PANEL)
@shows_person(
    "candidate", "public_id", called=lambda use_id: _to_judge(use_id)[0].candidate.public_id
)
def pilot(public_id: UUID) -> str:
    use, back = _to_judge(public_id)
    return _page(use, _form_about(use), back)


@bp.post("/evidence-uses/<uuid:public_id>/pilot")
@open_to(*PANEL)
def keep_pilot(public_id: UUID) -> ResponseReturnValue:
    use, back = _to_judge(public_id)
    form = _form_about(use)
    return kept_or_again(
        form,
        lambda: say_pilot(use.id, form.pilot_id(), by=current_user.id, now=clock.now()),
        lambda: _page(_to_judge(public_id)[0], form, back),
        said=gettext("Kept. What is about one project counts once."),
        to=back,
    )


def _to_judge(public_id: UUID) -> tuple[EvidenceUse, str]:
    """With the page from which the reader judges it."""
    use = queries.use_by_public_id(public_id) or abort(404)
    if use.requirement.kind is not RequirementKind.PROJECT:
        abort(404)
    if may_run_assessments(current_user):
        return use, f"/evidence-uses/{public_id}"
    task = task_about(use.candidate_id, current_user.id)
    permit(task is not None and is_in_hand(task))
    assert task
    return use, f"/assessment/{task.public_id}"


def _form_about(use: EvidenceUse) -> SameProjectForm:
    form = SameProjectForm()
    form.offer_pilots(projects_with(use.candidate.person_id))
    if not form.is_submitted() and use.project and use.project.pilot:
        form.pilot.data = str(use.project.pilot.public_id)
    return form


def _page(use: EvidenceUse, form: SameProjectForm, back: str) -> str:
    return render_template("certification/assessment/pilot.html", use=use, form=form, back=back)
