"""What candidates are told. The words of each letter are kept with the step that caused it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from club.accounts.readers import reader
from club.certification.candidacy.models import Candidate
from club.outbox.telling import letter_to, tell_all


class Event(StrEnum):
    """Kinds of letters: each has its template of that name."""

    NOMINATED = "certification.nominated"
    APPLIED = "certification.applied"
    NOMINATION_TAKEN_BACK = "certification.nomination_taken_back"
    ADMITTED = "certification.admitted"
    NOT_ADMITTED = "certification.not_admitted"
    HANDED_IN = "certification.handed_in"
    SENT_BACK = "certification.sent_back"
    EVIDENCE_REFUSED = "certification.evidence_refused"
    ACCEPTANCE_UNDONE = "certification.acceptance_undone"
    MOVED_TO_VERSION = "certification.moved_to_version"
    WITHDRAWN = "certification.withdrawn"
    DECIDED = "certification.decided"
    RECOGNISED = "certification.recognised"
    RENEWED = "certification.renewed"
    SUSPENDED = "certification.suspended"
    RESUMED = "certification.resumed"
    LAPSED = "certification.lapsed"
    RECOGNITION_WITHDRAWN = "certification.recognition_withdrawn"
    GIVEN_UP = "certification.given_up"
    CERTIFICATE_HELD = "certification.certificate_held"
    CERTIFICATE_OVER = "certification.certificate_over"


@dataclass(frozen=True)
class Told:
    """What happened, and what the letter says of it beside the level."""

    #: An ``Event``, or one of a room above.
    event: StrEnum
    #: Tells this happening from all others of the kind in this candidacy.
    number: object
    remark: str | None = None
    #: Who proposed the person.
    who: str | None = None
    #: What was decided, by the value of the state.
    outcome: str | None = None
    #: What only letters of this kind say, by the names of their template.
    also: Mapping[str, object] = field(default_factory=dict)


#: Until when what a letter tells can be appealed, where it can; rooms above say it.
APPEALABLE_UNTIL: list[Callable[[Candidate, Told, datetime], date | None]] = []


def tell(candidate: Candidate, told: Told, *, now: datetime) -> str:
    """Write the letter, in the caller's transaction; returns what it says."""
    level = candidate.level
    addressee = reader(candidate.person_id)
    letter = letter_to(
        addressee,
        told.event.value,
        event=f"{candidate.public_id}:{told.number}",
        words={
            "scheme": level.version.scheme,
            "version": level.version,
            "level": level,
            "path": f"/candidacies/{candidate.public_id}",
            "remark": told.remark,
            "who": told.who,
            "outcome": told.outcome,
            "has_account": addressee.signs_in,
            "appeal_until": _appealable_until(candidate, told, now),
            **told.also,
        },
    )
    tell_all([letter], now=now)
    return f"{letter['subject']}\n\n{letter['body_text']}"


def _appealable_until(candidate: Candidate, told: Told, now: datetime) -> date | None:
    said = (say(candidate, told, now) for say in APPEALABLE_UNTIL)
    return next((day for day in said if day), None)
