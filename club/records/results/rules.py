"""What results may be, and what becomes of them when two people write at once. Pure."""

from dataclasses import fields, replace
from decimal import Decimal
from enum import StrEnum

from club.courses.models import Run, RunState
from club.records.results.facts import Result, Scale

SCORES = ("pre_test", "post_test", "assignment")
HIGHEST_MAXIMUM = Decimal(1000)
#: How many decimals of a score are kept.
_DECIMALS = 2


class Refusal(StrEnum):
    RUN_NOT_PUBLISHED = "This class is a draft. Publish it before results are entered."
    RUN_CANCELLED = "This class was cancelled, so it has no results."
    RUN_CLOSED = "This class is closed. A coordinator has to reopen it before results are changed."
    NOT_ON_THE_LIST = "This person is not on the class list. Add the person first."
    NOT_A_NUMBER = "Write a number, for example 7.5."
    NOT_A_CHOICE = "Choose passed or not passed, or leave it open."
    TOO_FINE = "Write at most two decimals."
    NEGATIVE = "A score cannot be less than 0."
    ABOVE_MAXIMUM = "This is above the maximum score."
    WRITTEN_MEANWHILE = (
        "Somebody else wrote something different here meanwhile. Save again to keep yours."
    )
    MAXIMUM = "Write a maximum score above 0, at most 1,000, with at most two decimals."
    MAXIMUM_BELOW_SCORES = "Somebody has a higher score already. Correct that score first."
    ASSIGNMENTS_ENTERED = (
        "Assignments have been entered already. Empty them before they are judged another way."
    )


def refusal_to_enter(run: Run) -> Refusal | None:
    """Why nobody's results can be written down in this run at all."""
    return {
        RunState.DRAFT: Refusal.RUN_NOT_PUBLISHED,
        RunState.CANCELLED: Refusal.RUN_CANCELLED,
        RunState.CLOSED: Refusal.RUN_CLOSED,
    }.get(run.state)


def refusal_of_score(score: Decimal, maximum: Decimal) -> Refusal | None:
    if score < 0:
        return Refusal.NEGATIVE
    if score > maximum:
        return Refusal.ABOVE_MAXIMUM
    return Refusal.TOO_FINE if is_too_fine(score) else None


def is_too_fine(number: Decimal) -> bool:
    """Whether it has more decimals than are kept."""
    return number != round(number, _DECIMALS)


def refusals_of(result: Result, scale: Scale) -> dict[str, Refusal]:
    """What is wrong with the scores, by the name of the score."""
    given = {name: getattr(result, name) for name in SCORES}
    found = {
        name: refusal_of_score(score, scale.maximums[name])
        for name, score in given.items()
        if score is not None
    }
    return {name: refusal for name, refusal in found.items() if refusal}


def refusal_of_maximum(maximum: Decimal) -> Refusal | None:
    fits = 0 < maximum <= HIGHEST_MAXIMUM and not is_too_fine(maximum)
    return None if fits else Refusal.MAXIMUM


def refusals_of_scale(
    scale: Scale, *, before: Scale, highest: dict[str, Decimal]
) -> dict[str, Refusal]:
    """What speaks against other maximum scores, by the name of the score; ``highest`` are the
    highest scores that people have so far.
    """
    found: dict[str, Refusal] = {}
    for name, maximum in scale.maximums.items():
        if refusal_of_maximum(maximum):
            found[name] = Refusal.MAXIMUM
        elif highest.get(name, Decimal(0)) > maximum:
            found[name] = Refusal.MAXIMUM_BELOW_SCORES
    if scale.assignment_is_scored != before.assignment_is_scored and "assignment" in highest:
        found["assignment"] = Refusal.ASSIGNMENTS_ENTERED
    return found


def merged(*, seen: Result, stands: Result, typed: Result) -> tuple[Result, set[str]]:
    """What ``typed`` changed of what its writer had ``seen``, upon what ``stands`` by now; and
    the names of what somebody else has changed otherwise meanwhile.
    """
    changed = {f.name for f in fields(Result) if getattr(typed, f.name) != getattr(seen, f.name)}
    contested = {
        name
        for name in changed
        if getattr(stands, name) not in (getattr(seen, name), getattr(typed, name))
    }
    return replace(stands, **{name: getattr(typed, name) for name in changed}), contested
