"""Where candidates stand: what counts by itself and what they handed in, by the rules of the
version that holds for them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from club.certification.candidacy import queries
from club.certification.candidacy.models import Candidate, CandidateState, EvidenceUse, UseState
from club.certification.progress.facts import (
    Credit,
    CreditStanding,
    NeedState,
    Progress,
    Source,
    Verdict,
)
from club.certification.progress.gathering import credits_of, credits_of_people
from club.certification.progress.needs import needs_of
from club.certification.progress.rules import progress_on
from club.certification.schemes.models import Judge, Purpose, Requirement, SchemeLevel

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
    return progress_at(candidate, candidate.level, uses, on=on)


def progress_at(
    candidate: Candidate, level: SchemeLevel, uses: Sequence[EvidenceUse], *, on: date
) -> Progress:
    """By what the level asks for, be it that of another version."""
    needs = needs_of(level.requirements, purpose_of(candidate.state))
    given = [*credits_of(candidate.person_id), *_evidence_credits(uses)]
    return progress_on(on, needs, given, _verdicts([candidate.id]).get(candidate.id, {}))


def progress_before_applying(person_id: int, level: SchemeLevel, *, on: date) -> Progress:
    """Where somebody would begin."""
    needs = needs_of(level.requirements, Purpose.FIRST)
    return progress_on(on, needs, credits_of(person_id))


def progress_of_all(candidates: Collection[Candidate], *, on: date) -> dict[int, Progress]:
    """By the id of the candidacy, in a fixed number of questions."""
    counts_by_itself = credits_of_people({candidate.person_id for candidate in candidates})
    verdicts = _verdicts([candidate.id for candidate in candidates])
    claimed: defaultdict[int, list[EvidenceUse]] = defaultdict(list)
    for use in queries.uses_in_all([candidate.id for candidate in candidates]):
        claimed[use.candidate_id].append(use)
    return {
        candidate.id: _progress(
            candidate,
            [*counts_by_itself[candidate.person_id], *_evidence_credits(claimed[candidate.id])],
            verdicts,
            on=on,
        )
        for candidate in candidates
    }


def still_missing(progress: Progress, requirements: Iterable[Requirement]) -> list[str]:
    """Keys of what has to be there before it can be judged. What only assessors bring about, such
    as an interview, comes later; what has no minimum yet hinders nobody.
    """
    comes_later = {
        one.key
        for one in requirements
        if one.judged_by is Judge.ASSESSOR and not one.evidence_wanted
    }
    lacking = {NeedState.MISSING, NeedState.PARTLY}
    return [
        part.key
        for part in progress.parts
        if part.state in lacking
        and not {standing.need.key for standing in part.standings} <= comes_later
    ]


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
