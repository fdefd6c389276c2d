"""A department is offered its own lines of the plan before all others."""

import re

import time_machine

from club.plan.items.operations import give_lead, take_out
from club.reporting.queries import own_lines
from club.units.queries import unit_by_key
from tests.plan.kit import with_lines
from tests.reporting.kit import NOW, a_department, a_reporter, asked
from tests.support.factories import NOW as BROUGHT_IN


def lines_of(page):
    """By group, the lines of the first choice."""
    choice = page.split('name="item_0"')[1].split("</select>")[0]
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', choice, re.DOTALL)
    return {name: re.findall(r'value="([^"]+)"', inside) for name, inside in groups}


def page_for(unit, sign_in):
    [report] = asked(unit)
    return sign_in(a_reporter(unit)).get(f"/reporting/{report.public_id}").text


def test_the_lines_of_the_unit_come_first(context, sign_in):
    with_lines(now=BROUGHT_IN)
    unit = unit_by_key("phong-noi-vu")
    mine = own_lines({unit.id})
    with time_machine.travel(NOW, tick=False):
        groups = lines_of(page_for(unit, sign_in))
    assert list(groups) == ["Các dòng của đơn vị", "Các dòng khác của kế hoạch"]
    first, others = groups.values()
    assert mine
    assert set(first) == {line for line in mine if line.startswith(("II.", "IV."))}
    assert not set(first) & set(others)
    assert "II.1-4" in others


def test_a_unit_that_the_plan_does_not_name_sees_all_lines_alike(context, sign_in):
    with_lines(now=BROUGHT_IN)
    with time_machine.travel(NOW, tick=False):
        page = page_for(a_department(), sign_in)
    assert lines_of(page) == {}
    assert 'value="II.1-4"' in page


def test_a_line_that_was_given_to_the_unit_is_its_own(context):
    with_lines(now=BROUGHT_IN)
    unit = a_department()
    assert own_lines({unit.id}) == set()
    given = give_lead(
        "II.1-4", unit.id, from_day=NOW.date(), reason="Phân công lại", by=None, now=NOW
    )
    assert own_lines({unit.id}) == {"II.1-4"}
    take_out(given, reason="Nhầm", by=None, now=NOW)
    assert own_lines({unit.id}) == set()


def test_who_only_gets_a_copy_has_no_line(context):
    with_lines(now=BROUGHT_IN)
    assert own_lines({unit_by_key("so-cong-thuong").id}) == set()
