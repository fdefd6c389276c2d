"""Links inside the site, looked up in the files and among the site's own addresses."""

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from club.files.content_error import Fault
from club.knowledge.library.parting import addresses_of
from club.knowledge.rendering import render
from club.proofreading.shelf import Shelf

_LINK = re.compile(r"""\]\((/[^)\s]*)|\bhref: ["']?(/[^"'\s,}]*)""")
_ID = re.compile(r'\bid="([^"]+)"')


def broken_links(shelf: Shelf) -> list[Fault]:
    """What leads nowhere; a link to a place on a page is only known where a file has the place."""
    targets = _Targets(shelf)
    files = sorted(one for one in shelf.folder.rglob("*") if one.suffix in {".md", ".yaml"})
    return [
        Fault(path.relative_to(shelf.folder).as_posix(), line, "", f"{link} leads nowhere")
        for path in files
        for line, link in _links(path.read_text(encoding="utf-8"))
        if not targets.has(link)
    ]


def _links(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _LINK.finditer(line):
            yield number, found[1] or found[2]


class _Targets:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def has(self, link: str) -> bool:
        """Whether the page is there and, where the link names one, the place on it."""
        parts = urlsplit(link)
        places = self._places(parts.path)
        return places is not None and (not parts.fragment or parts.fragment in places)

    def _places(self, path: str) -> set[str] | None:
        """The ids on a page that the files give; ``None`` where there is no such page."""
        if path in self._pages:
            return self._pages[path]
        try:
            endpoint, names = current_app.url_map.bind("").match(path)
        except (RequestRedirect, HTTPException):
            return None
        # Pages about one thing are those that the files make.
        return None if names else self._fixed.get(str(endpoint), set())

    @cached_property
    def _pages(self) -> dict[str, set[str]]:
        texts = {
            f"/knowledge/{facts.slug}": set(
                _ID.findall(render(facts.body, title=facts.title.vi).html)
            )
            for facts in self._shelf.texts.values()
        }
        calculators = {
            f"/knowledge/calculators/{row['key'].replace('_', '-')}": set[str]()
            for row in self._shelf.rows("calculators")
        }
        return texts | calculators | self._documents()

    def _documents(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for document in self._shelf.documents.values():
            whole = found.setdefault(f"/knowledge/documents/{document.slug}", set())
            for place, address in addresses_of(document.slug, document.lines).items():
                whole.add(place)
                found.setdefault(address.partition("#")[0], set()).add(place)
        return found

    @cached_property
    def _fixed(self) -> dict[str, set[str]]:
        return {"plan.progress": {row["key"] for row in self._shelf.rows("plan", "targets")}}
