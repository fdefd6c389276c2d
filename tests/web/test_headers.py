"""What every answer of the site tells the browser."""

import pytest

from tests.support.factories import an_account

PAGES = ["/", "/login", "/courses/", "/calendar.ics", "/statistics/trainees.json", "/no-such-page"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_forbids_inline_code_framing_and_guessing_types(client, address):
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_only_https_is_promised_to_stay_https(client):
    promise = "Strict-Transport-Security"
    assert promise not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers[promise].startswith("max-age=")


@pytest.mark.parametrize("address", ["/login", "/reset/link/a-wrong-token"])
def test_what_the_library_answers_is_not_kept_at_all(client, address):
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_pages_are_kept_by_nobody_else(client):
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["/", "/me/", "/courses/", "/healthz", "/api/runs", "/no-such"])
def test_pages_of_who_is_signed_in_are_kept_by_nobody(sign_in, address):
    answer = sign_in(an_account()).get(address)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_a_stranger_typed_and_secret_links_are_kept_by_nobody(client):
    typed = client.post("/reset", data={"email": "an@example.vn"})
    assert typed.headers["Cache-Control"] == "private, no-store"
    assert client.get(typed.location).headers["Cache-Control"] == "private, no-store"
    assert client.get("/confirm/abc").headers["Cache-Control"] == "private, no-store"


def test_what_is_for_everybody_may_be_kept_on_the_way(client, sign_in):
    for browser in (client, sign_in(an_account())):
        assert browser.get("/calendar.ics").headers["Cache-Control"] == "public, max-age=300"
        with browser.get("/static/css/base.css?v=1") as style:
            assert style.headers["Cache-Control"].startswith("public")


def test_a_name_that_is_not_ours_is_refused_with_a_number(client):
    answer = client.get("/courses/?lang=en", headers={"Host": "evil.test"})
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert answer.text == (
        "This site does not answer under that name.\n"
        "Use the address that the club has given you.\n"
        f"{answer.headers['X-Request-Number']}\n"
    )
    assert "không" in client.get("/", headers={"Host": "evil.test"}).text
