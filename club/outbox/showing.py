"""Letters as pages show them: to staff without their secrets, to their readers as notices."""

import re

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup, escape

from club.config import Settings
from club.outbox.composing import Bodies, bodies_of
from club.outbox.kinds import kind_called
from club.outbox.models import Letter
from club.web.addresses import is_own_address

#: Long random parts of an address let whoever reads them act for the letter's reader. Words
#: joined by hyphens are names of pages, a public id opens nothing by itself, and what follows
#: two slashes is the name of a host.
_SECRET = re.compile(
    r"(?<=[/=])(?<!//)"
    r"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r"(?![a-z0-9]+(?:-[a-z0-9]+)+(?![\w.~-]))"
    r"[\w.~-]{20,}"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AFTER_ADDRESSES = ".,;:!?)”\"'"


def shown_to_staff(letter: Letter) -> Bodies:
    """Both forms exactly as they go out, but for secret links, and for what is confidential."""
    if kind_called(letter.kind).confidential:
        words = gettext(
            "What this letter says is between its reader and who looks after the matter."
        )
        return Bodies(words, escape(words))
    bodies = bodies_of(letter)
    return Bodies(_SECRET.sub("…", bodies.text), _SECRET.sub("…", bodies.html))


def recipient_for_staff(letter: Letter) -> str | None:
    """``None``: the letter has no address."""
    if letter.recipient and kind_called(letter.kind).confidential:
        return str(gettext("Not shown here"))
    return letter.recipient


def notice_text(letter: Letter) -> list[Markup]:
    """The letter's own words, a paragraph each. Only addresses of this site can be followed."""
    settings: Settings = current_app.extensions["club.settings"]
    return [
        Markup("<br>").join(_linked(line, settings.public_url) for line in part.split("\n"))
        for part in re.split(r"\n{2,}", letter.body_text.strip())
    ]


def _linked(line: str, site: str) -> Markup:
    shown, end = Markup(), 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(_AFTER_ADDRESSES)
        path = address.removeprefix(site)
        if path != address and is_own_address(path):
            link = Markup('<a href="{}">{}</a>').format(path, address)
            shown += escape(line[end : found.start()]) + link
            end = found.start() + len(address)
    return shown + escape(line[end:])
