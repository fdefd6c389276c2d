"""Another certificate for the same validity, where the name on the one before is wrong."""

from datetime import datetime

from club.certification.awards import queries
from club.certification.awards.certificates import queries as papers
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.certificates.models import AwardCertificate
from club.certification.awards.certificates.rules import refusal_to_correct
from club.certification.awards.rules import AwardRefusal
from club.certification.candidacy.held import held
from club.certification.candidacy.operations.applying import note
from club.db import transaction
from club.refusal import RefusedError


def correct_name(candidate_id: int, *, by: int, now: datetime) -> AwardCertificate:
    """Under the name that the person has now; the one before is replaced."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        award = queries.award_of(candidate_id)
        if award is None:
            raise RefusedError(AwardRefusal.NOT_DECIDED)
        before = papers.latest_of(award.id)
        refusal = refusal_to_correct(
            printed=before.holder_name if before else None, is_named=award.person.full_name
        )
        if refusal:
            raise RefusedError(refusal)
        issued = issue_for(award.periods[-1], by=by, now=now)
        note("certification.correct_certificate", candidate, by=by, now=now)
        return issued
