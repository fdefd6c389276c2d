"""What stands beside the figures, from classes that were held, forgotten, changed and closed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import transaction
from club.people.models import AudienceKind
from club.periods import Cut, named_period
from club.records.attendance.models import Mark
from club.records.attendance.operations import add_walk_in
from club.records.operations import close_run
from club.statistics.classes import closed_classes
from club.statistics.quality.findings import findings
from club.statistics.quality.rules import Bounds, Flaw
from tests.records.kit import a_taught_run, marked, on_the_list
from tests.statistics.reports.kit import NOW, a_closed_run
from tests.support.factories import a_person, a_unit, an_account, an_organisation
from tests.support.pages import words

MARCH = named_period("2026-03", Cut.CALENDAR)
HELD = datetime(2026, 3, 10, 5, tzinfo=UTC)
PAGE = "/statistics/trainees?period=2026-03&cut=calendar"


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ward():
    return a_unit()


def found(period=MARCH):
    return {finding.flaw: finding for finding in findings(period, closed_classes(period), now=NOW)}


def somebody(ward, **given):
    return a_person(ward_id=ward.id, **given)


def test_a_month_in_order_has_no_findings(ward):
    a_closed_run(somebody(ward), somebody(ward))
    assert found() == {}


def test_a_class_that_is_not_closed_could_bring_everybody_of_its_list(ward):
    run = a_taught_run(starts_at=HELD, sessions=1)
    for person in (somebody(ward), somebody(ward)):
        on_the_list(run, person)
    add_walk_in(run.id, somebody(ward).id, by=None, now=HELD)
    a_taught_run(starts_at=HELD + timedelta(days=31), sessions=1)
    finding = found()[Flaw.NOT_CLOSED]
    assert (finding.count, finding.bounds) == (1, Bounds(turns_more=3))
    assert [one.code for one in finding.classes] == [run.code]


def test_who_is_registered_and_marked_and_came_in_is_one_person(ward):
    run = a_taught_run(starts_at=HELD, sessions=1)
    person = somebody(ward)
    on_the_list(run, person)
    marked(run, person, Mark.PRESENT, now=HELD)
    assert found()[Flaw.NOT_CLOSED].bounds == Bounds(turns_more=1)


def test_closing_ends_the_finding_with_at_most_the_turns_it_announced(ward):
    run = a_taught_run(starts_at=HELD, sessions=1)
    for n in range(3):
        person = somebody(ward)
        on_the_list(run, person)
        if n:
            marked(run, person, Mark.PRESENT, now=HELD)
    assert found()[Flaw.NOT_CLOSED].bounds == Bounds(turns_more=3)
    closing = close_run(run.id, by=None, now=NOW)
    assert sum(record.counts for record in closing.records) == 2
    assert found() == {}


def test_a_session_without_marks_could_bring_those_who_do_not_count(ward):
    run = a_taught_run(starts_at=HELD, sessions=2)
    here, absent = somebody(ward), somebody(ward)
    for person in (here, absent):
        on_the_list(run, person)
    marked(run, here, Mark.PRESENT, now=HELD)
    close_run(run.id, by=None, now=NOW, accepting_unmarked=[run.sessions[1].id])
    finding = found()[Flaw.NO_MARKS]
    assert (finding.count, finding.bounds) == (1, Bounds(turns_more=1))


def test_sessions_that_changed_after_closing_are_found(ward):
    run = a_closed_run(somebody(ward), somebody(ward))
    with transaction():
        run.sessions[0].ends_at += timedelta(hours=2)
    finding = found()[Flaw.HOURS_DIFFER]
    assert (finding.count, finding.bounds) == (2, Bounds(turns_fewer=2, people_fewer=2))


def test_turns_without_organisation_or_ward_could_stand_in_other_lines(ward):
    firm = an_organisation(ward_id=ward.id)
    run = a_taught_run(starts_at=HELD, sessions=1)
    people = a_person(), somebody(ward), a_person()
    for person, organisation in zip(people, (None, None, firm), strict=True):
        on_the_list(
            run, person, audience=AudienceKind.ENTERPRISE,
            organisation_id=organisation.id if organisation else None,
        )  # fmt: skip
        marked(run, person, Mark.PRESENT, now=HELD)
    close_run(run.id, by=None, now=NOW)
    assert found()[Flaw.NO_ORGANISATION].bounds == Bounds(turns_elsewhere=2)
    assert found()[Flaw.NO_WARD].bounds == Bounds(turns_elsewhere=1)


def test_pairs_of_whom_both_are_counted_are_found(ward):
    one, twin, stranger = (
        somebody(ward, full_name=name, phone=phone)
        for name, phone in (("Lê Hoa", "+84901234567"), ("Le Hoa", "+84901234567"), ("Vũ An", None))
    )
    somebody(ward, full_name="Lê Hoa", phone="+84901234567")
    a_closed_run(one, twin, stranger)
    a_closed_run(twin, ends=datetime(2026, 3, 12, 9, tzinfo=UTC))
    finding = found()[Flaw.ENTERED_TWICE]
    assert (finding.count, finding.bounds) == (1, Bounds(people_fewer=1, turns_fewer=1))


def test_the_page_says_it_with_who_can_mend_it_where(sign_in, ward):
    run = a_taught_run(starts_at=HELD, sessions=1)
    on_the_list(run, somebody(ward))
    official, coordinator = (
        sign_in(an_account(role)) for role in (RoleName.OFFICIAL, RoleName.COORDINATOR)
    )
    page = official.get(PAGE)
    assert "thêm nhiều nhất 1 lượt và nhiều nhất bấy nhiêu người" in words(page)
    assert f'href="/runs/{run.code}"' in page.text
    assert f'href="/teaching/runs/{run.code}/closing"' in coordinator.get(PAGE).text
    assert "Không thấy điểm nào" in words(official.get(PAGE.replace("03", "02")))


@pytest.mark.parametrize("role", [None, RoleName.MEMBER, RoleName.REPORTING_OFFICER])
def test_others_read_no_classes(client, sign_in, role):
    asking = sign_in(an_account(role)) if role else client
    assert "Những điểm có thể làm sai" not in asking.get(PAGE).text


@pytest.mark.parametrize("more", ["&as_of=2026-04-01", "&audience=enterprise"])
def test_a_past_moment_or_a_selection_has_no_findings_of_today(sign_in, more):
    official = sign_in(an_account(RoleName.OFFICIAL))
    assert "Những điểm có thể làm sai" not in official.get(PAGE + more).text


@pytest.mark.parametrize("times", [1, 6])
def test_findings_cost_the_same_however_many(sign_in, ward, count_queries, times):
    for n in range(times):
        twins = [somebody(ward, full_name=f"Lê Hoa {n}", birth_year=1990) for _ in range(2)]
        a_closed_run(*twins)
        on_the_list(a_taught_run(starts_at=HELD, sessions=1), somebody(ward))
    official = sign_in(an_account(RoleName.OFFICIAL))
    official.get(PAGE)
    with count_queries() as seen:
        assert official.get(PAGE).status_code == 200
    assert len(seen) <= 15
