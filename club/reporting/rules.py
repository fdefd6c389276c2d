"""What may become of a department's report, and when it is reminded of. Pure."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

from club.reporting.models import ReportState, RequestKind, StepKind

S, K = ReportState, StepKind


class ReportingRefusal(StrEnum):
    SETTLED = "Somebody has taken this report a step further meanwhile. Look at it once more."
    WRITTEN_OVER = (
        "Somebody else has written in this report meanwhile. What you typed still stands in the"
        " form, and what the other one wrote beneath it: bring both together and send it again."
    )
    EMPTY = "Write something first: a report without a word tells nothing."
    ANSWER_MISSING = "Answer each question, if only with “none”."
    REASON_MISSING = "Say why: whoever reads the report later asks."
    SCAN_MISSING = "Attach the scan of the paper: it is what the unit signed."
    NO_UNIT = "Choose at least one unit."
    NO_QUESTION = "Write at least one question."
    DUE_BEFORE_END = "The due day is before the end of the period: the units could not know yet."
    DUE_PASSED = "This due day has passed already."
    SAME_UNIT = "This unit has the report already. Choose another one."
    UNIT_ENDED = "This unit has ended, so it cannot take the report over."
    NO_REPORTING_OFFICER = "Choose an account that is a reporting officer."
    ALREADY_REPORTER = "This account reports for this unit already."


#: From which state a step leads where; whatever is not here is refused.
TRANSITIONS: dict[tuple[ReportState, StepKind], ReportState] = {
    (S.ASKED, K.SAVED): S.IN_WORK,
    (S.IN_WORK, K.SAVED): S.IN_WORK,
    (S.RETURNED, K.SAVED): S.RETURNED,
    (S.ASKED, K.SUBMITTED): S.SUBMITTED,
    (S.IN_WORK, K.SUBMITTED): S.SUBMITTED,
    (S.RETURNED, K.SUBMITTED): S.SUBMITTED,
    (S.SUBMITTED, K.RETURNED): S.RETURNED,
    (S.SUBMITTED, K.ACCEPTED): S.ACCEPTED,
    # Accepted too soon.
    (S.ACCEPTED, K.RETURNED): S.RETURNED,
    (S.ASKED, K.PASSED_ON): S.ASKED,
    (S.IN_WORK, K.PASSED_ON): S.IN_WORK,
    (S.RETURNED, K.PASSED_ON): S.RETURNED,
    (S.ASKED, K.CLOSED): S.CLOSED,
    (S.IN_WORK, K.CLOSED): S.CLOSED,
    (S.RETURNED, K.CLOSED): S.CLOSED,
    (S.SUBMITTED, K.CLOSED): S.CLOSED,
}
NEEDS_REASON = frozenset({K.RETURNED, K.PASSED_ON, K.CLOSED})


def refusal_to_step(
    state: ReportState, step: StepKind, *, reason: str | None = None
) -> ReportingRefusal | None:
    if (state, step) not in TRANSITIONS:
        return ReportingRefusal.SETTLED
    if step in NEEDS_REASON and not reason:
        return ReportingRefusal.REASON_MISSING
    return None


def refusal_to_hand_in(
    kind: RequestKind, *, says_something: bool, answers: Sequence[str], questions: int
) -> ReportingRefusal | None:
    """What is still missing in a report, whoever hands it in."""
    if kind is RequestKind.AD_HOC:
        answered = len(answers) >= questions and all(answers)
        return None if answered else ReportingRefusal.ANSWER_MISSING
    return None if says_something else ReportingRefusal.EMPTY


def refusal_to_ask(
    *,
    kind: RequestKind,
    last_day: date,
    due_on: date,
    today: date,
    units: Collection[int],
    questions: Sequence[str],
) -> ReportingRefusal | None:
    if not units:
        return ReportingRefusal.NO_UNIT
    if kind is RequestKind.AD_HOC and not questions:
        return ReportingRefusal.NO_QUESTION
    if due_on < today:
        return ReportingRefusal.DUE_PASSED
    if kind is RequestKind.PERIODIC and due_on < last_day:
        return ReportingRefusal.DUE_BEFORE_END
    return None


def reminder_day(today: date, *, due_on: date, before: int, every: int) -> date | None:
    """The latest day up to ``today`` for which a reminder was planned; ``None``: none yet.

    One reminder ``before`` days ahead of the due day (0: none), then one each time ``every``
    days have passed since it.
    """
    passed = (today - due_on).days // every
    if passed >= 1:
        return due_on + timedelta(days=passed * every)
    first = due_on - timedelta(days=before)
    return first if before and first <= today else None
