"""The list of a class at the office: four parts of one table."""

import re
from pathlib import Path

from club.accounts.models import RoleName
from club.registration import operations
from tests.registration.support import a_registrant, active, register
from tests.support.factories import NOW, a_person, a_run, an_account

TEMPLATES = Path(__file__).parents[2] / "templates"


def parts_of(page):
    """For each table: its heads, and what can be done with its first person."""
    found = {}
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', table)
        doors = re.findall(r"/office/registrations/[\w-]+/(\w+)", table)
        found[re.search(r'id="(\w+)"', table)[1]] = (heads, sorted(set(doors)))
    return found


def test_each_part_shows_what_is_needed_there(sign_in, monkeypatch):
    monkeypatch.setattr("club.clock.now", lambda: NOW)
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    people = [a_registrant(person=a_person(full_name=name)) for name in ("An", "Bình", "Chi", "Dũ")]
    for account in people:
        register(account, run)
    operations.withdraw(active(people[3], run).id, by=by.id, now=NOW)
    operations.change_seats(run.id, seats=2, by=by.id, now=NOW)
    page = sign_in(by).get(f"/office/runs/{run.code}/registrations?lang=en").text
    assert parts_of(page) == {
        "confirmed": (["Name", "Comes for", "Phone", "Registered"], ["withdrawal"]),
        "offered": (["Name", "Comes for", "Held until"], ["withdrawal"]),
        "waiting": (["No.", "Name", "Comes for", "Registered"], ["line", "withdrawal"]),
        "left": (["Name", "Registered", "How it stands"], []),
    }


def test_the_parts_are_drawn_by_one_table():
    template = (TEMPLATES / "registration" / "office_list.html").read_text()
    assert template.count("<thead>") == 1
