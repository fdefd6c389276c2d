"""What completing a run may ask for: the same words and limits for a course, whose runs begin
with them, and for a run. Pure.
"""

from enum import StrEnum

#: What a course and a run say of it.
ASKED = ("completion_threshold", "post_test_minimum", "assignment_minimum", "confirmation_needed")
#: The facts of a run by which people decide to register and are judged in the end.
JUDGED_BY = ("counting_threshold", *ASKED)


class CompletionRefusal(StrEnum):
    SHARE = "Enter a share of the planned hours between 1 and 100 percent."
    POST_TEST_MINIMUM = "Enter a share of the maximum score between 1 and 100, or leave it empty."
    ASSIGNMENT_MINIMUM = (
        "Enter a share of the assignment's maximum between 1 and 100, or leave it empty."
    )


FIELDS: dict[StrEnum, str] = {
    CompletionRefusal.SHARE: "completion_threshold",
    CompletionRefusal.POST_TEST_MINIMUM: "post_test_minimum",
    CompletionRefusal.ASSIGNMENT_MINIMUM: "assignment_minimum",
}


def problems_of_minimums(post_test: int | None, assignment: int | None) -> list[CompletionRefusal]:
    """What is wrong with the results that are asked for, in percent of their maximum."""
    asked = {
        CompletionRefusal.POST_TEST_MINIMUM: post_test,
        CompletionRefusal.ASSIGNMENT_MINIMUM: assignment,
    }
    return [refusal for refusal, share in asked.items() if not (share is None or _is_share(share))]


def problems_of_default(
    attended: int, post_test: int | None, assignment: int | None
) -> list[CompletionRefusal]:
    """The same of a course, with the share of the planned hours."""
    wrong = [] if _is_share(attended) else [CompletionRefusal.SHARE]
    return wrong + problems_of_minimums(post_test, assignment)


def _is_share(percent: int) -> bool:
    return 1 <= percent <= 100
