"""What candidates brought and what assessors found, as the calculus takes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from club.certification.candidacy.models import EvidenceUse, ShownProject, UseState
from club.certification.progress.facts import Credit, CreditStanding, Source, Verdict
from club.certification.progress.gathering import pilot_as_subject
from club.certification.progress.needs import PILOT
from club.certification.schemes.models import Requirement
from club.certification.schemes.rules import is_held_by_assessors

_MAY_COUNT = {UseState.WAITING, UseState.ACCEPTED}
_STANDINGS = {
    UseState.WAITING: CreditStanding.WAITING,
    UseState.ACCEPTED: CreditStanding.ACCEPTED,
    UseState.REFUSED: CreditStanding.REFUSED,
    UseState.WITHDRAWN: CreditStanding.WITHDRAWN,
}


def is_counted_alike(one: Requirement, other: Requirement) -> bool:
    """Whether what was accepted for the one is as much for the other."""
    return (one.kind, one.unit) == (other.kind, other.unit)


def brought(
    requirements: Iterable[Requirement], uses: Iterable[EvidenceUse], said: Mapping[str, Verdict]
) -> list[Credit]:
    """What does not count by itself. ``said``: the verdicts on the candidacy."""
    asked = {one.key: one for one in requirements}
    return [*_evidence_credits(uses, said, asked), *_found(requirements, said)]


def _found(requirements: Iterable[Requirement], said: Mapping[str, Verdict]) -> list[Credit]:
    """What assessors hold, such as an interview, is there once they found it so: with the score
    that they wrote down, else as much as is asked for.
    """
    return [
        Credit(
            Source.FINDING,
            one.kind,
            one.unit,
            said[one.key].score or one.minimum,
            said[one.key].sat_on or said[one.key].day,
            f"finding:{one.id}",
            handed_in_for=one.key,
        )
        for one in requirements
        if one.minimum is not None and is_held_by_assessors(one)
        if one.key in said and said[one.key].fulfilled
    ]


def _evidence_credits(
    uses: Iterable[EvidenceUse], said: Mapping[str, Verdict], asked: Mapping[str, Requirement]
) -> list[Credit]:
    """Evidence for what assessors judge is accepted with their verdict. What was handed in since
    waits: nobody has seen it. ``asked``: what the level asks for, by its key.
    """
    return [
        Credit(
            Source.EVIDENCE,
            use.requirement.kind,
            use.requirement.unit,
            use.amount,
            use.day,
            f"evidence_use:{use.id}",
            _standing_of(use, said.get(use.requirement.key), asked.get(use.requirement.key)),
            to_day=use.to_day,
            handed_in_for=use.requirement.key,
            was_accepted=use.accepted_at is not None and use.undone_because is None,
            **{"category": use.category} | _of_project(use.project),
        )
        for use in uses
    ]


def _of_project(project: ShownProject | None) -> dict[str, Any]:
    """A scheme that takes no pilot projects takes no report about one."""
    if project is None:
        return {}
    pilot = project.pilot_id
    about = {"about": pilot_as_subject(pilot), "category": PILOT} if pilot else {}
    return {"measured": project.measured is not None} | about


def _standing_of(
    use: EvidenceUse, verdict: Verdict | None, asked: Requirement | None
) -> CreditStanding:
    """``asked``: the requirement that it would be for, maybe of another version."""
    stands = use.state is not UseState.WITHDRAWN
    if stands and asked and not is_counted_alike(use.requirement, asked):
        return CreditStanding.WAITING
    if use.state in _MAY_COUNT and use.project is not None and use.project.goes_on:
        return CreditStanding.UNFINISHED
    if use.state is UseState.WAITING and verdict is not None and verdict.fulfilled:
        was_seen = verdict.looked_until is None or use.claimed_at <= verdict.looked_until
        return CreditStanding.ACCEPTED if was_seen else CreditStanding.WAITING
    return _STANDINGS[use.state]
