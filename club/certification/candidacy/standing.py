"""Where candidates stand: what counts by itself and what they handed in, by the rules of the
version that holds for them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from club.certification.candidacy import queries, rules
from club.certification.candidacy.credits import brought
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    EvidenceUse,
    UseState,
)
from club.certification.progress.facts import (
    Credit,
    Need,
    NeedStanding,
    NeedState,
    Progress,
    Verdict,
)
from club.certification.progress.gathering import (
    credits_of,
    credits_of_people,
)
from club.certification.progress.needs import needs_of
from club.certification.progress.replay import fulfilled_from
from club.certification.progress.rules import progress_on, ways_of
from club.certification.progress.validity import Window, renewal_progress
from club.certification.schemes.models import Judge, Purpose, Requirement, SchemeLevel
from club.certification.schemes.rules import is_held_by_assessors

#: By candidate, then by the key of the requirement.
Verdicts = Mapping[int, Mapping[str, Verdict]]
#: What those who judge requirements said about candidates; rooms above add themselves.
VERDICTS: list[Callable[[Collection[int]], Verdicts]] = []
#: By candidate, in which days its next renewal is earned; rooms above add themselves.
WINDOWS: list[Callable[[Collection[Candidate]], Mapping[int, Window]]] = []
_BEFORE_ADMISSION = {CandidateState.NOMINATED, CandidateState.APPLIED}


class Known(NamedTuple):
    """What is asked for, what is there, and what was said of it."""

    needs: list[Need]
    credits: list[Credit]
    verdicts: Mapping[str, Verdict]


def purpose_of(candidate: Candidate) -> Purpose:
    """Whoever was recognised or certified already needs what renewing that takes, also while an
    appeal waits.
    """
    state = candidate.state
    if state is CandidateState.APPEALED:
        state = rules.stood_when_appealed(candidate.steps)
    return Purpose.RENEWAL if state.recognition.was_given else Purpose.FIRST


def progress_of(candidate: Candidate, uses: Sequence[EvidenceUse], *, on: date) -> Progress:
    """``uses``: what is claimed for the candidacy."""
    return progress_at(candidate, candidate.level, uses, on=on)


def progress_at(
    candidate: Candidate, level: SchemeLevel, uses: Sequence[EvidenceUse], *, on: date
) -> Progress:
    """By what the level asks for, be it that of another version."""
    window = _windows([candidate]).get(candidate.id)
    return _reckoned(*_known(candidate, level, uses), window, on=on)


def accepted_by(
    candidate: Candidate, uses: Iterable[EvidenceUse], progress: Progress
) -> frozenset[int]:
    """The accounts that accepted what is to be decided upon next, the level or the renewal that is
    in hand: evidence, and of what ``progress`` counts training elsewhere and parts in pilot
    projects. What assessors judged is not theirs.
    """
    purpose, window = purpose_of(candidate), _windows([candidate]).get(candidate.id)
    first = window.first if window else date.min
    counted = (one for part in progress.parts for of in part.standings for one in of.counted)
    told = {one.credit.accepted_by_id for one in counted if one.amount}
    return frozenset(one for one in told if one is not None) | frozenset(
        use.decided_by_id
        for use in uses
        if use.state is UseState.ACCEPTED
        and use.decided_by_id is not None
        and use.requirement.purpose is purpose
        and use.requirement.judged_by is not Judge.ASSESSOR
        and (use.to_day or use.day) >= first
    )


def fulfilled_since(candidate: Candidate, uses: Sequence[EvidenceUse], *, on: date) -> date | None:
    """The first day on which everything was there that counts on ``on``; ``None``: not all of it
    is there then.
    """
    needs, given, said = what_is_known(candidate, uses)
    first = min((credit.day for credit in given), default=on)
    return fulfilled_from(needs, given, said, first=first, last=on)


def what_is_known(candidate: Candidate, uses: Sequence[EvidenceUse]) -> Known:
    """Of the first recognition, or of its renewal once it was given."""
    return _known(candidate, candidate.level, uses)


def _known(candidate: Candidate, level: SchemeLevel, uses: Sequence[EvidenceUse]) -> Known:
    # Before the admission nobody has judged anything.
    judged = () if candidate.state in _BEFORE_ADMISSION else (candidate.id,)
    said = _holding(_verdicts(judged).get(candidate.id, {}), uses)
    given = [*credits_of(candidate.person_id), *brought(level.requirements, uses, said)]
    return Known(needs_of(level.requirements, purpose_of(candidate)), given, said)


def _reckoned(
    needs: Sequence[Need],
    given: Iterable[Credit],
    said: Mapping[str, Verdict],
    window: Window | None,
    *,
    on: date,
) -> Progress:
    """``window``: in which a renewal is earned; ``None``: it is no renewal, or there is none."""
    if window is None:
        return progress_on(on, needs, given, said)
    return renewal_progress(window, needs, given, said, on=on)


def _windows(candidates: Iterable[Candidate]) -> Mapping[int, Window]:
    """Of those who renew."""
    renewing = [one for one in candidates if purpose_of(one) is Purpose.RENEWAL]
    found: dict[int, Window] = {}
    if renewing:
        for source in WINDOWS:
            found |= source(renewing)
    return found


def progress_before_applying(person_id: int, level: SchemeLevel, *, on: date) -> Progress:
    """Where somebody would begin."""
    needs = needs_of(level.requirements, Purpose.FIRST)
    return progress_on(on, needs, credits_of(person_id))


def progress_of_all(candidates: Collection[Candidate], *, on: date) -> dict[int, Progress]:
    """By the id of the candidacy, in a fixed number of questions."""
    counts_by_itself = credits_of_people({candidate.person_id for candidate in candidates})
    queries.read_steps_of([one for one in candidates if one.state is CandidateState.APPEALED])
    verdicts = _verdicts([candidate.id for candidate in candidates])
    windows = _windows(candidates)
    claimed: defaultdict[int, list[EvidenceUse]] = defaultdict(list)
    for use in queries.uses_in_all([candidate.id for candidate in candidates]):
        claimed[use.candidate_id].append(use)
    found = {}
    for candidate in candidates:
        said = _holding(verdicts.get(candidate.id, {}), claimed[candidate.id])
        requirements = candidate.level.requirements
        given = [
            *counts_by_itself[candidate.person_id],
            *brought(requirements, claimed[candidate.id], said),
        ]
        needs = needs_of(requirements, purpose_of(candidate))
        found[candidate.id] = _reckoned(needs, given, said, windows.get(candidate.id), on=on)
    return found


def still_missing(progress: Progress, requirements: Iterable[Requirement]) -> list[str]:
    """Keys of what has to be there before it can be judged. What assessors hold, such as an
    interview, comes later; what has no minimum yet hinders nobody. Of alternatives, one is enough.
    """
    comes_later = {one.key for one in requirements if is_held_by_assessors(one)}
    lacking = {NeedState.MISSING, NeedState.PARTLY}
    return [
        part.key
        for part in progress.parts
        if part.state in lacking
        and not any(_can_be_judged(way, comes_later) for way in ways_of(part.standings))
    ]


def _can_be_judged(way: Iterable[NeedStanding], comes_later: Collection[str]) -> bool:
    is_there = {NeedState.MET, NeedState.WAITING}
    return all(one.state in is_there or one.need.key in comes_later for one in way)


def may_stay_open(
    progress: Progress, requirements: Iterable[Requirement], judged: Collection[str]
) -> set[str]:
    """Keys of alternatives for which nothing was brought, beside another way that is there.

    ``judged``: the keys that an assessor has judged, be it as not fulfilled.
    """
    held = {one.key for one in requirements if is_held_by_assessors(one)}
    found: set[str] = set()
    for part in progress.parts:
        ways = ways_of(part.standings)
        chosen = [way for way in ways if all(_is_chosen(one, held, judged) for one in way)]
        for way in ways:
            if any(other is not way for other in chosen):
                found |= {one.need.key for one in way if one.need.key in held or not _brought(one)}
    return found


def _is_chosen(one: NeedStanding, held: Collection[str], judged: Collection[str]) -> bool:
    """Of what assessors judge, whatever they found."""
    need = one.need
    is_there = need.minimum is not None and _brought(one) >= need.minimum
    return (is_there or need.key in held) and (need.key in judged or not need.needs_verdict)


def _brought(one: NeedStanding) -> Decimal:
    return one.amount + one.waiting


def _holding(said: Mapping[str, Verdict], uses: Iterable[EvidenceUse]) -> Mapping[str, Verdict]:
    """Without those that found something lacking which was handed in since: assessors look anew.
    Otherwise nobody could hand in a second time.
    """
    since: dict[str, datetime] = {}
    for use in uses:
        if use.state is not UseState.WITHDRAWN:
            key = use.requirement.key
            since[key] = max(use.claimed_at, since.get(key, use.claimed_at))
    return {
        key: verdict
        for key, verdict in said.items()
        if verdict.fulfilled
        or verdict.looked_until is None
        or key not in since
        or since[key] <= verdict.looked_until
    }


def is_only_counted(candidate: Candidate) -> bool:
    """Whether it is for a renewal, and nothing that one asks for is left to assessors."""
    if purpose_of(candidate) is Purpose.FIRST:
        return False
    asked = [one for one in candidate.level.requirements if one.purpose is Purpose.RENEWAL]
    return all(one.judged_by is not Judge.ASSESSOR for one in asked)


def _verdicts(candidate_ids: Collection[int]) -> Verdicts:
    found: defaultdict[int, dict[str, Verdict]] = defaultdict(dict)
    for source in VERDICTS if candidate_ids else ():
        for candidate_id, said in source(candidate_ids).items():
            found[candidate_id] |= said
    return found
