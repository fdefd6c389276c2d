"""Issuing certificates of recognitions: one for each validity, numbered in a row of their own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from club import clock
from club.certification.awards.certificates import queries
from club.certification.awards.certificates.models import AwardCertificate, Occasion
from club.certification.awards.certificates.rules import unbroken_since
from club.certification.awards.models import Award, AwardPeriod
from club.certification.awards.queries import decision_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import Purpose, Requirement, RequirementKind, SchemeLevel
from club.db import transaction
from club.records.certificates import codes
from club.records.certificates.issuer import issuer_on
from club.records.certificates.numbering import take_numbers
from club.records.certificates.queries import present_design

#: The first letters of every number, for "danh hiệu".
SERIES = "DH"


def issue_for(period: AwardPeriod, *, by: int | None, now: datetime) -> AwardCertificate:
    """The certificate of a validity, under the name that the person has now. It takes the place of
    the one before: that of the validity which it renews, or, where this validity has one already,
    the one that it corrects.

    Joins the caller's transaction, which holds the candidacy. The PDF is made afterwards.
    """
    award, today = period.award, clock.local_day(now)
    before = queries.latest_of(award.id)
    (number,) = take_numbers(SERIES, year=today.year, count=1)
    issuer, issuer_en = issuer_on(today)
    with transaction() as session:
        issued = AwardCertificate(
            number=f"{SERIES}-{today.year}-{number:06d}",
            code=codes.new_code(),
            person_id=award.person_id,
            holder_name=award.person.full_name,
            issuer_name=issuer,
            issuer_name_en=issuer_en,
            issued_on=today,
            issued_at=now,
            issued_by_id=by,
            design=present_design(),
            period=period,
            occasion=_occasion(before, period),
            replaces=before,
            **_certified(award, period),
        )
        session.add(issued)
        session.flush()
        return issued


def _occasion(before: AwardCertificate | None, period: AwardPeriod) -> Occasion:
    if before is None:
        return Occasion.FIRST
    return Occasion.CORRECTED if before.period_id == period.id else Occasion.RENEWED


def _certified(award: Award, period: AwardPeriod) -> dict[str, Any]:
    level = award.level
    version = level.version
    so_far = [one for one in award.periods if one.position <= period.position]
    return {
        "award_id": award.id,
        "scheme_name": version.scheme.name,
        "scheme_name_en": version.scheme.name_en,
        "version_label": version.label,
        "level_name": level.name,
        "level_name_en": level.name_en,
        "decided_on": award.decided_on,
        "valid_from": unbroken_since([(one.valid_from, one.valid_until) for one in so_far]),
        "expires_on": period.valid_until,
        "assessed": _assessed(award, level),
    }


def _assessed(award: Award, level: SchemeLevel) -> list[tuple[str, str | None]]:
    """What the decision found fulfilled, as it was kept with it. A fee is paid, not assessed."""
    decision = decision_of(award.candidate_id)
    found = (decision.progress or {}).get("needs", {}) if decision else {}
    return [
        (one.name, one.name_en)
        for one in level.requirements
        if one.purpose is Purpose.FIRST and one.kind is not RequirementKind.FEE
        if not found or _was_met(found, one)
    ]


def _was_met(found: Mapping[str, Mapping[str, str]], one: Requirement) -> bool:
    """Of alternatives only those that were fulfilled."""
    return found.get(one.key, {}).get("state") == NeedState.MET
