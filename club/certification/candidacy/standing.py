"""Where candidates stand: what counts by itself and what they handed in, by the rules of the
version that holds for them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from club.certification.candidacy.models import Candidate, CandidateState, EvidenceUse, UseState
from club.certification.progress.facts import Credit, CreditStanding, Progress, Source, Verdict
from club.certification.progress.gathering import credits_of
from club.certification.progress.needs import needs_of
from club.certification.progress.rules import progress_on
from club.certification.schemes.models import Purpose, SchemeLevel

#: By candidate, then by the key of the requirement.
Verdicts = Mapping[int, Mapping[str, Verdict]]
#: What those who judge requirements said about candidates; rooms above add themselves.
VERDICTS: list[Callable[[Collection[int]], Verdicts]] = []

_STANDINGS = {
    UseState.WAITING: CreditStanding.WAITING,
    UseState.ACCEPTED: CreditStanding.ACCEPTED,
    UseState.REFUSED: CreditStanding.REFUSED,
    UseState.WITHDRAWN: CreditStanding.WITHDRAWN,
}
#: Whose recognition was given already needs what renewing it takes.
_RENEWING = {
    CandidateState.VALID,
    CandidateState.RENEWAL_DUE,
    CandidateState.RENEWED,
    CandidateState.SUSPENDED,
    CandidateState.LAPSED,
}


def purpose_of(state: CandidateState) -> Purpose:
    return Purpose.RENEWAL if state in _RENEWING else Purpose.FIRST


def progress_of(candidate: Candidate, uses: Sequence[EvidenceUse], *, on: date) -> Progress:
    """``uses``: what is claimed for the candidacy."""
    return _progress(
        candidate,
        [*credits_of(candidate.person_id), *_evidence_credits(uses)],
        _verdicts([candidate.id]),
        on=on,
    )


def progress_before_applying(person_id: int, level: SchemeLevel, *, on: date) -> Progress:
    """Where somebody would begin."""
    needs = needs_of(level.requirements, Purpose.FIRST)
    return progress_on(on, needs, credits_of(person_id))


def _progress(
    candidate: Candidate, credits_: Iterable[Credit], verdicts: Verdicts, *, on: date
) -> Progress:
    needs = needs_of(candidate.level.requirements, purpose_of(candidate.state))
    return progress_on(on, needs, credits_, verdicts.get(candidate.id, {}))


def _evidence_credits(uses: Iterable[EvidenceUse]) -> list[Credit]:
    return [
        Credit(
            Source.EVIDENCE,
            use.requirement.kind,
            use.requirement.unit,
            use.amount,
            use.day,
            f"evidence_use:{use.id}",
            _STANDINGS[use.state],
            use.category,
            use.to_day,
            handed_in_for=use.requirement.key,
        )
        for use in uses
    ]


def _verdicts(candidate_ids: Collection[int]) -> Verdicts:
    found: defaultdict[int, dict[str, Verdict]] = defaultdict(dict)
    for source in VERDICTS:
        for candidate_id, said in source(candidate_ids).items():
            found[candidate_id] |= said
    return found
