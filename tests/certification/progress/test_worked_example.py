"""The example in the document, reckoned by the scheme that the club ships."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.certification.candidacy.queries import level_called
from club.certification.progress.facts import CreditStanding, Reason
from club.certification.progress.needs import needs_of
from club.certification.progress.rules import progress_on
from club.certification.progress.validity import (
    AwardStanding,
    ValidityTerms,
    periods_of,
    standing_on,
)
from club.certification.schemes.importing import sync_versions
from club.certification.schemes.models import Purpose
from club.config import ROOT
from club.content import CONTENT
from tests.certification.kit import with_schemes
from tests.certification.progress.kit import ON, hours
from tests.support.factories import NOW

DOCUMENT = (ROOT / "docs/certification.md").read_text(encoding="utf-8")
NOTHING_YET = CreditStanding.WAITING


@pytest.fixture
def level(context):
    with_schemes()
    sync_versions(CONTENT, now=NOW)
    return level_called("chuyen_gia_cai_tien", 1, "practitioner")


def project(standing):
    given = {"kind": "project", "unit": "projects", "ref": "evidence_use:1"}
    return hours(
        1, date(2025, 11, 30), handed_in_for="project", measured=True, standing=standing, **given
    )


def of_ms_lan(standing=NOTHING_YET):
    return [
        hours(12, date(2020, 2, 14), category="attended"),
        hours(22, date(2025, 9, 20), category="attended"),
        hours(30, date(2025, 10, 5), category="outside"),
        project(standing),
    ]


def test_the_documented_path_is_what_is_reckoned(level):
    progress = progress_on(ON, needs_of(level.requirements, Purpose.FIRST), of_ms_lan())
    for key in ("training", "project", "ethics"):
        found = progress.standing_of(key)
        said = f"{found.amount.normalize():f} of {found.need.minimum.normalize():f}"
        assert f"| `{key}` | `{found.state.value}` | {said} |" in DOCUMENT
    reasons = [(one.amount, one.reason) for one in progress.standing_of("training").counted]
    assert reasons == [
        (Decimal(0), Reason.NO_LONGER_VALID),
        (Decimal(22), Reason.COUNTS),
        (Decimal(24), Reason.CAPPED),
    ]
    assert f"readiness is {progress.readiness} %" in DOCUMENT


def test_the_documented_days_follow_from_the_version(level):
    version = level.version
    terms = ValidityTerms(
        validity_months=version.validity_months,
        renewed_from=version.renewed_from,
        grace_months=version.grace_months,
        renewal_window_months=version.renewal_window_months,
        due_days=max(version.reminder_days),
    )
    needs = needs_of(level.requirements, Purpose.RENEWAL)
    earned = [hours(24, date(2029, 3, 10), category="attended")]
    first, renewed = periods_of(date(2026, 4, 20), terms, needs, earned, on=date(2029, 3, 10))
    for day in (first.last, renewed.first, renewed.last):
        assert f"{day.day} {day:%B %Y}" in DOCUMENT
    due = next(
        first.first + timedelta(days=n)
        for n in range(2000)
        if standing_on(first.first + timedelta(days=n), (first,), terms)
        is AwardStanding.RENEWAL_DUE
    )
    assert f"from {due.day} {due:%B %Y} on" in DOCUMENT
