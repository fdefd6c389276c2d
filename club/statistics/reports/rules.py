"""What may become of a report, and when. Pure: facts in, verdict out."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from club.statistics.reports.models import StepKind, VersionState


class ReportRefusal(StrEnum):
    SETTLED = "Somebody has taken this report a step further meanwhile. Look at it once more."
    WRITTEN_OVER = (
        "Somebody else has changed the words meanwhile, so yours are not kept yet. Both stand"
        " below: bring them together, then keep them."
    )
    OWN_WORDS = "Whoever wrote a report does not check it. Another official has to."
    REASON_MISSING = "Say why: whoever reads the report later asks."
    DAYS_MISSING = "Choose the first and the last day."
    NOT_BEGUN = "This period has not begun yet, so there is nothing to report."
    NOT_OVER = "This period is not over yet. A report is frozen once its last day has passed."
    FIGURES_MOVED = (
        "The figures are not those any more that were checked. Look at them and check once more,"
        " then freeze."
    )
    HEAD_MOVED = (
        "Signer, place, recipients or another line of the letterhead is not as it was checked. Look"
        " at it and check once more, then freeze."
    )
    OTHER_HEAD = (
        "Somebody has changed the letterhead meanwhile. Read it as it is now, then check the"
        " report."
    )
    NOT_FROZEN = "Only a frozen report is corrected. This one can still be changed."


#: From which state a step leads where; whatever is not here is refused.
TRANSITIONS: dict[tuple[VersionState, StepKind], VersionState] = {
    (VersionState.DRAFT, StepKind.EDITED): VersionState.DRAFT,
    (VersionState.DRAFT, StepKind.CHECKED): VersionState.CHECKED,
    # Once more, because figures have moved.
    (VersionState.CHECKED, StepKind.CHECKED): VersionState.CHECKED,
    (VersionState.CHECKED, StepKind.RETURNED): VersionState.DRAFT,
    (VersionState.CHECKED, StepKind.FROZEN): VersionState.FROZEN,
    (VersionState.DRAFT, StepKind.DISCARDED): VersionState.DISCARDED,
}
NEEDS_REASON = frozenset({StepKind.RETURNED, StepKind.DISCARDED})


def refusal_to_draft(*, first_day: date, today: date) -> ReportRefusal | None:
    return ReportRefusal.NOT_BEGUN if first_day > today else None


def refusal_to_step(
    state: VersionState, step: StepKind, *, reason: str | None = None
) -> ReportRefusal | None:
    if (state, step) not in TRANSITIONS:
        return ReportRefusal.SETTLED
    if step in NEEDS_REASON and not reason:
        return ReportRefusal.REASON_MISSING
    return None


def refusal_to_check(
    state: VersionState, *, by: int | None, writers: Collection[int | None]
) -> ReportRefusal | None:
    """Four eyes: ``writers`` drafted the version or changed its words."""
    refusal = refusal_to_step(state, StepKind.CHECKED)
    return refusal or (ReportRefusal.OWN_WORDS if by in writers else None)


def refusal_to_freeze(state: VersionState, *, last_day: date, today: date) -> ReportRefusal | None:
    refusal = refusal_to_step(state, StepKind.FROZEN)
    return refusal or (ReportRefusal.NOT_OVER if last_day >= today else None)


def refusal_to_correct(latest: VersionState, *, reason: str | None) -> ReportRefusal | None:
    """``latest``: the state of the report's last version that was not discarded."""
    if latest is not VersionState.FROZEN:
        return ReportRefusal.NOT_FROZEN
    return None if reason else ReportRefusal.REASON_MISSING
