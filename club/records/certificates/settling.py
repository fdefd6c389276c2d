"""What closing a class does to the certificates of it that people hold already. Pure."""

from enum import StrEnum

from club.courses.models import Run
from club.records.certificates import scores
from club.records.certificates.issuing import days_of
from club.records.certificates.models import CompletionCertificate
from club.records.models import TrainingRecord
from club.records.outcomes import Outcome


class Fate(StrEnum):
    STAYS = "stays"
    REPLACED = "replaced"
    REVOKED = "revoked"


def fate_of(held: CompletionCertificate, achieved: TrainingRecord | Outcome, run: Run) -> Fate:
    """``achieved``: what its holder's record says, or would say if the class were closed now. One
    given by exception outlives that its holder did not complete, and makes room for an ordinary
    one where the holder did after all.
    """
    if achieved.completed:
        is_true = held.exception_id is None and _still_true(held, achieved, run)
        return Fate.STAYS if is_true else Fate.REPLACED
    if held.exception_id is None:
        return Fate.REVOKED
    return Fate.STAYS if _still_true(held, achieved, run) else Fate.REPLACED


def _still_true(held: CompletionCertificate, achieved: TrainingRecord | Outcome, run: Run) -> bool:
    """Whether what it was issued for is unchanged; it may say it as corrected by hand."""
    rests_on = held.training_record
    certified = (rests_on.attended_minutes, held.first_day, held.last_day)
    now = scores.to_repeat(achieved, held.design)
    has_its_scores = all(getattr(held, name) == score for name, score in now.items())
    return has_its_scores and certified == (achieved.attended_minutes, *days_of(run))
