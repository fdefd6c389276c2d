"""Several who write one text: whose words they are, and what each had saved."""

import pytest

from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.importing import sync_knowledge
from tests.knowledge.editing.kit import an_editor, at, drafts
from tests.support.factories import NOW


@pytest.fixture(autouse=True)
def published(content):
    with at(NOW):
        content.write("cases/may-demo.md", "Chữ cũ.")
        sync_knowledge(content.path, now=NOW)
        yield


def written_by_two(one, other):
    """The first has a figure and a source of its own, over which the second saves."""
    begun = drafting.begin_change("may-demo", by=one.id, now=NOW)
    (measure,) = begun.facts["measures"]
    first = begun.facts | {
        "measures": [measure | {"before": 77, "after": 12}],
        "sources": [{"title": "Sổ tay tổ may", "url": None, "secondary": False}],
        "english": "Short words.",
    }
    drafting.save(begun.id, first, note="Số mới", seen=1, by=one.id, now=NOW)
    second = begun.facts | {"body": "Chữ mới."}
    return drafting.save(begun.id, second, note="Số mới", seen=2, by=other.id, now=NOW)


def test_what_somebody_had_saved_is_shown_with_its_figures_and_sources(sign_in):
    one, other = an_editor("Lê Thị Một"), an_editor("Phạm Thị Hai")
    draft = written_by_two(one, other)
    page = sign_in(other).get(f"/office/knowledge/drafts/{draft.public_id}").text
    copied = page[page.index("Phần người khác đã lưu ở đây") :]
    for words in ("trước 77", "sau 12", "Sổ tay tổ may", "Short words.", "Lê Thị Một"):
        assert words in copied, words
    assert "Người viết: Lê Thị Một, Phạm Thị Hai" in page


def test_a_revision_names_everybody_who_wrote_on_it(sign_in, client):
    one, other = an_editor("Lê Thị Một"), an_editor("Phạm Thị Hai")
    draft = written_by_two(one, other)
    drafting.hand_in(draft.id, by=one.id, now=NOW)
    reviewing.publish(draft.id, by=an_editor("Vũ Thị Ba").id, now=NOW)
    for page in ("revisions", "revisions/2"):
        shown = client.get(f"/knowledge/may-demo/{page}").text
        assert "Lê Thị Một, Phạm Thị Hai, Vũ Thị Ba" in shown, page
    first = client.get("/knowledge/may-demo/revisions/1").text
    assert "Người viết và người duyệt" not in first


def test_copies_cost_the_page_the_same_however_many_they_are(sign_in, count_queries):
    one, other = an_editor(), an_editor()
    draft, costs = written_by_two(one, other), []
    client = sign_in(other)
    for number in range(8):
        (now,) = drafts()
        hand = (one, other)[number % 2]
        facts = now.facts | {"body": f"Chữ {number}."}
        drafting.save(now.id, facts, note="Số mới", seen=now.version, by=hand.id, now=NOW)
        if number in {1, 7}:
            with count_queries() as seen:
                client.get(f"/office/knowledge/drafts/{draft.public_id}")
            costs.append(len(seen))
    assert costs[0] == costs[1]
