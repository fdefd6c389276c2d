from club.content import CONTENT
from club.knowledge.library.importing import sync_documents
from club.plan.items.importing import sync_items
from tests.plan.kit import with_plan


def with_lines(*, now):
    """The plan with its targets, its text, and its lines as things to do."""
    with_plan(now=now)
    sync_documents(CONTENT, now=now)
    sync_items(CONTENT, now=now)
