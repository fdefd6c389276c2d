"""Pages that are the same for all readers but for their frame and a few holes: drawn once.

``draw`` renders an ordinary template. While it does, the frame, the messages of the last
action and every ``{{ hole("name") }}`` leave a mark; what lies between the marks is kept
under ``state``, and each reader gets the holes filled. So ``state`` must hold all that the
page shows between the holes: revisions, filters, how things stand at this moment. The
language and the club's profile are added here. A page that forgot something shows it
``club.web.cache.SECONDS`` later. Whose page it is cannot be asked while it is drawn.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from club.web.cache import Unchanging, kept, kept_for_all
from club.web.chrome import Chrome, page_chrome
from club.web.language import wanted_language
from club.web.layout import facts_of_today

#: Nobody can type what changes with every start of the process.
_MARK = f"<!--{secrets.token_hex(8)} %s-->"
_TOP, _MESSAGES, _BOTTOM = "frame_top", "frame_messages", "frame_bottom"
#: Stands for the token of forms in parts that are kept.
_TOKEN = secrets.token_hex(16)
_HOLES = re.compile(_MARK % "([a-z_]+)")

Parts = Mapping[str, Callable[[], str]]
_NO_PARTS: Parts = MappingProxyType({})
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Drawn(Unchanging):
    nav_section: str | None
    #: Text, name of a hole, text, …, text.
    pieces: tuple[str, ...]

    @classmethod
    def of(cls, found: dict[str, Any]) -> "_Drawn":
        return cls(found["nav_section"], tuple(found["pieces"]))


def init_kept_pages(app: Flask) -> None:
    app.jinja_env.globals.update(hole=hole, page_chrome=_frame)


def _frame(nav_section: str | None) -> Chrome:
    """For the layout: what belongs around the page's own part, or the marks for it."""
    if not g.get("drawn_for_all"):
        return page_chrome(nav_section)
    g.nav_section = nav_section
    return Chrome(wanted_language(), hole(_TOP), hole(_MESSAGES), hole(_BOTTOM))


def hole(name: str) -> Markup:
    """For templates: where a part of this name goes that differs between readers."""
    return Markup(_MARK % name)  # noqa: S704  our own mark


def kept_page(state: tuple[object, ...], draw: Callable[[], str], parts: Parts = _NO_PARTS) -> str:
    """The page that ``draw`` gives, drawn anew only where ``state`` is a new one."""
    return _filled(kept(_key(state), lambda: _drawn(draw)), parts)


def shared_page(
    state: tuple[object, ...], draw: Callable[[], str], parts: Parts = _NO_PARTS
) -> str:
    """The same page, drawn by one process for all: one that takes long to draw, and that many open
    in the same moment. ``state`` must look alike in every process.
    """
    page = kept_for_all(_key(state), lambda: asdict(_drawn(draw)), _Drawn.of)
    return _filled(page, parts)


def kept_part(
    state: tuple[object, ...], draw: Callable[..., str], own: Mapping[str, str] = _NOTHING
) -> str:
    """What fills a hole, the same for all readers of whom ``state`` says the same: only the token
    of its forms is each reader's own, and the texts ``own``, in whose place ``draw`` gets marks
    under their names.
    """
    token, marks = generate_csrf(), {name: f"{_TOKEN}-{name}" for name in own}
    key = f"part {wanted_language()} {state}"
    part = kept(key, lambda: draw(**marks).replace(token, _TOKEN))
    for name, text in own.items():
        part = part.replace(marks[name], escape(text))
    return part.replace(_TOKEN, token)


def _key(state: tuple[object, ...]) -> str:
    return f"page {wanted_language()} {facts_of_today()} {state}"


def page_with_parts(draw: Callable[[], str], parts: Parts) -> str:
    """The same page, drawn for this one answer: a refused form shows in its title, too."""
    return _filled(_drawn(draw), parts)


def _drawn(draw: Callable[[], str]) -> _Drawn:
    g.drawn_for_all = True
    try:
        pieces = _HOLES.split(draw())
    finally:
        g.drawn_for_all = False
    return _Drawn(g.get("nav_section"), tuple(pieces))


def _filled(page: _Drawn, parts: Parts) -> str:
    chrome = page_chrome(page.nav_section)
    frame = {_TOP: chrome.top, _MESSAGES: chrome.messages, _BOTTOM: chrome.bottom}
    texts = [
        (frame[piece] if piece in frame else parts[piece]()) if number % 2 else piece
        for number, piece in enumerate(page.pieces)
    ]
    return "".join(texts)
