"""Bringing in as many texts as a library may have in some years, in seconds of the processor."""

import pytest

from club.content import CONTENT
from club.knowledge.importing import sync_knowledge
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW
from tests.support.work import measured

FILES, PARTS = 2_000, 8


@pytest.fixture
def folder(tmp_path):
    for kind in ("cases", "tools", "articles"):
        (tmp_path / kind).mkdir()
    for name in ("topics.yaml", "tool_names.yaml"):
        (tmp_path / name).write_bytes((CONTENT / name).read_bytes())
    sync_topics(tmp_path, now=NOW)
    return tmp_path


def write(folder, numbers):
    """Texts as long as ours, each at an address of its own."""
    shipped = sorted((CONTENT / "cases").glob("*.md")) + sorted((CONTENT / "tools").glob("*.md"))
    for number in numbers:
        file = shipped[number % len(shipped)]
        (folder / file.parent.name / f"{file.stem}-{number}.md").write_bytes(file.read_bytes())


def seconds_of_sync(folder):
    with measured() as work:
        done = sync_knowledge(folder, now=NOW)
    return work.seconds, done


@pytest.mark.slow
def test_two_thousand_texts_take_twenty_seconds_and_one_when_nothing_changed(context, folder):
    """They come part by part: what others do on the machine only adds to the cheapest of the later
    parts, and a cost that grows with what is there shows in all of these.
    """
    a_part, spent = FILES // PARTS, []
    for part in range(PARTS):
        write(folder, range(part * a_part, (part + 1) * a_part))
        seconds, done = seconds_of_sync(folder)
        assert done.added >= a_part
        spent.append(seconds)
    assert PARTS * min(spent[PARTS // 2 :]) < 20, spent
    idle = [seconds_of_sync(folder) for _ in range(2)]
    assert {(done.added, done.changed) for _seconds, done in idle} == {(0, 0)}
    assert min(seconds for seconds, _done in idle) < 1
    one, gone, *_rest = sorted((folder / "cases").glob("*.md"))
    gone.unlink()
    one.write_text(one.read_text("utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    seconds, done = seconds_of_sync(folder)
    assert (done.added, done.changed) == (0, 2)
    assert seconds < 2
