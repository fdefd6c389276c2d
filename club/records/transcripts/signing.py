"""The hours of training as a signed file, for a body that the club is a stranger to."""

from datetime import datetime

from flask import current_app

from club.clock import local_day
from club.config import Settings
from club.identity.queries import club_profile_on
from club.people.models import Person
from club.records.certificates.signing import keys_in_use
from club.records.transcripts.printing import transcript_pdf
from club.records.transcripts.reading import transcript_of


def signed_transcript(person: Person, *, now: datetime) -> bytes:
    """The transcript as it is now, with the club's signature over it. Raises ``RefusedError``
    where no key can sign.
    """
    from club.records.certificates.sealing import signed

    settings: Settings = current_app.extensions["club.settings"]
    profile = club_profile_on(local_day(now))
    made = transcript_pdf(
        transcript_of(person),
        issuer=profile.name if profile else "",
        public_url=settings.public_url,
        made_at=now,
    )
    keys, _key = keys_in_use(now=now)
    return signed(made, keys)
