"""The certificate of a recognition, for its holder and the club."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.awards.certificates import queries
from club.certification.awards.certificates.kind import RECOGNITIONS
from club.certification.awards.operations.correcting import correct_name
from club.certification.awards.permissions import may_recognise
from club.certification.awards.queries import award_of
from club.certification.candidacy.permissions import is_candidate, may_see_candidacy
from club.certification.candidacy.queries import candidate_by_public_id
from club.certification.views.awards.blueprint import bp
from club.records.views.certificate_files import certificate_response
from club.web.access import Audience, open_to, permit


@bp.get("/recognitions/<uuid:public_id>.pdf")
@open_to(Audience.SIGNED_IN)
@shows_person("award_certificate", "public_id", called=queries.number_of)
def certificate_file(public_id: UUID) -> Response:
    found = queries.certificate_by_public_id(public_id) or abort(404)
    permit(may_see_candidacy(current_user, found.award.candidate))
    return certificate_response(found)


@bp.get("/candidacies/<uuid:public_id>/certificate")
@open_to(Audience.SIGNED_IN)
@shows_person("candidate", "public_id")
def certificate(public_id: UUID) -> str:
    candidate = candidate_by_public_id(public_id) or abort(404)
    permit(may_see_candidacy(current_user, candidate))
    award = award_of(candidate.id) or abort(404)
    is_own = is_candidate(current_user, candidate)
    return render_template(
        "certification/awards/paper.html",
        candidate=candidate,
        paper=queries.latest_of(award.id),
        is_not=RECOGNITIONS.is_not,
        is_own=is_own,
        may_correct=may_recognise(current_user) and not is_own,
    )


@bp.post("/candidacies/<uuid:public_id>/certificate")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def correct(public_id: UUID) -> ResponseReturnValue:
    candidate = candidate_by_public_id(public_id) or abort(404)
    permit(not is_candidate(current_user, candidate))
    issued = correct_name(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("Certificate %(number)s takes its place.", number=issued.number), "success")
    return redirect(f"/candidacies/{public_id}/certificate")
