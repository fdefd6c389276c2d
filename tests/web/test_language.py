"""Which language a reader gets, and how moments and numbers are written in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask_babel import force_locale
from markupsafe import Markup

from club.web import language

EVENING = datetime(2026, 12, 2, 18, 30, tzinfo=UTC)


def test_vietnamese_comes_first_and_the_choice_is_remembered(client):
    assert 'lang="vi"' in client.get("/").text
    assert 'lang="vi"' in client.get("/", headers={"Accept-Language": "en"}).text
    chosen = client.get("/?lang=en")
    assert 'lang="en"' in chosen.text
    assert "SameSite=Lax" in chosen.headers["Set-Cookie"]
    assert 'lang="en"' in client.get("/courses/").text
    client.get("/?lang=vi")
    assert 'lang="vi"' in client.get("/").text


def test_a_language_that_is_not_spoken_changes_nothing(client):
    answer = client.get("/?lang=fr")
    assert 'lang="vi"' in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("words", ["R&D", "C++ #1", "100%", "a=b", 'năng suất "x" <y>'])
def test_the_other_language_is_that_of_the_same_page(app, words):
    with app.test_request_context("/search", query_string={"q": words, "lang": "vi"}):
        link = urlsplit(language.language_url("en"))
    assert link.path == "/search"
    assert parse_qsl(link.query, keep_blank_values=True) == [("q", words), ("lang", "en")]


def test_moments_are_written_as_on_a_vietnamese_letter(app):
    with app.test_request_context(), force_locale("vi"):
        assert language.moment(EVENING) == "03/12/2026 01:30"
        assert language.day(EVENING) == "03/12/2026"
        assert language.weekday_day(date(2026, 12, 3)) == "Thứ Năm, 03/12/2026"
        assert language.month_name(EVENING) == "tháng 12/2026"
        assert language.wall_clock(EVENING) == "1:30"
        assert language.time_range(EVENING, EVENING) == Markup(
            '<span class="nowrap">1:30 – 1:30</span>'
        )
    with app.test_request_context(), force_locale("en"):
        assert language.moment(EVENING) == "03/12/2026 01:30"
        assert language.month_name(EVENING) == "December 2026"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (Decimal(1234567), "1.234.567", "1,234,567"),
        (0, "0", "0"),
        (-0.5, "-0,5", "-0.5"),
        (None, "", ""),
    ],
)
def test_numbers_have_the_readers_marks(app, value, vietnamese, english):
    with app.test_request_context(), force_locale("vi"):
        assert language.number(value) == vietnamese
    with app.test_request_context(), force_locale("en"):
        assert language.number(value) == english


def test_shares_and_hours(app):
    with app.test_request_context(), force_locale("vi"):
        assert language.percent(0.846) == "84,6%"
        assert language.hours(450) == "7,5"
        assert (language.hours(20), language.hours(420)) == ("0,33", "7")
