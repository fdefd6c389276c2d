"""The assessor's desk: what is to be judged, and judging it."""

from uuid import UUID

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.finding_queries import days_sat_before
from club.certification.assessment.forms import FindingsForm
from club.certification.assessment.models import AssessorTask
from club.certification.assessment.operations import asking, judging
from club.certification.assessment.operations.asking import is_in_hand
from club.certification.assessment.permissions import has_task, was_asked
from club.certification.candidacy.forms import RemarkForm
from club.certification.candidacy.path import path_of
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.standing import progress_of
from club.certification.views.assessment.blueprint import bp
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.web.access import Audience, open_to, permit
from club.web.keeping import kept_or_again

#: Of what an assessor is done with.
_SHOWN = 20


@bp.get("/assessment/")
@open_to(Audience.ASSESSOR)
def desk() -> str:
    today = clock.today()
    return render_template(
        "certification/assessment/desk.html",
        tasks=queries.queue_of(current_user.id),
        done=queries.done_by(current_user.id, limit=_SHOWN),
        panels=queries.panels_waiting_for(current_user, on=today),
        today=today,
    )


@bp.get("/assessment/<uuid:public_id>")
@open_to(Audience.ASSESSOR)
@shows_person("assessor_task", "public_id")
def task(public_id: UUID) -> str:
    return _task_page(_own_task(public_id))


@bp.post("/assessment/<uuid:public_id>/findings")
@open_to(Audience.ASSESSOR)
def keep_findings(public_id: UUID) -> ResponseReturnValue:
    """One button keeps what is there so far, the other one ends the task."""
    found, form = _with_form(_sent_task(public_id))
    ends = "finish" in request.form
    keep = judging.finish if ends else judging.keep_findings
    return kept_or_again(
        form,
        lambda: keep(found.id, form.found(), now=clock.now()),
        lambda: _task_page(_sent_task(public_id), findings=form),
        said=gettext("Your judgement counts now.") if ends else gettext("Kept so far."),
        to="/assessment/" if ends else f"/assessment/{public_id}",
    )


@bp.post("/assessment/<uuid:public_id>/return")
@open_to(Audience.ASSESSOR)
def give_back(public_id: UUID) -> ResponseReturnValue:
    found, form = _sent_task(public_id), RemarkForm()
    return kept_or_again(
        form,
        lambda: asking.give_back(found.id, reason=form.remark.data, now=clock.now()),
        lambda: _task_page(_sent_task(public_id), giving_back=form),
        said=gettext("The task is given back; the club asks somebody else."),
        to="/assessment/",
    )


@bp.get("/assessment/<uuid:public_id>/evidence/<uuid:evidence_id>")
@open_to(Audience.ASSESSOR)
@shows_person("evidence", "evidence_id")
def evidence_file(public_id: UUID, evidence_id: UUID) -> Response:
    """A paper that was handed in for this candidacy, while it is being judged; what was taken back
    is not shown any more.
    """
    found = _own_task(public_id)
    permit(is_in_hand(found))
    papers = {use.evidence.public_id: use.evidence for use in uses_in(found.candidate_id)}
    paper = papers.get(evidence_id)
    if paper is None or paper.withdrawn_at or paper.file is None:
        abort(404)
    try:
        return personal_file_response(paper.file)
    except StorageError:
        abort(503)


def _own_task(public_id: UUID) -> AssessorTask:
    found = queries.task_by_public_id(public_id) or abort(404)
    permit(has_task(current_user, found))
    return found


def _sent_task(public_id: UUID) -> AssessorTask:
    """One that may be over by now: what was typed about it is shown again, and nothing else."""
    found = queries.task_by_public_id(public_id) or abort(404)
    permit(was_asked(current_user, found))
    return found


def _with_form(task: AssessorTask) -> tuple[AssessorTask, FindingsForm]:
    holding = {one.requirement_id: one for one in task.findings if not one.superseded_at}
    attempts = {key: len(days) for key, days in days_sat_before(task).items()}
    form = FindingsForm.about(judging.requirements_to_judge(task.candidate), holding, attempts)
    return task, form


def _task_page(
    task: AssessorTask,
    *,
    findings: FindingsForm | None = None,
    giving_back: RemarkForm | None = None,
) -> str:
    """``findings`` and ``giving_back``: forms that were sent and are to be mended."""
    candidate, now = task.candidate, clock.now()
    today, is_open = clock.local_day(now), is_in_hand(task)
    path = []
    if is_open:
        uses = uses_in(candidate.id)
        progress = progress_of(candidate, uses, on=today)
        path = path_of(
            progress, candidate.level.requirements, uses, person_id=candidate.person_id, now=now
        )
    return render_template(
        "certification/assessment/task.html",
        task=task,
        candidate=candidate,
        level=candidate.level,
        path=path,
        found=[one for one in task.findings if not one.superseded_at],
        form=findings or _with_form(task)[1],
        giving_back=giving_back or RemarkForm(),
        conflict=conflict_with(candidate, current_user, on=today),
        is_open=is_open,
        today=today,
    )
