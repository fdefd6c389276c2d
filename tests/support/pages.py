"""Pages as a reader sees them."""

import re
from html import unescape


def words(page):
    """The text of an answer, without its markup, with single spaces."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def flashed(client, answer):
    """What the page says to which an answer leads."""
    return words(client.get(answer.location))
