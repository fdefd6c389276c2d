"""How a candidacy for the certificate of another body follows that certificate: nobody of the club
decides it, the paper does. Pure.
"""

from collections.abc import Iterable
from datetime import date

from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.rules import leads
from club.certification.models import ExpertCertificate, WithdrawalKind
from club.certification.rules import held_on
from club.certification.schemes.models import SchemeLevel
from club.clock import local_day
from club.vietnamese import folded

#: Decided, or already led by a certificate.
_REACHED = {CandidateState.CERTIFIED, CandidateState.HELD, CandidateState.EXPIRED}


def is_followed(
    certificate: ExpertCertificate, candidate: Candidate, *, is_only_level: bool
) -> bool:
    """Of the candidacy's level, and issued since it was begun: an older one is what somebody starts
    from. ``certificate``: one of the person's, of the scheme. ``is_only_level``: the version has no
    other, so that certificates need not name it.
    """
    is_new = candidate.state in _REACHED or certificate.issued_on >= local_day(candidate.begun_at)
    return is_new and (is_only_level or _names(certificate.level, candidate.level))


def _names(written: str | None, level: SchemeLevel) -> bool:
    names = {folded(name) for name in (level.key, level.name, level.name_en) if name}
    return written is not None and folded(written) in names


def way_to_follow(
    state: CandidateState, certificates: Iterable[ExpertCertificate], day: date
) -> tuple[CandidateState, StepReason] | None:
    """The step by which a candidacy gets to where these certificates are that day."""
    known = list(certificates)
    if any(held_on(one, day) for one in known):
        step = CandidateState.HELD, StepReason.CERTIFICATE_CHECKED
    elif any(one.was_checked and one.withdrawal is not WithdrawalKind.MISTAKE for one in known):
        step = CandidateState.EXPIRED, StepReason.CERTIFICATE_ENDED
    else:
        step = CandidateState.COLLECTING, StepReason.CERTIFICATE_MISTAKEN
    return step if leads(state, *step) else None
