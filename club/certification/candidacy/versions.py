"""What would change for a candidate under another version of the scheme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from club.certification.candidacy.models import Candidate, EvidenceUse, UseState
from club.certification.candidacy.operations.signing import goes_along
from club.certification.candidacy.standing import progress_at
from club.certification.progress.facts import NeedStanding, Progress
from club.certification.schemes.models import Requirement, SchemeLevel


@dataclass(frozen=True)
class Change:
    """A requirement here and there; ``None``: it is not asked for."""

    before: Requirement | None
    after: Requirement | None
    standing_before: NeedStanding | None
    standing_after: NeedStanding | None
    #: What was signed has other words there.
    is_signed_anew: bool

    @property
    def is_the_same(self) -> bool:
        old, new = self.before, self.after
        if old is None or new is None:
            return False
        facts = ("minimum", "unit", "settings", "group_key", "judged_by", "valid_months")
        return all(getattr(old, fact) == getattr(new, fact) for fact in facts)


@dataclass(frozen=True)
class Preview:
    level: SchemeLevel
    changes: Sequence[Change]
    progress_before: Progress
    progress_after: Progress


def preview_of_move(
    candidate: Candidate, level: SchemeLevel, uses: Sequence[EvidenceUse], *, on: date
) -> Preview:
    """``level``: the same one of another version."""
    old = {one.key: one for one in candidate.level.requirements}
    new = {one.key: one for one in level.requirements}
    stay = [use for use in uses if not _goes_along(use, new)]
    before = progress_at(candidate, candidate.level, uses, on=on)
    after = progress_at(candidate, level, [use for use in uses if use not in stay], on=on)
    signed_anew = {use.requirement.key for use in stay if use.state is not UseState.WITHDRAWN}
    standing_old, standing_new = _by_key(before), _by_key(after)
    changes = [
        Change(
            old.get(key),
            new.get(key),
            standing_old.get(key),
            standing_new.get(key),
            key in signed_anew,
        )
        for key in dict.fromkeys([*old, *new])
        if key in standing_old or key in standing_new
    ]
    return Preview(level, changes, before, after)


def _goes_along(use: EvidenceUse, new: Mapping[str, Requirement]) -> bool:
    there = new.get(use.requirement.key)
    return there is None or goes_along(use, there)


def _by_key(progress: Progress) -> dict[str, NeedStanding]:
    return {s.need.key: s for part in progress.parts for s in part.standings}
