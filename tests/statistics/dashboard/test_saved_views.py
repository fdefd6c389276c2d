"""Views of the dashboard under a name."""

import re
from datetime import date

import pytest
import time_machine
from flask import request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from club.accounts.models import RoleName
from club.db import db
from club.periods import Cut, PeriodError, PeriodRefusal, named_period
from club.refusal import RefusedError
from club.statistics.dashboard import queries
from club.statistics.dashboard.asking import PARTS, asked_again, asked_of
from club.statistics.dashboard.models import SavedView
from club.statistics.dashboard.operations import save_view
from club.statistics.dashboard.rules import MOST_VIEWS, ViewRefusal
from club.web import kept_input
from club.web.cache import forget_all, init_cache
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")
HERE = "/office/dashboard"


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def keeping(app):
    """Keep pages, as the site does outside tests."""
    app.testing = False
    init_cache(app)
    app.testing = True
    yield
    forget_all()
    init_cache(app)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def saved(client, name, asked):
    return client.post(f"{HERE}/views", data={"name": name, "asked": asked})


def test_a_question_is_the_same_when_it_is_asked_again():
    said = [("year", "2026"), ("part", "Q2"), ("cut", "report"), ("show", "topic"), ("x", "y")]
    asked = asked_of(said, now=NOW)
    assert asked.query == "year=2026&part=Q2&cut=report&show=topic"
    assert asked_again(asked.query, now=NOW) == asked
    assert asked.shown == ("topic",)
    assert asked_of([], now=NOW).shown == PARTS


def test_a_cut_that_there_is_not_is_refused_and_meant_the_calendar_in_what_was_saved():
    with pytest.raises(PeriodError) as refused:
        asked_of([("year", "2026"), ("cut", "lunar")], now=NOW)
    assert refused.value.refusal is PeriodRefusal.CUT
    assert asked_again("year=2026&cut=lunar", now=NOW).period == named_period("2026", Cut.CALENDAR)


def test_days_count_alone():
    asked = asked_of([("from", "2026-03-01"), ("to", "2026-03-05"), ("year", "2025")], now=NOW)
    assert asked.query == "from=2026-03-01&to=2026-03-05"
    assert asked.period.last == date(2026, 3, 5)


def test_without_a_year_the_present_one_is_meant_whenever_it_is_asked():
    asked = asked_of([("year", ""), ("part", "6M"), ("cut", "report")], now=NOW)
    assert asked.query == "part=6M&cut=report"
    later = asked_again(asked.query, now=NOW.replace(year=NOW.year + 1))
    assert (later.period.first.year, later.period.last.year) == (NOW.year, NOW.year + 1)
    assert later.period.cut is Cut.REPORT


def test_a_view_is_saved_listed_and_opened_by_others_who_may(sign_in, official):
    a_record(a_run(), a_person())
    answer = saved(official, "Sáu tháng, theo chủ đề", "year=2026&part=6M&cut=calendar&show=topic")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address in official.get(HERE).text
    other = sign_in(an_account(RoleName.COORDINATOR))
    page = other.get(f"{address}?lang=en")
    assert "View “Sáu tháng, theo chủ đề”, saved by" in page.text
    assert "Counted from 01/01/2026 to 30/06/2026." in page.text
    assert re.findall(r'<figure class="chart dash-chart" id="(\w+)"', page.text) == ["topic"]
    assert complaints(page.text) == []
    assert address not in other.get(HERE).text
    assert sign_in(an_account(RoleName.MEMBER)).get(address).status_code == 403


def test_only_its_owner_removes_it(sign_in, official):
    address = saved(official, "Của tôi", "").headers["Location"]
    other = sign_in(an_account(RoleName.OFFICIAL))
    assert other.post(f"{address}/removal").status_code == 404
    assert official.get(address).status_code == 200
    assert official.post(f"{address}/removal").status_code == 302
    assert official.get(address).status_code == 404


def test_a_name_that_is_taken_is_refused_and_nothing_typed_is_lost(official):
    saved(official, "Một", "year=2025&cut=calendar")
    answer = saved(official, "Một", "year=2024&cut=calendar")
    assert answer.status_code == 422
    assert 'value="Một"' in answer.text
    assert 'value="year=2024&amp;cut=calendar"' in answer.text
    assert "01/01/2024" in answer.text


@pytest.mark.parametrize(
    ("name", "asked"), [("", "year=2026"), ("x" * 81, ""), ("Một", "year=1999"), ("Một", "a" * 401)]
)
def test_what_cannot_be_saved_is_refused(official, name, asked):
    assert saved(official, name, asked).status_code == 422


def test_somebody_has_so_many_views_at_most():
    person = a_person()
    for n in range(MOST_VIEWS):
        save_view(person.id, f"Số {n}", "", now=NOW)
    with pytest.raises(RefusedError) as refused:
        save_view(person.id, "Thêm", "", now=NOW)
    assert refused.value.refusal is ViewRefusal.TOO_MANY
    assert len(queries.opening_for(person.id).views) == MOST_VIEWS


@pytest.mark.usefixtures("keeping")
def test_a_kept_page_costs_few_statements_and_shows_new_figures_at_once(official):
    query = f"{HERE}?year=2026&cut=calendar&show=sector&lang=en"
    a_record(a_run(), a_person(), sector="s1")
    official.get(query)
    with counting_queries() as seen:
        assert 'id="sector"' in official.get(query).text
    assert len(seen) <= 10
    a_record(a_run(), a_person(), sector="s2")
    assert ">s2<" in official.get(query).text


@pytest.mark.usefixtures("keeping")
def test_own_views_and_letters_show_on_a_kept_page_at_once(official):
    def own():
        page = official.get(f"{HERE}?lang=en").text
        return "Giao ban" in page, "End the letter" in page

    found = [own()]
    saved(official, "Giao ban", "")
    found.append(own())
    official.post(f"{HERE}/weekly", data={"asked": ""})
    found.append(own())
    official.post(f"{HERE}/weekly/removal")
    found.append(own())
    (view,) = db.session.scalars(select(SavedView))
    official.post(f"{HERE}/views/{view.public_id}/removal")
    assert [*found, own()] == [
        (False, False), (True, False), (True, True), (True, False), (False, False),
    ]  # fmt: skip


@pytest.mark.usefixtures("keeping")
def test_a_name_that_waited_for_its_owner_stands_in_the_form_of_a_kept_page(official, monkeypatch):
    typed = MultiDict({"name": "Giao ban"})
    monkeypatch.setattr(
        kept_input, "for_this_page", lambda: typed if "kept" in request.args else None
    )
    pages = [official.get(HERE + query).text for query in ("", "?kept=x", "")]
    assert ['value="Giao ban"' in page for page in pages] == [False, True, False]


@pytest.mark.usefixtures("keeping")
def test_a_kept_page_lists_to_each_reader_only_the_own_views(sign_in, official):
    other = sign_in(an_account(RoleName.OFFICIAL))
    saved(official, "Chỉ của tôi", "")
    assert "Chỉ của tôi" in official.get(HERE).text
    assert "Chỉ của tôi" not in other.get(HERE).text
