"""What came of classes: feedback for trainers, averages and follow-ups for coordinators."""

import uuid

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.records.inquiries import operations, queries, rules
from club.records.inquiries.averages import averages_by_course, averages_by_trainer
from club.records.inquiries.forms import BETTER, QUESTIONS
from club.records.inquiries.models import FollowUp
from club.records.views.blueprint import bp, taught_run_or_404
from club.web.access import Audience, open_to
from club.web.pages import page_number

_TRAINERS = (Audience.TRAINER, Audience.COORDINATOR, Audience.ADMINISTRATOR)
_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/teaching/runs/<string:code>/feedback")
@open_to(*_TRAINERS)
def run_feedback(code: str) -> str:
    run, now = taught_run_or_404(code), clock.now()
    asked = queries.asked_about(run.id)
    is_shown = asked.may_be_shown(now=now)
    return render_template(
        "records/run_feedback.html",
        run=run,
        asked=asked,
        feedback=queries.feedback_about(run.id) if is_shown else None,
        questions=QUESTIONS,
        better=BETTER,
        fewest=rules.FEWEST,
        waits_until=asked.last_at + rules.ANSWER_TIME if asked.last_at else None,
        is_waiting=asked.last_at is not None and now < asked.last_at + rules.ANSWER_TIME,
    )


@bp.get("/office/outcomes")
@open_to(*_KEEPERS)
def averages() -> str:
    now = clock.now()
    return render_template(
        "records/averages.html",
        by_course=averages_by_course(now=now),
        by_trainer=averages_by_trainer(now=now),
        fewest=rules.FEWEST,
    )


@bp.get("/office/follow-ups")
@open_to(*_KEEPERS)
def follow_ups() -> str:
    candidates_only = request.args.get("show") == "candidates"
    return render_template(
        "records/follow_ups.html",
        page=queries.follow_ups(
            candidates_only=candidates_only, page=page_number(request.args.get("page"))
        ),
        candidates_only=candidates_only,
    )


@bp.post("/office/follow-ups/<uuid:public_id>/candidate")
@open_to(*_KEEPERS)
def make_candidate(public_id: uuid.UUID) -> ResponseReturnValue:
    found = _follow_up_or_404(public_id)
    operations.make_case_candidate(found.id, by=current_user.id, now=clock.now())
    flash(gettext("It is on the list of case studies to come."), "success")
    return redirect(f"/office/follow-ups#f-{public_id}")


@bp.post("/office/follow-ups/<uuid:public_id>/no-candidate")
@open_to(*_KEEPERS)
def drop_candidate(public_id: uuid.UUID) -> ResponseReturnValue:
    found = _follow_up_or_404(public_id)
    operations.drop_case_candidate(found.id, by=current_user.id, now=clock.now())
    flash(gettext("It is off the list of case studies to come."), "success")
    return redirect(f"/office/follow-ups#f-{public_id}")


@bp.post("/office/follow-ups/<uuid:public_id>/case")
@open_to(*_KEEPERS)
def case_draft(public_id: uuid.UUID) -> ResponseReturnValue:
    """Begin the case study, or go on with it."""
    found = _follow_up_or_404(public_id)
    draft = operations.open_case_draft(found.id, by=current_user.id, now=clock.now())
    return redirect(f"/office/knowledge/drafts/{draft.public_id}")


def _follow_up_or_404(public_id: uuid.UUID) -> FollowUp:
    return queries.follow_up_by_public_id(public_id) or abort(404)
