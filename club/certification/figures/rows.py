"""The rows behind each figure, by what an address asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.counting import CertificateDays
from club.certification.figures import queries
from club.certification.figures.experts import By, CountedAs, counted_as, value_of
from club.certification.figures.figures import (
    began_in,
    certificates_asked,
    recognised_ways,
    valid_ways,
    ways_asked,
)
from club.certification.figures.funnel import Body, FunnelStage, Way
from club.certification.figures.naming import names_of
from club.certification.figures.queries import Name
from club.certification.figures.questions import Question
from club.certification.models import ExpertCertificate

#: What an address of rows may ask for besides, as the description of the site's data says it.
ASKED_OF_EXPERTS = {
    "standing": f"Any of {', '.join(CountedAs)}; those that count without it",
    "organisation": "Code of the organisation on the day of issue, or none",
    "ward": "Key of the ward on the day of issue, or none",
    "funded": "plan or other",
}
ASKED_OF_CANDIDACIES = {
    "body": f"{' or '.join(Body)}; both without it",
    "stage": f"That had come to any of {', '.join(FunnelStage)}",
    "state": "That stood in this state, instead of stage",
    "recognised": "Instead of these: recognitions of the club, ever or valid",
}


class Recognised(StrEnum):
    """Which of the club's own recognitions."""

    EVER = "ever"
    VALID = "valid"


@dataclass(frozen=True)
class ExpertRow:
    certificate: ExpertCertificate
    counted_as: CountedAs
    organisation: Name | None
    ward: Name | None
    #: The holder's latest way to a level of the same scheme.
    candidacy: Candidate | None


@dataclass(frozen=True)
class CandidacyRow:
    candidate: Candidate
    way: Way
    #: The furthest it had come.
    stage: FunnelStage
    organisation: Name | None
    ward: Name | None


def expert_rows(question: Question, asked: Mapping[str, str]) -> list[ExpertRow]:
    """By given name. ``asked``: ``standing``, and values of ``By``; what is no such value fits no
    row.
    """
    found = [
        (row, kind)
        for row in certificates_asked(question)
        if (kind := counted_as(row, question.on)) is not None
    ]
    kept = _wanted([row for row, kind in found if kind == _standing(asked)], asked)
    kinds = {row.id: kind for row, kind in found}
    held = queries.certificates([row.id for row in kept])
    places = _Places(kept)
    ways = queries.candidacies_by_person({row.person_id for row in kept})
    rows = [
        ExpertRow(
            held[row.id],
            kinds[row.id],
            places.organisations.get(row.organisation_id or 0),
            places.wards.get(row.ward_id or 0),
            ways.get((row.person_id, row.scheme_id)),
        )
        for row in kept
    ]
    return sorted(rows, key=lambda row: (row.certificate.person.sort_key, row.certificate.id))


def candidacy_rows(question: Question, asked: Mapping[str, str]) -> list[CandidacyRow]:
    """The one first that began first. ``asked``: ``body`` with ``stage`` or ``state``, or
    ``recognised``.
    """
    kept = _ways(question, asked)
    people = queries.candidates([way.candidate_id for way in kept])
    places = _Places(kept)
    rows = [
        CandidacyRow(
            people[way.candidate_id],
            way,
            max(way.reached, key=list(FunnelStage).index),
            places.organisations.get(way.organisation_id or 0),
            places.wards.get(way.ward_id or 0),
        )
        for way in kept
    ]
    return sorted(rows, key=lambda row: (row.way.begun_at, row.way.candidate_id))


def _standing(asked: Mapping[str, str]) -> str:
    return asked.get("standing") or CountedAs.COUNTS


def _wanted(rows: Sequence[CertificateDays], asked: Mapping[str, str]) -> list[CertificateDays]:
    kept = list(rows)
    for by in (By.ORGANISATION, By.WARD, By.FUNDED):
        key = asked.get(by)
        if key:
            keys = names_of(by, [value_of(row, by) for row in kept])
            kept = [row for row in kept if keys[value_of(row, by)].key == key]
    return kept


def _ways(question: Question, asked: Mapping[str, str]) -> list[Way]:
    ways = ways_asked(question)
    if asked.get("recognised"):
        recognised = recognised_ways(ways)
        is_valid = asked["recognised"] == Recognised.VALID
        return valid_ways(recognised, question) if is_valid else recognised
    fits = _fitting(asked)
    return [way for way in ways if began_in(way, question) and fits(way)]


def _fitting(asked: Mapping[str, str]) -> Callable[[Way], bool]:
    body, stage, state = (asked.get(name, "") for name in ("body", "stage", "state"))
    reached = FunnelStage(stage) if stage in set(FunnelStage) else FunnelStage.BEGUN
    stands = CandidateState(state) if state in set(CandidateState) else None

    def fits(way: Way) -> bool:
        if body in set(Body) and way.body != body:
            return False
        return way.state is stands if stands else reached in way.reached

    return fits


class _Places:
    """The names of organisations and wards of some rows, in two questions."""

    def __init__(self, rows: Sequence[CertificateDays] | Sequence[Way]) -> None:
        self.organisations = queries.organisation_names(
            {row.organisation_id for row in rows if row.organisation_id}
        )
        self.wards = queries.ward_names({row.ward_id for row in rows if row.ward_id})
