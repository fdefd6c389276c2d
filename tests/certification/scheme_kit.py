"""Versions of schemes to test with: drafts with one level, and requirements as a test asks."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from club.certification.models import CertificationScheme
from club.certification.schemes import queries
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
from club.db import db, transaction
from tests.support.factories import NOW

STARTS = date(2026, 1, 1)
#: The editor, and where it shows ``a_version`` and its level.
DESK = "/office/certification/schemes"
DRAFT = f"{DESK}/city_expert/1"
LEVEL = f"{DRAFT}/levels/expert"
#: What is typed for a requirement.
TRAINING = {
    "name": "Đào tạo về năng suất",
    "name_en": "Training in productivity",
    "purpose": "first",
    "minimum": "120",
    "unit": "hours",
    "judged_by": "records",
}


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


def draft(number=1, key="city_expert"):
    db.session.expire_all()
    return queries.version_of(key, number)


def the_requirement():
    db.session.expire_all()
    return db.session.scalars(select(Requirement)).one()
