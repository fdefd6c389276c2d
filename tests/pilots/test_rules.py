from dataclasses import dataclass
from datetime import date

import pytest

from club.people.models import AudienceKind, SizeClass
from club.pilots.models import PilotOutcome
from club.pilots.rules import (
    PilotRefusal,
    counts_on,
    firms_on,
    refusal_to_end,
    refusal_to_enter,
)

BEGUN, DAY = date(2025, 3, 1), date(2026, 3, 3)


@dataclass(frozen=True)
class Project:
    organisation_id: int = 1
    size_class: SizeClass = SizeClass.SMALL
    started_on: date = BEGUN
    ended_on: date | None = None
    outcome: PilotOutcome | None = None


@pytest.mark.parametrize(
    ("size", "counts"),
    [
        (SizeClass.MICRO, True),
        (SizeClass.SMALL, True),
        (SizeClass.MEDIUM, True),
        (SizeClass.LARGE, False),
        (SizeClass.NOT_STATED, False),
    ],
)
def test_only_small_and_medium_firms_count(size, counts):
    assert counts_on(Project(size_class=size), DAY) is counts


def test_a_project_counts_from_its_first_day_on():
    assert not counts_on(Project(), date(2025, 2, 28))
    assert counts_on(Project(), BEGUN)


def test_a_completed_project_keeps_counting():
    done = Project(ended_on=date(2025, 9, 30), outcome=PilotOutcome.COMPLETED)
    assert counts_on(done, DAY)


def test_an_abandoned_project_counts_until_its_last_day():
    given_up = Project(ended_on=date(2025, 9, 30), outcome=PilotOutcome.ABANDONED)
    assert counts_on(given_up, date(2025, 9, 30))
    assert not counts_on(given_up, date(2025, 10, 1))


def test_a_firm_counts_once():
    projects = [Project(), Project(), Project(organisation_id=2), Project(3, SizeClass.LARGE)]
    assert firms_on(projects, DAY) == 2


def test_a_state_agency_has_no_pilot_project():
    verdict = refusal_to_enter(kind=AudienceKind.STATE_AGENCY, started_on=BEGUN, today=DAY)
    assert verdict == (PilotRefusal.NOT_AN_ENTERPRISE, None)


@pytest.mark.parametrize(
    ("started_on", "verdict"),
    [
        (date(2026, 3, 4), (PilotRefusal.STARTS_LATER, "started_on")),
        (date(2021, 11, 17), (PilotRefusal.BEFORE_THE_PLAN, "started_on")),
        (date(2021, 11, 18), None),
        (DAY, None),
    ],
)
def test_a_project_begins_between_the_plan_and_today(started_on, verdict):
    enterprise = AudienceKind.ENTERPRISE
    assert refusal_to_enter(kind=enterprise, started_on=started_on, today=DAY) == verdict


@pytest.mark.parametrize(
    ("project", "ended_on", "refusal"),
    [
        (Project(), date(2025, 2, 28), PilotRefusal.ENDS_BEFORE_IT_STARTS),
        (Project(), date(2026, 3, 4), PilotRefusal.ENDS_LATER),
        (Project(ended_on=DAY, outcome=PilotOutcome.COMPLETED), DAY, PilotRefusal.ENDED_ALREADY),
        (Project(), BEGUN, None),
    ],
)
def test_a_project_ends_once_between_its_start_and_today(project, ended_on, refusal):
    assert refusal_to_end(project, ended_on=ended_on, today=DAY) is refusal
