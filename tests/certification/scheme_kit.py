"""Versions of schemes to test with: drafts with one level, and requirements as a test asks."""

from datetime import date
from decimal import Decimal

from club.certification.models import CertificationScheme
from club.certification.schemes.models import (
    Judge,
    Requirement,
    RequirementKind,
    SchemeLevel,
    SchemeVersion,
    Unit,
    VersionState,
)
from club.certification.schemes.settings import TERMS, as_json
from club.db import transaction
from tests.support.factories import NOW

STARTS = date(2026, 1, 1)


def a_scheme(key="city_expert", **given):
    facts = {
        "name": "Chuyên gia cải tiến",
        "name_en": "Improvement expert",
        "counts_for_plan": False,
        "position": 99,
        "awarded_by_club": True,
    }
    with transaction() as session:
        scheme = CertificationScheme(key=key, **facts | given)
        session.add(scheme)
    return scheme


def a_version(*, scheme=None, number=1, **given):
    """A draft with one level, ``expert``."""
    scheme_id = (scheme or a_scheme()).id
    facts = {"label": str(2025 + number), "created_at": NOW, "changed_at": NOW}
    with transaction() as session:
        version = SchemeVersion(scheme_id=scheme_id, number=number, **facts | given)
        version.levels = [
            SchemeLevel(key="expert", name="Chuyên gia", name_en="Expert", position=1)
        ]
        session.add(version)
    return version


def a_requirement(version, key="training", *, kind=RequirementKind.TRAINING, terms=None, **given):
    """One of the version's first level; 120 hours of training unless a test says otherwise."""
    facts = {
        "position": 1,
        "name": "Đào tạo về năng suất",
        "name_en": "Training in productivity",
        "minimum": Decimal(120),
        "unit": Unit.HOURS,
        "judged_by": Judge.RECORDS,
    }
    level_id = version.levels[0].id
    with transaction() as session:
        requirement = Requirement(
            level_id=level_id,
            key=key,
            kind=kind,
            settings=as_json(terms or TERMS[kind]()),
            **facts | given,
        )
        session.add(requirement)
    return requirement


def published(version, *, on=STARTS):
    """As it stands, without any of the doubts that publishing asks about."""
    with transaction() as session:
        version = session.merge(version)
        version.state = VersionState.PUBLISHED
        version.valid_from, version.published_at = on, NOW
    return version
