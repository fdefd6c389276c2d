"""From what a scheme asks for, as it is kept, to what the calculus reckons with."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from club.certification.progress.facts import NOTHING, Attempts, Measure, Need
from club.certification.schemes.models import Judge, Purpose, Requirement, RequirementKind, Unit
from club.certification.schemes.settings import (
    CreditCategory,
    ExaminationTerms,
    ProjectTerms,
    Terms,
    TrainingTerms,
    terms_of,
)

#: What credits are marked with, and needs ask for.
COMPLETED = "completed"
#: The category of projects that are pilot projects of the plan.
PILOT = "pilot"
#: Units of scores: the best one counts, and they do not add up.
SCORES = {Unit.PERCENT, Unit.POINTS}
_UNITS = {Unit.DONE: Unit.PIECES}


def needs_of(requirements: Iterable[Requirement], purpose: Purpose) -> list[Need]:
    """Those of one purpose, in their order."""
    return [need_of(one) for one in requirements if one.purpose is purpose]


def need_of(requirement: Requirement) -> Need:
    return Need(
        key=requirement.key,
        kind=requirement.kind,
        # There or not is one piece of it.
        unit=_UNITS.get(requirement.unit, requirement.unit),
        minimum=requirement.minimum,
        measure=_measure(requirement),
        group=requirement.group_key,
        together=requirement.together_key,
        # What a coordinator judges is judged piece by piece, when it is accepted.
        needs_verdict=requirement.judged_by is Judge.ASSESSOR,
        valid_months=requirement.valid_months,
        **_asked_by(terms_of(requirement)),
    )


def topic_mark(key: str) -> str:
    return f"topic:{key}"


def course_mark(code: str) -> str:
    return f"course:{code}"


def is_of_course(mark: str) -> bool:
    return mark.startswith(course_mark(""))


def _measure(requirement: Requirement) -> Measure:
    """Scores do not add up, and months of work lie on the calendar."""
    if requirement.kind is RequirementKind.EXAMINATION or requirement.unit in SCORES:
        return Measure.BEST
    return Measure.MONTHS if requirement.unit is Unit.MONTHS else Measure.SUM


def _asked_by(terms: Terms) -> dict[str, Any]:
    match terms:
        case TrainingTerms():
            return {
                "any_of": frozenset(
                    [*map(course_mark, terms.courses), *map(topic_mark, terms.topics)]
                ),
                "since": terms.since,
                "factors": _factors(terms),
                "caps": terms.caps,
            }
        case ProjectTerms():
            return {
                "measured": terms.measured,
                "factors": {} if terms.pilots_count else {PILOT: NOTHING},
            }
        case ExaminationTerms():
            return {"attempts": Attempts(terms.attempts, terms.waiting_days or 0)}
        case _:
            return {}


def _factors(terms: TrainingTerms) -> dict[str, Decimal]:
    factors: dict[str, Decimal] = {CreditCategory.TAUGHT: terms.teaching_factor or NOTHING}
    return factors if terms.outside_counts else factors | {CreditCategory.OUTSIDE: NOTHING}
