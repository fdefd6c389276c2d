"""Pages as a reader sees them."""

import re
from html import unescape


def words(page):
    """The text of an answer, without its markup, with single spaces."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))
