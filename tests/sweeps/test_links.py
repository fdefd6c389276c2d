"""Follows links as everybody who can come: a page leads nobody to a closed door."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.support.demo import VISITORS, load_small_demo, visitors

#: So many conditions are tried in every way.
_TOGETHER = 2


def links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)]


def kind_of(app, link: str) -> str:
    """The page's endpoint, with the names of what is asked of it: alone, in pairs, or as several,
    since a list with ten conditions would else be a thousand pages.
    """
    parts = urlsplit(link)
    try:
        endpoint, _values = app.url_map.bind("localhost").match(parts.path)
    except RequestRedirect as elsewhere:
        endpoint = elsewhere.new_url
    except HTTPException:
        endpoint = link  # nothing is there: follow it, to say so
    names = set(re.findall(r"([a-z_]+)=", parts.query))
    conditions = sorted(names - {"lang"})
    asked = conditions if len(conditions) <= _TOGETHER else ["several"]
    return f"{endpoint} {asked} {'lang' in names}"


def dead_ends(app, client) -> list[str]:
    """``page -> link (status)`` of what could not be opened, starting at the home page. Of links
    to the same kind of page the first is followed.
    """
    kinds, waiting, found = set(), [("", "/")], []
    while waiting:
        page, link = waiting.pop(0)
        answer = client.get(link)
        if answer.status_code >= 400:
            found.append(f"{page} -> {link} ({answer.status_code})")
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for further in links(answer.text):
            kind = kind_of(app, further)
            if kind not in kinds and not further.startswith("/static/"):
                kinds.add(kind)
                waiting.append((link, further))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("who", VISITORS)
def test_no_page_leads_its_reader_to_a_closed_door(app, sign_in, who):
    load_small_demo()
    assert dead_ends(app, visitors(app, sign_in)[who]) == []


def test_a_dead_end_is_found(app, client, monkeypatch):
    """A sweep that finds nothing must be able to find something."""
    home = app.view_functions["home.start"]
    monkeypatch.setitem(
        app.view_functions, "home.start", lambda: home() + '<a href="/no-such-page">x</a>'
    )
    assert "/ -> /no-such-page (404)" in dead_ends(app, client)
