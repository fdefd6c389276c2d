from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from club.certification.progress.facts import Attempts, Measure
from club.certification.progress.needs import need_of, needs_of
from club.certification.progress.rules import progress_on
from club.certification.schemes.importing import sync_versions
from club.certification.schemes.models import (
    Judge,
    Purpose,
    Requirement,
    RequirementKind,
    SchemeLevel,
    Unit,
)
from club.certification.schemes.settings import CreditCategory
from club.content import CONTENT
from club.db import db
from tests.certification.kit import with_schemes
from tests.support.factories import NOW


def asked(kind=RequirementKind.TRAINING, unit=Unit.HOURS, **given):
    defaults = {
        "key": "it",
        "kind": kind,
        "unit": unit,
        "minimum": Decimal(120),
        "settings": {},
        "judged_by": Judge.RECORDS,
        "purpose": Purpose.FIRST,
    }
    return Requirement(**defaults | given)


def test_what_a_requirement_says_is_what_is_reckoned_with():
    need = need_of(asked(group_key="either", together_key="both", valid_months=60))
    assert (need.key, need.kind, need.unit, need.minimum) == ("it", "training", "hours", 120)
    assert (need.group, need.together) == ("either", "both")
    assert (need.valid_months, need.measure) == (60, Measure.SUM)


def test_training_asks_for_courses_and_topics_since_a_day():
    settings = {
        "courses": ["TA-5S"],
        "topics": ["lean"],
        "since": "2024-01-01",
        "teaching_factor": "1.5",
        "caps": {"self_study": "20"},
    }
    need = need_of(asked(settings=settings))
    assert need.any_of == {"course:TA-5S", "topic:lean"}
    assert (need.since, need.caps) == (date(2024, 1, 1), {CreditCategory.SELF_STUDY: 20})
    assert need.factors == {"taught": Decimal("1.5")}


def test_teaching_is_no_credit_unless_the_scheme_says_what_it_is_worth():
    assert need_of(asked()).factors == {"taught": 0}


def test_training_elsewhere_can_be_left_out():
    assert need_of(asked(settings={"outside_counts": False})).factors == {"taught": 0, "outside": 0}


def test_projects_may_have_to_be_measured():
    kind = {"kind": RequirementKind.PROJECT, "unit": Unit.PROJECTS}
    assert need_of(asked(**kind, settings={"measured": True})).measured
    assert not need_of(asked(**kind)).measured


def test_an_examination_has_attempts():
    settings = {"attempts": 3, "waiting_days": 30}
    need = need_of(asked(RequirementKind.EXAMINATION, Unit.POINTS, settings=settings))
    assert (need.measure, need.attempts) == (Measure.BEST, Attempts(3, 30))


@pytest.mark.parametrize("unit", [Unit.PERCENT, Unit.POINTS])
def test_scores_do_not_add_up(unit):
    assert need_of(asked(RequirementKind.INTERVIEW, unit)).measure is Measure.BEST


def test_months_of_work_are_covered_days():
    assert need_of(asked(RequirementKind.WORK_EXPERIENCE, Unit.MONTHS)).measure is Measure.MONTHS


def test_there_or_not_is_one_piece():
    assert need_of(asked(RequirementKind.ETHICS, Unit.DONE)).unit == "pieces"


@pytest.mark.parametrize(
    ("judge", "needed"),
    [(Judge.RECORDS, False), (Judge.COORDINATOR, False), (Judge.ASSESSOR, True)],
)
def test_an_assessor_has_to_say_so(judge, needed):
    assert need_of(asked(judged_by=judge)).needs_verdict is needed


def test_first_award_and_renewal_ask_for_their_own():
    first, renewal = asked(), asked(key="again", purpose=Purpose.RENEWAL)
    assert [need.key for need in needs_of([renewal, first], Purpose.FIRST)] == ["it"]
    assert [need.key for need in needs_of([renewal, first], Purpose.RENEWAL)] == ["again"]


def test_everything_that_comes_with_the_club_can_be_reckoned(context):
    with_schemes()
    sync_versions(CONTENT, now=NOW)
    levels = list(db.session.scalars(select(SchemeLevel)))
    readiness = {}
    for level in levels:
        needs = needs_of(level.requirements, Purpose.FIRST)
        readiness[level.version.scheme.key, level.key] = progress_on(
            NOW.date(), needs, []
        ).readiness
    own = {key: share for key, share in readiness.items() if share is not None}
    assert own == {
        ("chuyen_gia_cai_tien", "practitioner"): 0,
        ("chuyen_gia_cai_tien", "city_expert"): 0,
    }
    assert len(readiness) > len(own)


def test_pilot_projects_count_unless_the_scheme_says_otherwise():
    project = {"kind": RequirementKind.PROJECT, "unit": Unit.PROJECTS}
    assert need_of(asked(**project)).factors == {}
    assert need_of(asked(**project, settings={"pilots_count": False})).factors == {"pilot": 0}
