"""What is asked of whoever says that a paper proves something for a requirement. Pure."""

from dataclasses import dataclass

from club.certification.candidacy.models import EvidenceKind
from club.certification.schemes.models import Requirement, RequirementKind, Unit
from club.certification.schemes.settings import CreditCategory


@dataclass(frozen=True)
class Asked:
    """Which fields the claim has; its first day it always has."""

    #: In the requirement's unit; else the claim is worth 1.
    amount: bool
    #: First and last day of a time, instead of one day.
    time: bool
    #: Ways in which hours came about that are told apart; empty: all are alike.
    categories: tuple[CreditCategory, ...] = ()
    #: What the project has shown; each paper is about one.
    project: bool = False


#: What a person brings along as evidence; hours with the club count by themselves.
_BROUGHT = (
    CreditCategory.OUTSIDE,
    CreditCategory.TAUGHT,
    CreditCategory.SELF_STUDY,
    CreditCategory.PUBLISHED,
    CreditCategory.OTHER,
)
#: What is there or not, whoever counts it.
_WITHOUT_AMOUNT = frozenset({Unit.DONE, Unit.MONTHS})
#: What proves it as a rule; the form begins with it.
USUAL: dict[RequirementKind, EvidenceKind] = {
    RequirementKind.EDUCATION: EvidenceKind.DEGREE,
    RequirementKind.TRAINING: EvidenceKind.TRAINING_CERTIFICATE,
    RequirementKind.WORK_EXPERIENCE: EvidenceKind.EMPLOYER_LETTER,
    RequirementKind.PROJECT: EvidenceKind.PROJECT_REPORT,
    RequirementKind.EXAMINATION: EvidenceKind.EXAMINATION_RESULT,
    RequirementKind.INTERVIEW: EvidenceKind.OTHER,
    RequirementKind.ETHICS: EvidenceKind.STATEMENT,
    RequirementKind.REFERENCES: EvidenceKind.REFERENCE,
    RequirementKind.FEE: EvidenceKind.RECEIPT,
    RequirementKind.OTHER: EvidenceKind.OTHER,
}


def asked_for(requirement: Requirement) -> Asked:
    """Months follow from the days; what is there or not is there once."""
    is_project = requirement.kind is RequirementKind.PROJECT
    return Asked(
        amount=requirement.unit not in _WITHOUT_AMOUNT and not is_project,
        time=requirement.unit is Unit.MONTHS,
        categories=_BROUGHT if requirement.kind is RequirementKind.TRAINING else (),
        project=is_project,
    )
