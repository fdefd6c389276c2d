"""Answering without an account, by the link in a letter (``links``)."""

from datetime import datetime

from club.accounts.consents import withdraw_consent
from club.accounts.models import ConsentPurpose
from club.db import transaction
from club.registration import operations
from club.registration.models import Registration


def decline(
    registration: Registration, *, reason: str | None, objects: bool, now: datetime
) -> None:
    """Take the name off the list; ``objects``: and take back the agreement that an organisation
    stated, so that no organisation enters this person again.
    """
    registration_id, person_id = registration.id, registration.person_id
    with transaction():
        operations.withdraw(registration_id, reason=reason, by=None, now=now)
        if objects:
            withdraw_consent(person_id, ConsentPurpose.PERSONAL_DATA, now=now)


def take_back_agreement(registration: Registration, *, now: datetime) -> None:
    """The same for who is off the list already, or can no longer leave it."""
    withdraw_consent(registration.person_id, ConsentPurpose.PERSONAL_DATA, now=now)
