"""What the page of a candidacy shows of the club's recognition, or of giving it."""

from datetime import datetime

from club.accounts.models import Account
from club.certification.awards import queries
from club.certification.awards.permissions import may_recognise
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.permissions import is_candidate
from club.web.page_parts import PagePart

#: No candidacy that has come no further has ever been recognised.
_BEFORE = {
    CandidateState.NOMINATED,
    CandidateState.APPLIED,
    CandidateState.ADMITTED,
    CandidateState.COLLECTING,
    CandidateState.UNDER_ASSESSMENT,
    CandidateState.NOT_YET,
    CandidateState.REFUSED,
}


def recognition_part(candidate: Candidate, account: Account, _now: datetime) -> PagePart | None:
    if candidate.state in _BEFORE:
        return None
    if candidate.state is CandidateState.CERTIFIED:
        return _to_be_given(candidate, account)
    award = queries.award_of(candidate.id)
    if award is None:
        return None
    is_own = is_candidate(account, candidate)
    return PagePart("certification/awards/_standing.html", {"award": award, "is_own": is_own})


def _to_be_given(candidate: Candidate, account: Account) -> PagePart | None:
    if not candidate.level.version.scheme.awarded_by_club:
        return None
    if is_candidate(account, candidate):
        return PagePart("certification/awards/_soon.html")
    if not may_recognise(account):
        return None
    return PagePart("certification/awards/_to_recognise.html", {"candidate": candidate})
