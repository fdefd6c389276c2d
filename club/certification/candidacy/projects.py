"""What is said of an improvement project that somebody hands in: how far it has come, what was
measured before and after, and whether it is a pilot project of the plan. Pure.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from club.certification.candidacy.models import ProjectPhase, ShownProject
from club.certification.schemes.models import Requirement
from club.certification.schemes.settings import ProjectTerms, terms_of
from club.pilots.measures import MeasureFacts
from club.pilots.rules import problems_of_figures


class ProjectRefusal(StrEnum):
    PHASE_MISSING = "Choose how far the project has come."
    FIGURES_MISSING = (
        "This scheme takes projects with figures of before and after only. Write what was measured."
    )
    NOT_ON_THE_LIST = "The person is not on the list of this pilot project."


@dataclass(frozen=True)
class ProjectFacts:
    """What a candidate says of a project."""

    phase: ProjectPhase | None = None
    measure: MeasureFacts | None = None
    #: The pilot project that it is about.
    pilot_id: int | None = None


def project_terms(requirement: Requirement) -> ProjectTerms | None:
    """``None``: it asks for no project."""
    terms = terms_of(requirement)
    return terms if isinstance(terms, ProjectTerms) else None


def problems_of_project(
    terms: ProjectTerms, facts: ProjectFacts, *, own_pilots: Collection[int], today: date
) -> list[tuple[StrEnum, str]]:
    """The verdicts, each with the form's field it is about. ``own_pilots``: the ids of the pilot
    projects on whose list the person stands.
    """
    found: list[tuple[StrEnum, str]] = []
    if terms.framework is not None and facts.phase is None:
        found.append((ProjectRefusal.PHASE_MISSING, "phase"))
    if facts.measure is not None:
        days = {"before_on": facts.measure.before_on, "after_on": facts.measure.after_on}
        found += problems_of_figures(**days, today=today)
    elif terms.measured:
        found.append((ProjectRefusal.FIGURES_MISSING, "name"))
    if facts.pilot_id is not None and facts.pilot_id not in own_pilots:
        found.append((ProjectRefusal.NOT_ON_THE_LIST, "pilot"))
    return found


def shown(facts: ProjectFacts) -> ShownProject:
    """The row that is to be kept."""
    figures = asdict(facts.measure) if facts.measure else {}
    measured = figures.pop("name", None)
    return ShownProject(phase=facts.phase, pilot_id=facts.pilot_id, measured=measured, **figures)
