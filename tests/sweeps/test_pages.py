"""Walks every page that needs no placeholder, as everybody who can come, in both languages."""

import pytest

from tests.support.demo import load_small_demo, visitors
from tests.support.factories import an_account
from tests.support.inspector import complaints

#: What a page may answer when it is only read.
FINE = {200, 302, 304, 401, 403, 404}
BILINGUAL = {"anonymous", "member", "coordinator"}
#: The headline is for the reader, the tab says where one is.
GREETS = {"/", "/me/"}
#: Not a page: says so by its status when the site is not ready.
OTHER_ANSWERS = {"/readyz": {200, 503}}


def addresses(app) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments
    )


@pytest.fixture
def with_tokens(app, monkeypatch):
    """Forms as people get them; most tests post without a token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def walk(app, clients) -> str:
    """Complaints by address, each said once with the visitors who would have them."""
    found: dict[str, dict[str, list[str]]] = {}
    for address in addresses(app):
        for visitor, client in clients.items():
            for language in ("vi", "en") if visitor in BILINGUAL else ("vi",):
                answer = client.get(address, query_string={"lang": language})
                for complaint in of(answer, address):
                    seen = found.setdefault(address, {}).setdefault(complaint, [])
                    seen.append(f"{visitor}/{language}")
    return "\n".join(
        f"{address}: {complaint}  ({', '.join(seen)})"
        for address, said in found.items()
        for complaint, seen in said.items()
    )


def of(answer, address: str) -> list[str]:
    if answer.status_code not in OTHER_ANSWERS.get(address, FINE):
        return [f"answers {answer.status_code}"]
    if answer.mimetype != "text/html" or answer.status_code == 302:
        return []
    return complaints(answer.text, says_its_name=address not in GREETS)


@pytest.mark.slow
def test_every_page_of_the_demo_club_is_well_made(app, sign_in, with_tokens):
    load_small_demo()
    assert walk(app, visitors(app, sign_in)) == ""


def test_every_page_of_an_empty_club_is_well_made(app, client, with_tokens):
    assert walk(app, {"anonymous": client}) == ""


@pytest.mark.parametrize("code", [401, 403, 404])
def test_error_pages_are_well_made(app, client, sign_in, code):
    asked = {
        401: lambda: client.post("/me/account/language"),
        403: lambda: sign_in(an_account()).get("/office/accounts"),
        404: lambda: client.get("/nothing-here"),
    }
    answer = asked[code]()
    assert answer.status_code == code
    assert complaints(answer.text) == []


def test_the_inspector_sees_what_is_wrong():
    """A sweep that finds nothing must be able to find something."""
    broken = """<html><head><title>Một</title></head><body>
    <h1>Hai</h1><h1>Ba</h1><p id="a" style="color:red"></p><p id="a" onclick="x()"></p>
    <form><input name="q"></form><form method="post"><input id="n" name="n"></form>
    <img src="https://example.com/x.png"><div></body></html>"""
    assert complaints(broken) == [
        "<p> has style=",
        "<p> has onclick=",
        "<img> loads from elsewhere: https://example.com/x.png",
        "</body> closes ['div'] at (4, 46)",
        "2 h1: ['Hai', 'Ba']",
        "language None",
        "ids twice: ['a']",
        "a form without a method: {}",
        "a form without a token: {'method': 'post'}",
        "<input name=q> has no label",
        "<input name=n> has no label",
    ]
