"""From the share of used seats to the classes, and to who did not come."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine

from club.accounts.models import RoleName
from club.periods import Cut, named_period
from club.privacy.queries import looks_at
from club.statistics.classes import closed_classes, seats_of
from club.statistics.dashboard import places
from club.web.asked_times import as_asked
from club.web.personal_data import Whose
from tests.statistics.test_figures import a_record
from tests.support.demo import load_small_demo
from tests.support.factories import NOW, a_course, a_person, a_run, an_account
from tests.support.inspector import complaints
from tests.support.pages import words

HERE = "/office/dashboard"
YEAR = named_period("2026", Cut.CALENDAR)
ASKED = urlencode(as_asked(YEAR))
CLASSES, UNUSED = f"{HERE}/places?{ASKED}", f"{HERE}/places/unused?{ASKED}"


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def some_classes():
    """Of ten seats three came and one did not; an earlier class and one of 2025 beside it."""
    course = a_course(title="Thực hành 5S")
    run = a_run(course=course, seats=10)
    for n in range(3):
        a_record(run, a_person(), attended_minutes=10 * (n + 1), counts=False, completed=False)
    away = a_person(full_name="Lê Văn Vắng")
    a_record(run, away, attended_minutes=0, counts=False, completed=False)
    replaced = a_person(full_name="Hồ Sơ Cũ")
    a_record(run, replaced, attended_minutes=0, counts=False, completed=False, superseded_at=NOW)
    last_year, earlier = a_run(seats=7), a_run(seats=8, is_earlier=True)
    absent = {"attended_minutes": 0, "counts": False, "completed": False}
    a_record(last_year, a_person(full_name="Năm Ngoái"), day=date(2025, 12, 31), **absent)
    a_record(earlier, a_person(full_name="Lớp Cũ"), **absent)
    return run, away


def linked(page, label):
    """Where a figure of the dashboard leads."""
    found = page.text.split(f"<dt>{label}</dt>")[1].split("</dd>")[0]
    return re.findall(r'<a href="([^"]+)"', found)


def test_both_figures_of_the_dashboard_lead_to_their_rows(official):
    page = official.get(f"{HERE}?year=2026&cut=calendar")
    assert linked(page, "Chỗ được dùng") == linked(page, "Có chỗ mà không đến") == []
    run, _away = some_classes()
    page = official.get(f"{HERE}?year=2026&cut=calendar")
    [classes], [unused] = (linked(page, f) for f in ("Chỗ được dùng", "Có chỗ mà không đến"))
    assert run.code in official.get(classes.replace("&amp;", "&")).text
    assert "Lê Văn Vắng" in official.get(unused.replace("&amp;", "&")).text


def test_classes_stand_with_their_seats_and_without_names(official):
    run, away = some_classes()
    page = official.get(CLASSES)
    assert f"{run.code}, Thực hành 5S 01/03/2026 10 4 3 1" in words(page)
    assert away.full_name not in page.text
    assert complaints(page.text) == []
    assert [one.code for one in places.classes_of(YEAR, page=1).items] == [run.code]


def test_who_did_not_come_reads_that_the_list_was_opened_and_nobody_else_does(official):
    _run, away = some_classes()
    page = official.get(UNUSED)
    assert "Lê Văn Vắng" in page.text
    assert "1 trên 4" in words(page)
    for other in ("Hồ Sơ Cũ", "Năm Ngoái", "Lớp Cũ"):
        assert other not in page.text
    assert complaints(page.text) == []
    [look] = looks_at(Whose(away.id, None), page=1).items
    assert (look.subject_kind, look.subject_id) == (places.KIND, "2026-03")
    came = a_person()
    a_record(a_run(), came)
    assert looks_at(Whose(came.id, None), page=1).total == 0


def test_sheets_are_linked_for_those_who_may_open_them(sign_in):
    run, _away = some_classes()
    sheet = f"/teaching/runs/{run.code}/attendance"
    assert sheet in sign_in(an_account(RoleName.COORDINATOR)).get(UNUSED).text
    assert sheet not in sign_in(an_account(RoleName.OFFICIAL)).get(UNUSED).text


@pytest.mark.parametrize("role", [RoleName.MEMBER, RoleName.TRAINER, RoleName.REPORTING_OFFICER])
def test_nobody_else_opens_the_lists(sign_in, role):
    client = sign_in(an_account(role))
    for address in (CLASSES, UNUSED):
        assert client.get(address).status_code == 403


def test_an_address_that_cannot_be_read_is_refused(official):
    for address in (f"{HERE}/places", f"{HERE}/places/unused"):
        for wrong, said in (("period=2026-13", "Viết kỳ"), ("cut=lunar", "Ghi cách chốt kỳ")):
            answer = official.get(f"{address}?{wrong}")
            assert (answer.status_code, said in answer.text) == (422, True)
        assert "Hãy quay lại" in official.get(f"{address}?period=2024").text


def test_the_rows_add_up_to_the_figures_of_the_dashboard(app):
    load_small_demo()
    for name in ("2025", "2026"):
        period = named_period(name, Cut.CALENDAR)
        classes, seats = places.classes_of(period, page=1), seats_of(closed_classes(period))
        assert classes.pages == 1
        assert seats.classes == classes.total == len(classes.items)
        assert seats.offered == sum(one.offered for one in classes.items)
        assert seats.taken == sum(one.taken for one in classes.items)
        assert seats.came == sum(one.came for one in classes.items)
        assert seats.stayed_away == places.who_did_not_come(period, page=1).total


@pytest.mark.parametrize("people", [1, 30])
def test_the_lists_cost_the_same_however_long_they_are(official, count_queries, people):
    for _ in range(people):
        a_record(a_run(), a_person(), attended_minutes=0, counts=False, completed=False)
    for address, most in ((CLASSES, 6), (UNUSED, 8)):
        official.get(address)
        with count_queries() as seen:
            assert official.get(address).status_code == 200
        assert len(seen) <= most
