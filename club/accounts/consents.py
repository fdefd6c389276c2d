"""Giving, taking back and moving consents: rows that are kept, never overwritten."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, update

from club.accounts import queries
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.models import Consent, ConsentPurpose
from club.db import transaction
from club.people.models import Person


def give_consent(
    person_id: int,
    purpose: ConsentPurpose,
    *,
    language: str,
    channel: str = "web",
    now: datetime,
) -> Consent:
    """Store the words of today, in the language they were shown in; giving twice is once. Who
    agreed to other words before agrees anew: that consent ends, and stays as it was.

    ``channel`` is ``paper`` where staff enter what somebody signed, ``organisation`` where an
    organisation states that its people agreed.
    """
    with transaction() as session:
        session.get(Person, person_id, with_for_update=True)
        words = CONSENT_WORDS[purpose]
        known = queries.open_consent(person_id, purpose)
        if known and known.version == words.version:
            return known
        if known:
            known.withdrawn_at = now
            session.flush()
        consent = Consent(
            person_id=person_id,
            purpose=purpose,
            version=words.version,
            wording=words.in_language(language),
            language=language,
            channel=channel,
            given_at=now,
        )
        session.add(consent)
        session.flush()
        return consent


def give_consents(
    person_ids: Iterable[int], purpose: ConsentPurpose, *, channel: str, now: datetime
) -> None:
    """The same for many people in one statement. None of them has given it: the caller has
    looked, under a lock. The words are the Vietnamese ones.
    """
    words = CONSENT_WORDS[purpose]
    rows = [
        {
            "person_id": person_id,
            "purpose": purpose,
            "version": words.version,
            "wording": words.vi,
            "language": "vi",
            "channel": channel,
            "given_at": now,
        }
        for person_id in person_ids
    ]
    if rows:
        with transaction() as session:
            session.execute(insert(Consent), rows)


def withdraw_consent(person_id: int, purpose: ConsentPurpose, *, now: datetime) -> None:
    """Taking back what was never given does nothing."""
    with transaction() as session:
        session.get(Person, person_id, with_for_update=True)
        consent = queries.open_consent(person_id, purpose)
        if consent:
            consent.withdrawn_at = now
            session.flush()


def move_consents(person_id: int, *, to: int, now: datetime) -> None:
    """The consents of somebody who turned out to be a person known before; the newer ones
    take the place of the older.
    """
    with transaction() as session:
        for consent in queries.consents_of(person_id):
            if consent.withdrawn_at is None:
                withdraw_consent(to, consent.purpose, now=now)
        session.execute(update(Consent).where(Consent.person_id == person_id).values(person_id=to))
