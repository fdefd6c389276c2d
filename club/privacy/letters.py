"""What the club writes about somebody's own data."""

from datetime import datetime

from club.accounts.readers import reader
from club.outbox.telling import tell
from club.privacy.models import DataCopy


def say_copy_ready(copy: DataCopy, *, until: datetime, now: datetime) -> None:
    to = reader(copy.person_id)
    tell(to, "privacy.copy_ready", event=copy.public_id, words={"until": until}, now=now)


def say_copy_failed(copy: DataCopy, *, now: datetime) -> None:
    tell(reader(copy.person_id), "privacy.copy_failed", event=copy.public_id, words={}, now=now)
