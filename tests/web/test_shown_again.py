"""What the state refuses is said on the page it was asked from, with what was typed."""

import re
from enum import StrEnum

import pytest
from flask import Blueprint, render_template_string
from wtforms import StringField

from club.app import create_app
from club.db import db
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import ClubForm
from tests.support.browser_client import OneContextARequest

bp = Blueprint("box", __name__)


class BoxRefusal(StrEnum):
    CLOSED = "There is nothing at this address"


class LetterForm(ClubForm):
    words = StringField()
    password = StringField()


class OtherForm(ClubForm):
    colour = StringField(default="blue")


@bp.get("/box")
@open_to(Audience.EVERYONE)
def box():
    return render_template_string(
        "{% extends '_layouts/page.html' %}{% block title %}Box{% endblock %}{% block main %}"
        "<h1>Box</h1>{{ form.words }}{{ form.password }}{{ other.colour }}{% endblock %}",
        form=LetterForm(),
        other=OtherForm(),
    )


@bp.post("/box/letters/opening")
@bp.post("/elsewhere")
@open_to(Audience.EVERYONE)
def put():
    raise RefusedError(BoxRefusal.CLOSED)


@pytest.fixture(scope="module")
def browser(app):
    with_box = create_app(
        app.extensions["club.settings"],
        TESTING=True,
        WTF_CSRF_ENABLED=False,
        RATELIMIT_ENABLED=False,
        PROPAGATE_EXCEPTIONS=False,
    )
    with_box.register_blueprint(bp)
    with_box.test_client_class = OneContextARequest
    yield with_box.test_client()
    with with_box.app_context():
        db.engine.dispose()


TYPED = {"words": "Xin chào “5S”", "password": "con mèo"}
REASON = "Không có gì ở địa chỉ này"


def value_of(page, name):
    return re.search(rf'name="{name}" type="text" value="([^"]*)"', page.text)[1]


@pytest.mark.parametrize("referrer", ["http://localhost/box?step=2", None])
def test_the_page_comes_back_with_the_reason_and_what_was_typed(browser, referrer):
    """A browser that says nothing about where it came from gets what lies above the address."""
    headers = {"Referer": referrer} if referrer else {}
    page = browser.post("/box/letters/opening", data=TYPED, headers=headers)
    assert page.status_code == 409
    assert "<h1>Box</h1>" in page.text
    assert page.text.count(REASON) == 1
    assert value_of(page, "words") == "Xin chào “5S”"


def test_what_no_form_of_the_page_takes_can_be_copied_from_it(browser):
    essay = "Chúng tôi đã đo <thời gian> chuyển đổi"
    page = browser.post("/box/letters/opening", data={"story": essay, "password": essay[:20]})
    assert page.status_code == 409
    assert page.text.count("Chúng tôi đã đo &lt;thời gian&gt; chuyển đổi") == 1
    assert page.text.count("Chúng tôi đã đo") == 1
    assert page.text.count(REASON) == 1


def test_secrets_do_not_come_back_and_other_forms_stay_as_they_are(browser):
    page = browser.post("/box/letters/opening", data=TYPED)
    assert value_of(page, "password") == ""
    assert value_of(page, "colour") == "blue"


def test_it_is_said_once(browser):
    browser.post("/box/letters/opening", data=TYPED)
    page = browser.get("/box")
    assert REASON not in page.text
    assert value_of(page, "words") == ""


@pytest.mark.parametrize("referrer", ["http://evil.test/box", "http://localhost/no-such-page"])
def test_where_no_page_can_be_shown_the_reason_stands_alone(browser, referrer):
    page = browser.post("/elsewhere", data=TYPED, headers={"Referer": referrer})
    assert page.status_code == 409
    assert f"<h1>{REASON}</h1>" in page.text
    assert page.text.count(REASON) == 2  # in the title, too


def test_programs_get_words_and_no_page(browser):
    answer = browser.post("/box/letters/opening", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, REASON)
