"""Several who enter money at the same moment in two processes."""

import pytest

from club.plan.budget import queries
from club.plan.budget.models import MoneySource
from club.plan.budget.operations import Place, enter_amounts
from club.plan.budget.rules import Amounts, BudgetRefusal
from club.plan.items.queries import item_by_key
from tests.plan.kit import with_lines
from tests.registration.racing import at_once
from tests.support.factories import NOW

pytestmark = pytest.mark.slow

PLACE = Place("II.2-2", 2025, MoneySource.SCIENCE_BUDGET)


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


def entering(planned, *, seen=None, reason=None):
    given = {"place": PLACE, "given": Amounts(planned, None), "by": None}
    return enter_amounts, given | {"seen": seen, "reason": reason}


def planned():
    """Version by version, the last first."""
    versions = queries.versions_of(item_by_key(PLACE.line).id, PLACE.year, PLACE.source)
    return [(one.version, one.planned) for one in versions]


def test_of_two_first_amounts_at_once_one_is_kept(app):
    came_to = at_once(app, [entering(10), entering(20)])
    assert sorted(came_to) == ["done", f"refused: {BudgetRefusal.REASON_NEEDED}"]
    assert planned() == [(1, (10, 20)[came_to.index("done")])]


def test_of_two_who_correct_the_same_version_at_once_one_does(app):
    enter_amounts(PLACE, Amounts(5, None), seen=None, reason=None, by=None, now=NOW)
    came_to = at_once(app, [entering(n, seen=1, reason="Theo quyết định mới.") for n in (10, 20)])
    assert sorted(came_to) == ["done", f"refused: {BudgetRefusal.CHANGED_MEANWHILE}"]
    assert planned() == [(2, (10, 20)[came_to.index("done")]), (1, 5)]
