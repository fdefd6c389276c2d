"""What those who do not accept a decision are told."""

from datetime import datetime
from enum import StrEnum

from club.certification.candidacy.letters import Told, tell
from club.certification.objections.models import Appeal


class AppealEvent(StrEnum):
    """Kinds of letters: each has its template of that name."""

    MADE = "certification.appeal_made"
    EXTENDED = "certification.appeal_extended"
    GRANTED = "certification.appeal_granted"
    REFUSED = "certification.appeal_refused"
    WITHDRAWN = "certification.appeal_withdrawn"


def tell_appellant(
    appeal: Appeal, event: AppealEvent, *, reason: str | None = None, now: datetime
) -> str:
    """Write the letter, in the caller's transaction; returns what it says."""
    told = Told(
        event,
        f"appeal:{appeal.step_id}",
        remark=reason,
        outcome=appeal.remedy,
        also={"due_on": appeal.due_on},
    )
    return tell(appeal.candidate, told, now=now)
