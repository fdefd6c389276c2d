"""What was reached, in a few figures for everybody."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine

from club.accounts.models import RoleName
from club.plan.achieved.queries import achievements
from club.plan.items.counting import Counted
from club.plan.queries import target_standings
from tests.pilots.kit import a_project
from tests.plan.kit import bring_in_plan
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.inspector import complaints
from tests.support.pages import words
from tests.support.queries import counting_queries

HERE = "/plan/figures"


@pytest.fixture(autouse=True)
def at_that_time(context):
    bring_in_plan(now=NOW)
    with time_machine.travel(NOW, tick=False):
        yield


def some_trainees(number):
    runs = a_run(), a_run()
    people = [a_person() for _ in range(number)]
    for person in people:
        a_record(runs[0], person)
    a_record(runs[1], people[0])


def large(page):
    """Each large figure by its name: as written, and what it is out of."""
    found = re.findall(
        r"<dt>(.*?)</dt>.*?<span class=\"num\">(.*?)</span>\s*(?:<small>(.*?)</small>)?",
        page,
        re.DOTALL,
    )
    return {name: (re.sub(r"<[^>]+>|\s", "", value), of.strip()) for name, value, of in found}


def test_the_figures_are_large_and_stand_beside_what_the_plan_wants(client):
    some_trainees(5)
    a_project()
    page = client.get(f"{HERE}?lang=en")
    figures = large(page.text)
    assert figures["People trained"] == ("5", "")
    assert figures["Certified experts"] == ("0", "/ 1")
    assert figures["Firms with a pilot project"] == ("1", "/ 2")
    said = words(page)
    assert "6 turns: who took part in two classes" in said
    assert "The plan wants at least 2 by 2030." in said
    assert "Counted from the club's own records at 03/03/2026 09:00" in said
    assert complaints(page.text) == []


def test_they_are_those_of_the_plans_other_pages(client):
    a_project()
    told = {one.counted: one for one in achievements(now=NOW).figures}
    by_key = {standing.key: standing for standing in target_standings(on=NOW.date())}
    assert [target.by_year for target in told[Counted.PILOTS].targets] == [2025, 2030]
    for one in told.values():
        for target in one.targets:
            assert by_key[target.key].value == one.figure.value


def test_of_few_people_no_number_is_told_anywhere(client):
    some_trainees(4)
    page = client.get(f"{HERE}?lang=en")
    assert large(page.text)["People trained"] == ("–", "")
    assert "So far of fewer than 5 people" in words(page)
    assert "5 turns" not in page.text
    assert "took part in classes, in" not in page.text
    [trainees, *_] = client.get(f"{HERE}.json").json["figures"]
    assert (trainees["value"], trainees["people"], trainees["hidden"]) == (None, None, True)


def test_a_year_of_few_is_not_told_by_the_sum_of_all(client):
    some_trainees(6)
    before = a_run()
    for _ in range(3):
        a_record(before, a_person(), day=date(2025, 3, 1))
    page = client.get(f"{HERE}?lang=en")
    assert large(page.text)["People trained"] == ("–", "")
    assert "Fewer than 5 people took part in one of the years" in words(page)
    assert "took part in classes, in" not in page.text
    [trainees, *_] = client.get(f"{HERE}.json").json["figures"]
    assert (trainees["value"], trainees["people"], trainees["hidden"]) == (None, None, True)


def test_the_same_is_there_as_json(client):
    some_trainees(6)
    found = client.get(f"{HERE}.json").json
    assert found["as_of"] == "2026-03-03T09:00:00+07:00"
    by_name = {one["counted"]: one for one in found["figures"]}
    assert (by_name["trainees"]["value"], by_name["trainees"]["people"]) == (7, 6)
    assert by_name["trainees"]["targets"] == []
    wanted = [(one["by"], one["wanted"]) for one in by_name["pilots"]["targets"]]
    assert wanted == [(2025, 1.0), (2030, 2.0)]


def test_an_official_finds_a_sentence_to_share_and_the_page_is_led_to(sign_in, client):
    some_trainees(5)
    page = sign_in(an_account(RoleName.OFFICIAL)).get(f"{HERE}?lang=en").text
    [sentence] = re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert unescape(sentence).startswith(
        "As of 03/03/2026 09:00: 5 people took part in classes, in 6 turns; 0 certified experts"
    )
    assert sentence.endswith("http://localhost/plan/figures")
    assert 'data-copy="to-pass-on"' in page
    assert f'href="{HERE}"' in client.get("/plan/").text
    assert f'href="{HERE}"' in client.get("/").text


def test_the_page_costs_as_much_however_many_took_part(client):
    def statements():
        with counting_queries() as seen:
            assert client.get(HERE).status_code == 200
        return len(seen)

    some_trainees(1)
    few = statements()
    some_trainees(12)
    assert statements() == few
