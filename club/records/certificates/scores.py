"""The scores that a certificate repeats: those of the test at the end and of the assignment."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from club.records.certificates.models import CertificateDesign, CompletionCertificate
from club.records.models import TrainingRecord
from club.records.outcomes import Outcome
from club.records.results.facts import Scale


class ScoredPart(StrEnum):
    POST_TEST = "post_test"
    ASSIGNMENT = "assignment"


#: As papers and badges name them, in Vietnamese and English.
NAMES = {
    ScoredPart.POST_TEST: ("Kiểm tra cuối khóa", "final test"),
    ScoredPart.ASSIGNMENT: ("Bài tập", "assignment"),
}


@dataclass(frozen=True)
class Score:
    part: ScoredPart
    points: Decimal
    #: ``None``: the assignment is passed.
    maximum: Decimal | None


def said_by(certificate: CompletionCertificate) -> list[Score]:
    scores = (
        (ScoredPart.POST_TEST, certificate.post_test, certificate.post_test_maximum),
        (ScoredPart.ASSIGNMENT, certificate.assignment, certificate.assignment_maximum),
    )
    return [Score(part, points, maximum) for part, points, maximum in scores if points is not None]


def to_repeat(
    record: TrainingRecord | Outcome, design: CertificateDesign | None
) -> dict[str, Decimal | None]:
    """The columns of a certificate that is issued upon a record: empty where its design prints
    no scores. An assignment that was not passed is left out.
    """
    result = record.result if design and design.prints_scores else None
    post_test = result.post_test if result else None
    assignment = result.assignment if result else None
    scale = record.scale.scale if record.scale else Scale()
    if not scale.assignment_is_scored:
        assignment = assignment or None
    return {
        "post_test": post_test,
        "post_test_maximum": None if post_test is None else scale.post_test,
        "assignment": assignment,
        "assignment_maximum": None if assignment is None else scale.assignment,
    }
