"""Texts as a reader finds them: read in, and what a page lists and says."""

import re

from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW


def synced(content, *, now=NOW):
    sync_knowledge(content.path, now=now)


def a_change(**given):
    change = {"vi": "tăng 23%", "en": "up 23%"}
    return a_measure(before=None, after=None, unit=None, change=change) | given


def slugs(page):
    """The articles a page lists, in order."""
    return re.findall(r'<h[23]><a href="/knowledge/([\w-]+)">', page.text)


def words(page):
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
