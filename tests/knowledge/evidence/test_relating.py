"""What to read after a text, and why."""

import re

import pytest

from club.knowledge.evidence.problems import sync_problems
from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW

PROBLEMS = """problems:
- key: changeover
  vi: Đổi mã mất nhiều thời gian
  en: Changing over takes long
  about: [changeover]
  tools: [lean]
  words: [thay khuôn]
"""


def synced(content):
    (content.path / "problems.yaml").write_text(PROBLEMS, encoding="utf-8")
    sync_knowledge(content.path, now=NOW)
    sync_problems(content.path, now=NOW)


def beside(page):
    """Address → why, in order, of what stands at the side."""
    aside = re.sub(r"\s+", " ", page.text.split("<aside")[-1])
    found = re.findall(
        r'<a href="/knowledge/([\w-]+)">[^<]*</a> <p class="case-meta mb-0">(.*?)</p>', aside
    )
    return {slug: why.strip() for slug, why in found}


def a_text(number):
    """Something that has nothing in common with the others but its topic."""
    kinds = ["stock", "energy", "cost", "oee"]
    return {
        "sector": ["wood", "metal", "paper", "rubber"][number],
        "tools": [],
        "problem": {"vi": "Chờ", "en": "Waits"},
        "measures": [a_measure(about=kinds[number])],
    }


def test_what_has_most_in_common_comes_first_with_the_reason(client, content):
    content.write("cases/a.md", **a_text(0) | {"tools": ["5s", "lean"]})
    content.write("cases/one.md", **a_text(1) | {"tools": ["lean"]})
    content.write("cases/two.md", **a_text(2) | {"tools": ["lean", "5s"]})
    content.write("cases/none.md", **a_text(3))
    synced(content)
    found = beside(client.get("/knowledge/a"))
    assert list(found) == ["two", "one"]
    assert found["two"].endswith("2019. Cùng dùng 5S, Lean.")
    assert found["one"].endswith("Cùng dùng Lean.")


@pytest.mark.parametrize(
    ("shared", "why"),
    [
        ({"sector": "wood"}, "Cùng ngành gỗ, nội thất."),
        (
            {"problem": {"vi": "Thay khuôn chậm", "en": "Slow"}},
            "Cùng nỗi lo: đổi mã mất nhiều thời gian.",
        ),
        (
            {"measures": [a_measure(about="stock")], "sector": "wood"},
            "Cùng ngành gỗ, nội thất; cùng đo: tồn kho.",
        ),
    ],
)
def test_each_thing_in_common_is_a_reason(client, content, shared, why):
    first = a_text(0) | ({"problem": shared["problem"]} if "problem" in shared else {})
    content.write("cases/a.md", **first)
    content.write("cases/b.md", **a_text(1) | shared)
    synced(content)
    assert beside(client.get("/knowledge/a"))["b"].endswith(why)


def test_a_topic_or_another_sector_alone_is_no_reason(client, content):
    content.write("cases/a.md", **a_text(0) | {"sector": "other"})
    content.write("cases/b.md", **a_text(1) | {"sector": "other"})
    synced(content)
    assert beside(client.get("/knowledge/a")) == {}


def test_a_tool_s_page_leads_to_cases_of_its_own_tool_before_others(client, content):
    content.write("tools/lean.md", tools=["lean", "5s", "tpm"])
    content.write("cases/a-others.md", tools=["5s", "tpm"])
    content.write("cases/b-own.md", tools=["lean"])
    content.write("tools/tpm.md", tools=["tpm", "lean"])
    synced(content)
    found = beside(client.get("/knowledge/lean"))
    assert found == {
        "b-own": "May mặc, Bình Dương. 2019. Cùng dùng Lean.",
        "tpm": "Cùng dùng Lean, TPM.",
    }


def test_a_case_does_not_name_its_tools_a_second_time(client, content):
    content.write("tools/lean.md", tools=["lean"])
    content.write("articles/how.md", tools=["lean"])
    content.write("cases/a.md", tools=["lean"])
    synced(content)
    assert list(beside(client.get("/knowledge/a"))) == ["how"]


def test_what_was_retired_is_not_read_next(client, content):
    content.write("cases/a.md")
    file = content.write("cases/b.md")
    synced(content)
    assert list(beside(client.get("/knowledge/a"))) == ["b"]
    file.unlink()
    synced(content)
    assert beside(client.get("/knowledge/a")) == {}


def test_the_reason_is_said_in_english_too(client, content):
    content.write("cases/a.md", tools=["lean"])
    content.write("cases/b.md", tools=["lean"], sector="wood")
    synced(content)
    assert (
        "Both with Lean; both measured: productivity, efficiency."
        in beside(client.get("/knowledge/a?lang=en"))["b"]
    )
