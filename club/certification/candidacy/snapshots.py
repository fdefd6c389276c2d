"""How each requirement stood when something was handed in or decided on, and what changed since. A
decision rests on what was there then: a record that is corrected later changes where the
candidate stands, never the decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from club.certification.progress.facts import NeedState, Progress
from club.certification.schemes.models import Requirement


@dataclass(frozen=True)
class Difference:
    """What has become of a requirement since a snapshot."""

    requirement: Requirement
    amount_then: Decimal
    amount_now: Decimal
    state_then: NeedState
    state_now: NeedState


def snapshot_of(progress: Progress) -> dict[str, Any]:
    """As the column ``candidate_step.progress`` keeps it."""
    return {
        "readiness": progress.readiness,
        "needs": {
            standing.need.key: {"amount": str(standing.amount), "state": standing.state.value}
            for part in progress.parts
            for standing in part.standings
        },
    }


def decided_upon(progress: Progress, fulfilled_on: date | None) -> dict[str, Any]:
    """Of a decision that the level is reached: also since when everything had been there."""
    day = fulfilled_on.isoformat() if fulfilled_on else None
    return snapshot_of(progress) | {"fulfilled_on": day}


def fulfilled_on(snapshot: Mapping[str, Any] | None) -> date | None:
    """The first day on which everything was there that counted then, where the step says it."""
    day = (snapshot or {}).get("fulfilled_on")
    return date.fromisoformat(day) if day else None


def differences(
    snapshot: Mapping[str, Any], progress: Progress, requirements: Sequence[Requirement]
) -> list[Difference]:
    """Requirements whose accepted amount is another one now, in their order."""
    by_key = {one.key: one for one in requirements}
    now = {s.need.key: s for part in progress.parts for s in part.standings}
    found = []
    for key, then in snapshot["needs"].items():
        if key not in now:
            continue
        amount_then = Decimal(then["amount"])
        if amount_then != now[key].amount:
            found.append(
                Difference(
                    by_key[key],
                    amount_then,
                    now[key].amount,
                    NeedState(then["state"]),
                    now[key].state,
                )
            )
    return sorted(found, key=lambda one: (one.requirement.position, one.requirement.id))
