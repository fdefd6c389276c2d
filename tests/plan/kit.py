from club.content import CONTENT
from club.indicators.importing import sync_indicators
from club.plan.importing import sync_plan
from club.units.importing import sync_units
from tests.support.kept import kept


def with_plan(*, now):
    """The plan's targets, what is measured for them, and the published values that come with the
    site; before anything else is there.
    """
    kept(f"the plan, {now}", lambda: bring_in_plan(now=now))


def bring_in_plan(*, now):
    """The same beside what is there already."""
    sync_units(CONTENT, now=now)
    sync_indicators(CONTENT, now=now)
    sync_plan(CONTENT, now=now)
