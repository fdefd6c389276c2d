"""What the page of a candidacy shows of the club's recognition, or of giving it."""

from datetime import datetime

from club.accounts.models import Account
from club.certification.awards.certificates.rules import unbroken_since
from club.certification.awards.permissions import may_recognise
from club.certification.awards.standing_queries import facts_of_award, recognition_read
from club.certification.candidacy.models import Candidate, CandidateState, Recognition
from club.certification.candidacy.permissions import is_candidate
from club.certification.candidacy.standing import purpose_of
from club.certification.progress.validity import AwardStanding, window_of
from club.certification.schemes.models import Purpose
from club.clock import local_day
from club.web.page_parts import PagePart


def recognition_part(candidate: Candidate, account: Account, now: datetime) -> PagePart | None:
    if candidate.state in {CandidateState.CERTIFIED, CandidateState.HELD}:
        return _to_be_given(candidate, account)
    if candidate.state.recognition is Recognition.NONE:
        return None
    award = recognition_read(candidate)
    if award is None:
        return None
    facts, is_own = facts_of_award(award), is_candidate(account, candidate)
    standing = facts.on(local_day(now))
    is_suspended = standing is AwardStanding.SUSPENDED
    days = [(period.valid_from, period.valid_until) for period in award.periods]
    renews = purpose_of(candidate) is Purpose.RENEWAL
    return PagePart(
        "certification/awards/_standing.html",
        {
            "award": award,
            "standing": standing,
            "valid": {"valid_from": unbroken_since(days), "valid_until": days[-1][1]},
            "suspension": award.suspensions[-1] if is_suspended and award.suspensions else None,
            "window": window_of(facts.periods[-1], facts.terms) if renews else None,
            "is_own": is_own,
            "keeps": may_recognise(account) and not is_own,
        },
    )


def _to_be_given(candidate: Candidate, account: Account) -> PagePart | None:
    if not candidate.level.version.scheme.awarded_by_club:
        is_own = is_candidate(account, candidate)
        return PagePart("certification/awards/_of_another_body.html", {"is_own": is_own})
    if is_candidate(account, candidate):
        return PagePart("certification/awards/_soon.html")
    if not may_recognise(account):
        return None
    return PagePart("certification/awards/_to_recognise.html", {"candidate": candidate})
