"""The tables of the room: who is on the way to which level, and what they hand in."""

from club.certification.candidacy.models.candidates import (
    ASSESSED_STATES,
    MEANINGS,
    OPEN_STATES,
    Candidate,
    CandidateState,
    CandidateStep,
    Meaning,
    Recognition,
    StepReason,
    WaitsFor,
    states_where,
)
from club.certification.candidacy.models.evidence import (
    Evidence,
    EvidenceKind,
    EvidenceUse,
    ProjectPhase,
    ShownProject,
    UseState,
)

__all__ = [
    "ASSESSED_STATES",
    "MEANINGS",
    "OPEN_STATES",
    "Candidate",
    "CandidateState",
    "CandidateStep",
    "Evidence",
    "EvidenceKind",
    "EvidenceUse",
    "Meaning",
    "ProjectPhase",
    "Recognition",
    "ShownProject",
    "StepReason",
    "UseState",
    "WaitsFor",
    "states_where",
]
