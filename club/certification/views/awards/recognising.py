"""A coordinator recognises a candidate for the club, after a look at what that says."""

from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment.deciders import who_can_decide
from club.certification.awards.operations import recognising
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.queries import candidate_by_public_id
from club.certification.candidacy.rules import Conflict
from club.certification.views.awards.blueprint import bp
from club.web.access import Audience, open_to


@bp.get("/candidacies/<uuid:public_id>/recognition")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person("candidate", "public_id")
def recognition(public_id: UUID) -> str:
    candidate, now = _candidate(public_id), clock.now()
    refusal = recognising.refusal_to(current_user, candidate, on=clock.local_day(now))
    # Who is refused may have come before there was a decision.
    award = None if refusal else recognising.award_to_be(candidate, by=current_user.id, now=now)
    return render_template(
        "certification/awards/recognition.html",
        candidate=candidate,
        level=candidate.level,
        refusal=refusal,
        deciders=who_can_decide(candidate, on=clock.local_day(now))
        if isinstance(refusal, Conflict)
        else {},
        award=award,
    )


@bp.post("/candidacies/<uuid:public_id>/recognition")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def recognise(public_id: UUID) -> ResponseReturnValue:
    candidate = _candidate(public_id)
    recognising.recognise(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("The club has recognised it; the person is told."), "success")
    return redirect(f"/candidacies/{public_id}")


def _candidate(public_id: UUID) -> Candidate:
    return candidate_by_public_id(public_id) or abort(404)
