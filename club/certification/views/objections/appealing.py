"""The candidate's side: appealing, adding papers, taking it back, and everything so far."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.candidacy.models import Candidate
from club.certification.objections import queries
from club.certification.objections.contesting import contest_of, refusal_to_appeal
from club.certification.objections.days import days_to_answer
from club.certification.objections.forms import AppealForm, PaperForm, TakeBackForm
from club.certification.objections.operations import appealing
from club.certification.views.candidacy.blueprint import candidate_or_404
from club.certification.views.candidacy.blueprint import own_or_404 as own_candidate_or_404
from club.certification.views.objections.blueprint import (
    LARGEST_PAPER,
    appeal_or_404,
    appeal_page,
    bp,
    own_or_404,
)
from club.files.forms import say_not_stored
from club.files.receiving import receive
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files


@bp.get("/me/certification/objections")
@open_to(Audience.SIGNED_IN)
def my_objections() -> str:
    return render_template(
        "certification/objections/mine.html",
        appeals=queries.appeals_of(current_user.person_id),
        complaints=queries.complaints_of(current_user.person_id),
        hearings=queries.hearings_of(current_user.person_id),
    )


@bp.get("/candidacies/<uuid:public_id>/appeal")
@open_to(Audience.SIGNED_IN)
def new_appeal(public_id: UUID) -> ResponseReturnValue:
    """Leads to the appeal that was made already, for whoever may see it."""
    candidate = candidate_or_404(public_id)
    contest = contest_of(candidate)
    made = queries.appeal_against(contest.step.id) if contest else None
    if made:
        return redirect(f"/appeals/{made.public_id}")
    return _form_page(own_candidate_or_404(public_id), AppealForm())


@bp.post("/candidacies/<uuid:public_id>/appeal")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_PAPER)
def appeal(public_id: UUID) -> ResponseReturnValue:
    """What was typed stays, also where the time ran out while it was written."""
    candidate, form = own_candidate_or_404(public_id), AppealForm()
    is_valid = form.validate()
    try:
        received = form.received()
        if is_valid:
            made = appealing.appeal(
                candidate.id,
                form.objection(),
                paper=received,
                by=current_user.id,
                now=clock.now(),
            )
            flash(gettext("The club has your appeal. A letter says so as well."), "success")
            return redirect(f"/appeals/{made.public_id}")
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return _form_page(own_candidate_or_404(public_id), form), form.answer_status


@bp.get("/appeals/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("appeal", "public_id")
def appeal_story(public_id: UUID) -> str:
    return appeal_page(appeal_or_404(public_id))


@bp.post("/appeals/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw_appeal(public_id: UUID) -> ResponseReturnValue:
    found, form = own_or_404(public_id), TakeBackForm(prefix="taking_back")
    if not form.validate():
        return appeal_page(found, form), form.answer_status
    appealing.withdraw(found.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    flash(gettext("You took your appeal back. The decision stands."), "success")
    return redirect(f"/appeals/{public_id}")


@bp.post("/appeals/<uuid:public_id>/papers")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_PAPER)
def add_paper(public_id: UUID) -> ResponseReturnValue:
    found, form = own_or_404(public_id), PaperForm()
    try:
        if form.validate():
            with letting_others_go_on():
                given = form.file.data
                received = receive(given.stream, name=given.filename, type_of=form.takes)
            appealing.add_paper(found.id, received, by=current_user.id, now=clock.now())
            flash(gettext("The paper is with your appeal."), "success")
            return redirect(f"/appeals/{public_id}")
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return appeal_page(own_or_404(public_id), form), form.answer_status


@bp.get("/appeals/<uuid:public_id>/papers/<uuid:paper_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("appeal", "public_id")
def appeal_paper(public_id: UUID, paper_id: UUID) -> Response:
    papers = {paper.public_id: paper for paper in appeal_or_404(public_id).papers}
    paper = papers.get(paper_id) or abort(404)
    try:
        return personal_file_response(paper.file or abort(404))
    except StorageError:
        abort(503)


def _form_page(candidate: Candidate, form: AppealForm) -> str:
    """Until when, and what follows, stand before the form; what hinders it, instead of one that
    is still empty.
    """
    contest = contest_of(candidate)
    return render_template(
        "certification/objections/appeal_form.html",
        candidate=candidate,
        contest=contest,
        refusal=refusal_to_appeal(candidate, contest, today=clock.today()),
        days=days_to_answer(candidate.level.version),
        form=form,
    )
