"""The tables of registrations and of the terms on which people register."""

from club.registration.models.registrations import (
    ACTIVE_STATES,
    MEANINGS,
    SEATED_STATES,
    Meaning,
    NoRoom,
    Offer,
    OfferAnswer,
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.models.terms import CourseInterest, RunQuota, RunTerms, WayIn

__all__ = [
    "ACTIVE_STATES",
    "MEANINGS",
    "SEATED_STATES",
    "CourseInterest",
    "Meaning",
    "NoRoom",
    "Offer",
    "OfferAnswer",
    "Registration",
    "RegistrationState",
    "RegistrationStep",
    "RunQuota",
    "RunTerms",
    "StepReason",
    "WayIn",
]
