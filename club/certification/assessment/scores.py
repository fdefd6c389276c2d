"""Examinations and interviews that the club holds and that have a score. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from club.certification.progress.needs import SCORES
from club.certification.schemes.models import Requirement, Unit
from club.certification.schemes.rules import is_held_by_assessors, refusal_of_amount
from club.certification.schemes.settings import ExaminationTerms, terms_of


class ScoreRefusal(StrEnum):
    MISSING = "Write the score that was reached."
    DAY_MISSING = "Choose the day on which it was held."
    ATTEMPT_MISSING = "Write which attempt it was: 1, 2 …"
    BELOW_ZERO = "A score is 0 or more."
    ABOVE_HIGHEST = "This is more than the highest score there is."
    LATER = "This day lies ahead. Choose today or an earlier day."
    BELOW_MINIMUM = "The score is below what the scheme asks for, so it is not fulfilled."
    TOO_MANY_ATTEMPTS = "The scheme allows fewer attempts than that."
    TOO_SOON = "The scheme asks for more days since the attempt before."


@dataclass(frozen=True)
class Sitting:
    """One attempt, as an assessor writes it down."""

    #: In the requirement's unit.
    score: Decimal | None = None
    sat_on: date | None = None
    #: Counted from 1.
    attempt: int | None = None


def asks_score(requirement: Requirement) -> bool:
    has_score = requirement.unit in SCORES and requirement.minimum is not None
    return has_score and is_held_by_assessors(requirement)


def highest_score(requirement: Requirement) -> Decimal | None:
    """``None``: the scheme names none."""
    if requirement.unit is Unit.PERCENT:
        return Decimal(100)
    terms = terms_of(requirement)
    return terms.out_of if isinstance(terms, ExaminationTerms) else None


def refusal_of_sitting(
    requirement: Requirement,
    sitting: Sitting,
    *,
    fulfilled: bool,
    earlier: Collection[date],
    today: date,
) -> tuple[StrEnum, str] | None:
    """With the part of the sitting that it is about. ``earlier``: days of attempts in rounds
    before.
    """
    return (
        _refusal_of_score(requirement, sitting.score, fulfilled=fulfilled)
        or _refusal_of_day(requirement, sitting.sat_on, earlier=earlier, today=today)
        or _refusal_of_attempt(requirement, sitting.attempt)
    )


def _refusal_of_score(
    requirement: Requirement, score: Decimal | None, *, fulfilled: bool
) -> tuple[StrEnum, str] | None:
    if score is None:
        return ScoreRefusal.MISSING, "score"
    if score < 0:
        return ScoreRefusal.BELOW_ZERO, "score"
    highest = highest_score(requirement)
    if highest is not None and score > highest:
        return ScoreRefusal.ABOVE_HIGHEST, "score"
    if unfit := refusal_of_amount(score, requirement.unit):
        return unfit, "score"
    too_low = requirement.minimum is not None and score < requirement.minimum
    return (ScoreRefusal.BELOW_MINIMUM, "score") if fulfilled and too_low else None


def _refusal_of_day(
    requirement: Requirement, day: date | None, *, earlier: Collection[date], today: date
) -> tuple[StrEnum, str] | None:
    if day is None:
        return ScoreRefusal.DAY_MISSING, "sat_on"
    if day > today:
        return ScoreRefusal.LATER, "sat_on"
    terms = terms_of(requirement)
    wait = terms.waiting_days or 0 if isinstance(terms, ExaminationTerms) else 0
    before = [one for one in earlier if one < day]
    is_too_soon = bool(before) and day < max(before) + timedelta(days=wait)
    return (ScoreRefusal.TOO_SOON, "sat_on") if is_too_soon else None


def _refusal_of_attempt(
    requirement: Requirement, attempt: int | None
) -> tuple[StrEnum, str] | None:
    if attempt is None or attempt < 1:
        return ScoreRefusal.ATTEMPT_MISSING, "attempt"
    terms = terms_of(requirement)
    most = terms.attempts if isinstance(terms, ExaminationTerms) else None
    return (ScoreRefusal.TOO_MANY_ATTEMPTS, "attempt") if most and attempt > most else None
