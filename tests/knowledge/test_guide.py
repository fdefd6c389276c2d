"""docs/knowledge.md speaks of buttons, fields and states by the words that the pages show."""

import re
from pathlib import Path

import pytest

from club.knowledge.editing.models import TextState
from club.knowledge.labels import LABELS
from club.web.catalogues import merged_catalogue

GUIDE = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")
NAMED = re.compile(r"(?<!\*)\*{1,2}([^*]+)\*{1,2}(?!\*)")


@pytest.fixture(scope="module")
def shown():
    return {str(words) for source, words in merged_catalogue("vi").words.items() if source}


def test_what_the_guide_names_stands_on_the_pages(shown):
    named = [words for one in NAMED.findall(GUIDE) for words in one.split(" › ")]
    assert len(named) > 20
    assert [words for words in named if not _stands(words, shown)] == []


def test_the_guide_explains_every_state(app):
    with app.test_request_context("/?lang=vi"):
        states = {str(LABELS[state]) for state in TextState}
    rows = re.findall(r"^\| ([^|]+) \|", GUIDE.partition("## Viết")[0], re.MULTILINE)
    assert set(rows) - {"trạng thái", "---"} == states


def _stands(words: str, shown: set[str]) -> bool:
    begun = words.removesuffix("…")
    return words in shown or (begun != words and any(one.startswith(begun) for one in shown))
