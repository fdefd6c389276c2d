"""Bringing in as many texts as a library may have in some years, in seconds of the processor."""

import pytest

from club.content import CONTENT
from club.knowledge.importing import sync_knowledge
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW
from tests.support.work import work_within

FILES = 2_000


@pytest.fixture
def many(tmp_path):
    """Texts as long as ours, each at an address of its own."""
    shipped = sorted((CONTENT / "cases").glob("*.md")) + sorted((CONTENT / "tools").glob("*.md"))
    for folder in ("cases", "tools", "articles"):
        (tmp_path / folder).mkdir()
    for name in ("topics.yaml", "tool_names.yaml"):
        (tmp_path / name).write_bytes((CONTENT / name).read_bytes())
    for number in range(FILES):
        file = shipped[number % len(shipped)]
        (tmp_path / file.parent.name / f"{file.stem}-{number}.md").write_bytes(file.read_bytes())
    sync_topics(tmp_path, now=NOW)
    return tmp_path


@pytest.mark.slow
def test_two_thousand_texts_take_twenty_seconds_and_one_when_nothing_changed(context, many):
    with work_within(20):
        first = sync_knowledge(many, now=NOW)
    with work_within(1):
        again = sync_knowledge(many, now=NOW)
    assert first.added >= FILES
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    one, gone, *_rest = sorted((many / "cases").glob("*.md"))
    gone.unlink()
    one.write_text(one.read_text("utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    with work_within(2):
        last = sync_knowledge(many, now=NOW)
    assert (last.added, last.changed) == (0, 2)
