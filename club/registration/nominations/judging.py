"""Who of a list can be nominated, from what the books say: asked for the preview, and again by
the operation while it holds the run.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from club.membership.queries import membership_of_organisation
from club.registration.nominations import queries
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules.nominating import (
    Candidate,
    NominationRefusal,
    candidates,
    refusal_shown_before,
    refusal_to_nominate,
)
from club.registration.nominations.rules.sheet import Row
from club.registration.requirements.queries import NOTHING, Unmet, unmet_by

#: The id of somebody of whom nothing is on record.
_NOBODY = 0


@dataclass(frozen=True)
class Judged:
    candidate: Candidate
    #: Why this person is not nominated.
    refusal: NominationRefusal | None
    #: The same, as far as the organisation may know before it confirms.
    shown: NominationRefusal | None


def judged(ticked: Collection[uuid.UUID], rows: Sequence[Row], who: Reckoned) -> list[Judged]:
    """Everybody of the list, in its order, in a fixed number of statements."""
    listed = candidates(queries.people_among(ticked, who), rows, queries.known_like(rows, who))
    asked = {one: _asked_as(one) for one in listed}
    lacking = unmet_by(who.run_id, {_NOBODY, *asked.values()}, on=who.on)
    is_member = _is_member(who) if any(one.membership for one in lacking.values()) else False
    found = []
    for one in listed:
        meets = _meets(lacking.get(asked[one], NOTHING), through_organisation=is_member)
        refusal = refusal_to_nominate(one, meets_requirements=meets)
        shown = refusal_shown_before(one, meets_requirements=meets)
        found.append(Judged(one, refusal, shown))
    return found


def _asked_as(candidate: Candidate) -> int:
    """What is on record of strangers is not the organisation's business."""
    known = candidate.known
    return known.person_id if known is not None and known.is_colleague else _NOBODY


def _meets(lacks: Unmet, *, through_organisation: bool) -> bool:
    return not lacks.courses and (through_organisation or not lacks.membership)


def _is_member(who: Reckoned) -> bool:
    return membership_of_organisation(who.organisation_id, on=who.on) is not None
