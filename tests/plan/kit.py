from club import clock
from club.certification.importing import sync_schemes
from club.content import CONTENT
from club.indicators.importing import sync_indicators
from club.knowledge.library.importing import sync_documents
from club.plan.importing import sync_plan
from club.plan.items import queries
from club.plan.items.importing import sync_items
from club.units.importing import sync_units
from tests.support.kept import kept

#: A line with two parts, of which nobody has said anything yet.
LINE = "II.1-10"
DESK = f"/office/plan/items/{LINE}"


def with_plan(*, now):
    """The plan's targets, what is measured for them, the published values that come with the
    site, and the schemes that the plan's experts are certified in; before anything else is there.
    """
    kept(f"the plan, {now}", lambda: _bring_in_plan_and_schemes(now=now))


def with_lines(*, now):
    """The same with the plan's text, and its lines as things to do."""
    kept(f"the lines of the plan, {now}", lambda: _bring_in_lines(now=now))


def bring_in_plan(*, now):
    """The plan's targets and what is measured for them, beside what is there already."""
    sync_units(CONTENT, now=now)
    sync_indicators(CONTENT, now=now)
    sync_plan(CONTENT, now=now)


def _bring_in_plan_and_schemes(*, now):
    bring_in_plan(now=now)
    sync_schemes(CONTENT, now=now)


def _bring_in_lines(*, now):
    with_plan(now=now)
    sync_documents(CONTENT, now=now)
    sync_items(CONTENT, now=now)


def standing(line=LINE, on=None):
    return queries.item_standing(line, on=on or clock.today())


def step_typed(**given):
    """What the form says of where a line stands."""
    today = clock.today().isoformat()
    facts = {"state": "under_way", "on_day": today, "words": "Đã khảo sát", "source": "Báo cáo 12"}
    return facts | given


def proof_typed(**given):
    return {"happened_on": "2025-05-05", "shows": "Phiếu 5", "link": "", "is_public": "y"} | given
