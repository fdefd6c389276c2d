"""What the page of a course offers to read about it."""

import re

from club.knowledge.importing import sync_knowledge
from tests.support.factories import NOW, a_course


def test_a_course_leads_to_what_is_most_about_it_and_to_the_clearest_case(client, content):
    course = a_course(code="LEAN")
    content.write("tools/tpm.md", tools=["tpm"], courses=["LEAN"])
    content.write("tools/aside.md", tools=["5s"], courses=["5S", "LEAN"])
    content.write("tools/lean.md", tools=["lean"], courses=["LEAN"])
    content.write("cases/a.md", courses=["LEAN"], strength="B")
    content.write("cases/b.md", courses=["LEAN"])
    content.write("cases/c.md", courses=["5S"])
    sync_knowledge(content.path, now=NOW)
    page = client.get(f"/courses/{course.slug}").text
    assert re.findall(r'<h3><a href="/knowledge/([\w-]+)">', page) == ["lean", "tpm", "aside", "b"]


def test_at_most_three_are_offered_and_none_that_was_withdrawn(client, content):
    course = a_course(code="LEAN")
    content.write("tools/gone.md", tools=["5s"], courses=["LEAN"]).unlink()
    for name in ("a", "b", "c", "d"):
        content.write(f"tools/{name}.md", tools=[], courses=["LEAN"])
    sync_knowledge(content.path, now=NOW)
    page = client.get(f"/courses/{course.slug}").text
    assert re.findall(r'<h3><a href="/knowledge/([\w-]+)">', page) == ["a", "b", "c"]


def test_a_course_that_nothing_is_written_about_says_nothing_of_it(client):
    assert "course-reading" not in client.get(f"/courses/{a_course().slug}").text
