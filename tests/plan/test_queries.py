from datetime import date
from decimal import Decimal

import pytest

from club.certification.operations import (
    CertificateFacts,
    check_certificate,
    record_certificate,
)
from club.identity.models import ClubProfile
from club.membership.models import Membership
from club.people.models import SizeClass
from club.pilots.operations import PilotFacts, add_project
from club.plan import queries
from club.plan.rules import TargetState
from tests.plan.kit import with_plan
from tests.support.factories import NOW, a_person, an_account, an_organisation, saved

DAY, DEADLINE = date(2026, 3, 3), date(2025, 12, 31)


@pytest.fixture(autouse=True)
def plan(context):
    with_plan(now=NOW)


def standing(key, on=DAY):
    return {s.key: s for s in queries.target_standings(on=on)}[key]


def state(key, on=DAY):
    return standing(key, on).state


def a_pilot(started_on, size=SizeClass.SMALL):
    firm = an_organisation(size_class=size)
    add_project(firm.id, PilotFacts("Dự án", started_on, "Biên bản"), by=None, now=NOW)


def an_expert(issued_on, expires_on=None):
    seen = {"no_file_reason": "Đã xem bản gốc", "expires_on": expires_on}
    facts = CertificateFacts("apo_ps", "ViProCB", "1", issued_on, "Bản sao", **seen)
    certificate = record_certificate(a_person().id, facts, by=None, now=NOW)
    check_certificate(certificate.id, by=an_account().id, now=NOW)


def a_profile(valid_from=date(2021, 11, 18)):
    words = dict.fromkeys(
        ("name", "name_en", "short_name", "short_name_en", "founding_text", "founding_text_en"), "x"
    )
    saved(ClubProfile(valid_from=valid_from, changed_at=NOW, **words))


def test_an_empty_club_claims_nothing():
    states = {s.key: s.state for s in queries.target_standings(on=DAY)}
    assert states == {
        "T25-1": TargetState.CONTRIBUTORY,
        "T25-2": TargetState.CONTRIBUTORY,
        "T25-3": TargetState.IN_PROGRESS,
        "T25-4": TargetState.BEHIND,
        "T25-5": TargetState.BEHIND,
        "T25-6": TargetState.BEHIND,
        "T30-1": TargetState.CONTRIBUTORY,
        "T30-2": TargetState.CONTRIBUTORY,
        "T30-3": TargetState.IN_PROGRESS,
        "T30-4": TargetState.IN_PROGRESS,
        "T30-5": TargetState.NO_FIGURE,
    }


def test_without_content_there_are_no_targets():
    from sqlalchemy import delete

    from club.db import transaction
    from club.plan.models import PlanTarget

    with transaction() as session:
        session.execute(delete(PlanTarget))
    assert queries.target_standings(on=DAY) == ()


def test_the_club_counts_once_it_has_a_name_and_a_member():
    a_profile()
    assert standing("T25-5").value == 0
    saved(Membership(person_id=a_person().id, from_day=date(2025, 6, 1)))
    assert (standing("T25-5").value, state("T25-5")) == (1, TargetState.MET)


def test_a_club_that_got_its_first_member_later_reached_the_target_late():
    a_profile()
    saved(Membership(person_id=a_person().id, from_day=date(2026, 1, 1)))
    assert state("T25-5") is TargetState.MET_LATE


def test_a_club_without_members_any_more_has_lost_it():
    a_profile()
    days = {"from_day": date(2025, 1, 1), "to_day": date(2026, 1, 31)}
    saved(Membership(person_id=a_person().id, **days))
    assert state("T25-5") is TargetState.LOST


def test_one_pilot_meets_2025_and_leaves_2030_under_way():
    a_pilot(date(2025, 7, 1))
    assert (state("T25-4"), state("T30-4")) == (TargetState.MET, TargetState.IN_PROGRESS)
    assert (standing("T30-4").value, standing("T30-4").target_value) == (1, 2)


def test_two_pilots_meet_2030():
    a_pilot(date(2025, 7, 1))
    a_pilot(date(2026, 2, 1))
    assert state("T30-4") is TargetState.MET


def test_a_large_firm_meets_nothing():
    a_pilot(date(2025, 7, 1), SizeClass.LARGE)
    assert state("T25-4") is TargetState.BEHIND


def test_an_expert_certified_in_time_meets_the_target():
    an_expert(date(2025, 6, 1))
    assert state("T25-6") is TargetState.MET
    assert standing("T25-6", on=date(2025, 5, 31)).value == 0


def test_an_expert_whose_certificate_ran_out_is_not_there_any_more():
    an_expert(date(2025, 6, 1), expires_on=date(2026, 2, 28))
    assert state("T25-6") is TargetState.LOST


def test_what_is_measured_elsewhere_stands_beside_and_is_no_own_value():
    found = standing("T30-1")
    assert (found.value, found.target_value, found.state) == (
        None,
        Decimal("7.5"),
        TargetState.CONTRIBUTORY,
    )
    assert (found.published.value, found.published.period) == (Decimal("5.24"), "2021 – 2025")
    assert found.published.territory_vi == "Cả nước"


def test_a_past_day_knows_only_what_speaks_of_the_time_before():
    assert standing("T25-1", on=date(2025, 12, 30)).published.period == "2024"


def test_the_standings_take_six_queries_whatever_there_is(count_queries):
    a_profile()
    a_pilot(date(2025, 7, 1))
    an_expert(date(2025, 6, 1))
    with count_queries() as seen:
        queries.target_standings(on=DAY)
    assert len(seen) == 6
