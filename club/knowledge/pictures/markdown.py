"""How a picture is written into a text."""

import re

from club.knowledge.pictures.addresses import PictureAddress
from club.vietnamese import tidy_line

_SIGNS = re.compile(r'([\\\[\]"*_`<>&!])')


def markdown_of(
    address: PictureAddress, *, alt: str, caption: str | None, credit: str | None
) -> str:
    """The line to paste; caption and credit stand below the picture."""
    below = [caption, f"Ảnh: {credit}" if credit else None]
    title = ". ".join(_plain(one).rstrip(".") for one in below if one)
    return f"![{_plain(alt)}]({address}" + (f' "{title}")' if title else ")")


def _plain(words: str) -> str:
    return _SIGNS.sub(r"\\\1", tidy_line(words))
