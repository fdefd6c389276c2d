"""The tables of the room: who does not accept a decision, and what became of it."""

from club.certification.objections.models.appeals import (
    Appeal,
    AppealPaper,
    AppealState,
    AppealStep,
    AppealStepKind,
    Remedy,
)
from club.certification.objections.models.complaints import (
    Complaint,
    ComplaintAbout,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintState,
    ComplaintStep,
    ComplaintStepKind,
)

__all__ = [
    "Appeal",
    "AppealPaper",
    "AppealState",
    "AppealStep",
    "AppealStepKind",
    "Complaint",
    "ComplaintAbout",
    "ComplaintHearing",
    "ComplaintPaper",
    "ComplaintState",
    "ComplaintStep",
    "ComplaintStepKind",
    "Remedy",
]
