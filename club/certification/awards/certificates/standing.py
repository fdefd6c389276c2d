"""How the certificate of a recognition stands, as whoever checks it reads. It has no state of its
own: it follows from the recognition, so that the two never say different things.
"""

from datetime import date

from flask_babel import gettext

from club import clock
from club.certification.awards.certificates.models import AwardCertificate, Occasion
from club.certification.awards.certificates.rules import STATES
from club.certification.awards.models import Award
from club.certification.awards.standing import AwardFacts
from club.certification.awards.standing_queries import facts_of_award
from club.certification.candidacy.models import CandidateState, StepReason
from club.records.certificates.kinds import Standing
from club.records.certificates.models import CertificateState


def standing_of(it: AwardCertificate, day: date) -> Standing:
    if it.erased_at is not None:
        why = gettext("Its holder had the personal data erased.")
        return Standing(CertificateState.REVOKED, it.erased_at, why)
    if it.replaced_by is not None:
        later = it.replaced_by
        return Standing(
            CertificateState.REPLACED, later.issued_at, _why_replaced(later), later.number
        )
    facts = facts_of_award(it.award)
    state = STATES[facts.on(day)]
    if state is CertificateState.SUSPENDED:
        return _suspended(it.award, facts, day)
    if state is CertificateState.REVOKED:
        return _removed(facts)
    return Standing(state)


def _why_replaced(later: AwardCertificate) -> str:
    if later.occasion is Occasion.CORRECTED:
        return str(gettext("The name on it was corrected."))
    return str(gettext("The recognition was renewed."))


def _suspended(award: Award, facts: AwardFacts, day: date) -> Standing:
    since = next(one.first for one in reversed(facts.suspended) if one.holds_on(day))
    words = {one.step_id: one.public_words for one in award.suspensions}
    step = next(
        step
        for step in reversed(award.candidate.steps)
        if step.to_state is CandidateState.SUSPENDED and step.reason is StepReason.SUSPENDED
    )
    reason = words.get(step.id) or gettext("The club is looking into something.")
    return Standing(CertificateState.SUSPENDED, clock.instant_of(since), reason)


def _removed(facts: AwardFacts) -> Standing:
    """What the person was told of it stays between the person and the club."""
    assert facts.removal
    if facts.removal.by_holder:
        reason = gettext("Its holder gave the recognition back.")
    else:
        reason = gettext("The club withdrew the recognition.")
    return Standing(CertificateState.REVOKED, clock.instant_of(facts.removal.first), reason)
