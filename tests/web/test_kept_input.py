"""What was typed survives an expired session and a stale form."""

import html
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from flask import Blueprint, render_template_string
from wtforms import StringField

from club import clock
from club.accounts.models import RoleName
from club.app import create_app
from club.db import db
from club.web import kept_input
from club.web.access import Audience, open_to
from club.web.forms import ClubForm
from club.web.models import KeptInput
from tests.accounts.test_joining import PASSWORD, all_of
from tests.records.kit import on_the_list
from tests.support.browser_client import OneContextARequest
from tests.support.factories import NOW, a_run, a_topic, an_account

bp = Blueprint("wish", __name__)


class WishForm(ClubForm):
    title = StringField()
    tax_code = StringField()


@bp.route("/wish", methods=["GET", "POST"])
@open_to(Audience.SIGNED_IN)
def wish():
    form = WishForm()
    if form.validate_on_submit():
        return f"granted {form.title.data}"
    return render_template_string(
        "{{ form.hidden_tag() }}{{ form.title }}{{ form.tax_code }}", form=form
    )


@pytest.fixture(scope="module")
def guarded_app(app):
    """The same application over the same database, with its CSRF protection on."""
    guarded = create_app(
        app.extensions["club.settings"],
        TESTING=True,
        SECURITY_PASSWORD_HASH="plaintext",
        PROPAGATE_EXCEPTIONS=False,
        RATELIMIT_ENABLED=False,
    )
    guarded.register_blueprint(bp)
    guarded.test_client_class = OneContextARequest
    yield guarded
    with guarded.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(guarded_app):
    return guarded_app.test_client()


def token_in(page):
    return page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def signs_in(browser, address="/login", email="an@example.vn"):
    page = browser.get(address)
    given = {"email": email, "password": PASSWORD, "csrf_token": token_in(page)}
    return browser.post(address, data=given)


def way_back(answer):
    """Where the page about what went wrong leads."""
    link = re.search(r'class="btn btn-primary"\s+href="([^"]+)"', answer.text)[1]
    address = html.unescape(link)
    return address if not address.startswith("/login?next=") else unquote(address[12:])


TYPED = {"title": "Cải tiến “5S” <b>", "tax_code": "3700000001"}
FROM_FORM = {"Referer": "http://localhost/wish?step=2"}


def test_input_is_back_after_signing_in_again(browser):
    an_account(email="an@example.vn", password=PASSWORD)
    page = browser.get("/login")
    answer = browser.post("/wish", data=TYPED | {"csrf_token": token_in(page)}, headers=FROM_FORM)
    assert answer.status_code == 401
    way = re.search(r'href="(/login\?next=/wish%3Fstep%3D2%26kept%3D[^"]+)"', answer.text)[1]
    answer = signs_in(browser, way)
    assert answer.location.startswith("/wish?step=2&kept=")
    form = browser.get(answer.location).text
    assert 'value="Cải tiến “5S” &lt;b&gt;"' in form
    assert 'value="3700000001"' in form
    assert "Cải tiến" not in browser.get("/wish").text


