"""What the club writes about somebody's own data."""

from dataclasses import replace
from datetime import datetime

from club.accounts.readers import reader
from club.outbox.telling import Reader, tell
from club.privacy.labels import KINDS
from club.privacy.models import DataCopy
from club.privacy.requests.models import PrivacyRequest, RequestStep

_STEP_LETTERS = {
    RequestStep.ASKED: "privacy.request_received",
    RequestStep.EXTENDED: "privacy.request_extended",
    RequestStep.GRANTED: "privacy.request_granted",
    RequestStep.REFUSED: "privacy.request_refused",
}


def reaches(person_id: int) -> bool:
    """Whether the club has an address to write to."""
    return bool(reader(person_id).email)


def say_copy_ready(copy: DataCopy, *, until: datetime, now: datetime) -> None:
    to = reader(copy.person_id)
    tell(to, "privacy.copy_ready", event=copy.public_id, words={"until": until}, now=now)


def say_copy_failed(copy: DataCopy, *, now: datetime) -> None:
    tell(reader(copy.person_id), "privacy.copy_failed", event=copy.public_id, words={}, now=now)


def say_erased(to: Reader, request: PrivacyRequest, *, now: datetime) -> None:
    """The last letter, to the address as it was. It names nobody, belongs to nobody, and is
    deleted once it went out (``operations.forget_last_letters``).
    """
    words: dict[str, object] = {"keeps_certificates": request.keeps_certificates}
    if to.email:
        tell(
            replace(to, full_name="", is_known=False),
            "privacy.erased",
            event=request.public_id,
            words=words,
            now=now,
        )


def say_step(
    request: PrivacyRequest, step: RequestStep, *, reason: str | None, now: datetime
) -> None:
    """What became of a request. Taking it back needs no letter."""
    kind = _STEP_LETTERS.get(step)
    if kind:
        words: dict[str, object] = {
            "request": KINDS[request.kind],
            "asked_on": request.asked_at,
            "due_on": request.due_on,
            "reason": reason,
        }
        to = reader(request.person_id)
        tell(to, kind, event=f"{request.public_id}:{step}", words=words, now=now)
