"""What the pages of candidacies share: whose business one is."""

from uuid import UUID

from flask import Blueprint, abort
from flask_login import current_user

from club.certification.candidacy import queries
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.permissions import is_candidate, may_see_candidacy
from club.certification.candidacy.wording import claimed_amount, claimed_days
from club.certification.schemes.amounts import amount_words
from club.web.access import permit

bp = Blueprint("candidacies", __name__)
bp.add_app_template_global(amount_words)
bp.add_app_template_global(claimed_amount)
bp.add_app_template_global(claimed_days)


def candidate_or_404(public_id: UUID) -> Candidate:
    """The candidate's own, or one that the club keeps."""
    candidate = queries.candidate_by_public_id(public_id) or abort(404)
    permit(may_see_candidacy(current_user, candidate))
    return candidate


def own_or_404(public_id: UUID) -> Candidate:
    candidate = queries.candidate_by_public_id(public_id) or abort(404)
    permit(is_candidate(current_user, candidate))
    return candidate


def address_of(candidate: Candidate) -> str:
    return f"/candidacies/{candidate.public_id}"