def test_stale_form_is_answered_with_400_and_comes_back(browser):
    an_account(email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    for token in ({}, {"csrf_token": "stale"}):
        answer = browser.post("/wish", data=TYPED | token, headers=FROM_FORM)
        assert answer.status_code == 400
        assert "Biểu mẫu đã mở quá lâu" in answer.text
        assert 'value="3700000001"' in browser.get(way_back(answer)).text


def test_two_tabs_of_one_form_get_back_what_each_had_typed(browser):
    an_account(email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    ways = [
        way_back(browser.post("/wish", data={"title": title}, headers=FROM_FORM))
        for title in ("Một", "Hai")
    ]
    for _again in range(2):
        pages = [browser.get(way).text for way in ways]
        assert ['value="Một"' in page for page in pages] == [True, False]
        assert ['value="Hai"' in page for page in pages] == [False, True]
    assert "Một" not in browser.get("/wish?step=2").text


def test_a_tab_that_fails_again_gets_what_it_typed_last(browser):
    an_account(email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    first = way_back(browser.post("/wish", data={"title": "Một"}, headers=FROM_FORM))
    shown = {"Referer": f"http://localhost{first}"}
    second = way_back(browser.post("/wish", data={"title": "Hai"}, headers=shown))
    assert second.count("kept=") == 1
    assert 'value="Hai"' in browser.get(second).text


def test_nothing_is_said_to_be_kept_that_is_not(browser):
    kept = "vẫn được giữ"
    for typed in ({}, {"password": PASSWORD}, {"title": "x" * 300_000}):
        refused = browser.post("/wish", data=typed, headers=FROM_FORM)
        assert (refused.status_code, kept in refused.text) == (400, False)
    told = browser.post("/wish", data=TYPED, headers=FROM_FORM)
    assert kept in told.text
    script = {"Accept": "application/json"}
    assert kept not in str(browser.post("/wish", data=TYPED, headers=FROM_FORM | script).json)
    assert len(all_of(KeptInput)) == 1


def test_another_browser_does_not_see_it(guarded_app):
    an_account(email="an@example.vn", password=PASSWORD)
    one, other = guarded_app.test_client(), guarded_app.test_client()
    for browser in (one, other):
        signs_in(browser)
    way = way_back(one.post("/wish", data=TYPED, headers=FROM_FORM))
    other.post("/wish", data={"title": "Hai"}, headers=FROM_FORM)
    assert "3700000001" not in other.get(way).text
    assert "3700000001" in one.get(way).text


def test_the_next_person_at_the_same_browser_does_not_see_it(browser):
    for email in ("an@example.vn", "binh@example.vn"):
        an_account(email=email, password=PASSWORD)
    signs_in(browser)
    token = token_in(browser.get("/wish"))
    browser.delete_cookie("session")
    way = way_back(browser.post("/wish", data=TYPED | {"csrf_token": token}, headers=FROM_FORM))
    signs_in(browser, email="binh@example.vn")
    assert "3700000001" not in browser.get(way).text
    browser.delete_cookie("session")
    signs_in(browser)
    assert 'value="3700000001"' in browser.get(way).text


def test_of_signing_in_only_the_address_is_kept(browser):
    answer = browser.post(
        "/login",
        data={"email": "an@example.vn", "password": PASSWORD, "code": "123456"},
        headers={"Referer": "http://localhost/login"},
    )
    assert answer.status_code == 400
    assert [k.fields for k in all_of(KeptInput)] == [{"email": ["an@example.vn"]}]
    assert 'value="an@example.vn"' in browser.get(way_back(answer)).text


def test_signing_up_comes_back_without_the_password(browser):
    typed = {"full_name": "Nguyễn Thị Demo", "email": "an@example.vn", "password": PASSWORD}
    answer = browser.post("/register", data=typed, headers={"Referer": "http://localhost/register"})
    page = browser.get(way_back(answer)).text
    assert 'value="Nguyễn Thị Demo"' in page
    assert PASSWORD not in page


def comes_back(browser, page, typed, *, to=None):
    """The page, after a form of it was sent too late."""
    refused = browser.post(to or page, data=typed, headers={"Referer": f"http://localhost{page}"})
    assert refused.status_code == 400
    return browser.get(way_back(refused)).text


def test_what_no_form_class_draws_comes_back_too(browser):
    an_account(RoleName.COORDINATOR, email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    desk = f"/office/runs/{a_run(seats=20).code}"
    reason = comes_back(browser, desk, {"reason": "Giảng viên ốm <b>"}, to=f"{desk}/cancellation")
    assert ">Giảng viên ốm &lt;b&gt;</textarea>" in reason
    assert 'value="20"' in reason
    assert 'value="35"' in comes_back(browser, desk, {"seats": "35"}, to=f"{desk}/seats")


def test_ticked_boxes_come_back(browser):
    an_account(email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    topics = [a_topic(key=key, name=key) for key in ("lean", "quality")]
    page = comes_back(browser, "/me/topics", {"topic": "quality"})
    assert re.findall(r'value="(\w+)" checked', page) == ["quality"]
    assert len(topics) == page.count('name="topic"')
    page = comes_back(browser, "/me/notices/settings", {"wanted": "reminders"})
    assert re.findall(r'value="(\w+)" checked', page) == ["reminders"]


def test_minutes_come_back_to_whom_they_were_typed_for(browser):
    teacher = an_account(RoleName.TRAINER, email="an@example.vn", password=PASSWORD)
    signs_in(browser)
    run = a_run(starts_at=clock.now() - timedelta(hours=1), trainers=[teacher.person])
    first, second = on_the_list(run), on_the_list(run)
    typed = {"person": second.public_id, "mark": "late", "minutes": "95"}
    roll = f"/teaching/runs/{run.code}/attendance?session={run.sessions[0].public_id}"
    page = comes_back(browser, roll, typed)
    lines = re.split(r'<li class="roll-row" id="p-', page)[1:]
    shown = {line[:36]: 'value="95"' in line for line in lines}
    assert shown == {str(first.public_id): False, str(second.public_id): True}


def test_way_back_never_leaves_the_site(browser):
    for referrer in ("http://evil.test/wish", "http://localhost//evil.test/wish"):
        answer = browser.post("/wish", data=TYPED, headers={"Referer": referrer})
        assert "evil.test" not in answer.text


def test_nobody_can_fill_the_store(browser):
    answer = browser.post("/wish", data={"title": "x" * 300_000}, headers=FROM_FORM)
    assert answer.status_code == 400
    assert all_of(KeptInput) == []


def test_forgotten_after_a_while(browser):
    browser.post("/wish", data=TYPED, headers=FROM_FORM)
    kept_at = all_of(KeptInput)[0].kept_at
    assert kept_input.sweep(now=kept_at + timedelta(hours=1)) == 0
    assert kept_input.sweep(now=kept_at + timedelta(hours=3)) == 1
    assert kept_at > NOW
