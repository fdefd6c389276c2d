"""With the cache on, as on the real site: what changes shows at once, and to each their own."""

import re
from datetime import timedelta

import pytest
from flask import render_template, render_template_string
from jinja2 import UndefinedError

from club import clock
from club.accounts.models import RoleName
from club.courses.models import RunState
from club.courses.operations import cancel_run, move_session
from club.courses.rules import Slot
from club.knowledge.importing import sync_knowledge
from club.registration.views import run_page
from club.web import chrome, kept_pages
from club.web.cache import forget_all, init_cache, kept
from club.web.kept_pages import kept_page, kept_part, page_with_parts, shared_page
from tests.knowledge.content_folder import ContentFolder
from tests.registration.support import a_registrant, register, withdraw
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import words


@pytest.fixture(autouse=True)
def present(monkeypatch):
    """The present moment, which a test may move: ``present[0] = …``."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(moment[0]))
    return moment


@pytest.fixture(autouse=True)
def cache(app):
    app.config["TESTING"] = False
    init_cache(app)
    app.config["TESTING"] = True
    forget_all()
    yield
    init_cache(app)


@pytest.fixture
def at_request(app):
    with app.test_request_context("/"):
        yield


def test_a_page_is_drawn_once_for_a_state(at_request):
    drawn = []

    def draw():
        drawn.append(len(drawn) + 1)
        return str(drawn[-1])

    pages = [kept_page(("any", state), draw) for state in ("a", "a", "b", "a")]
    assert pages == ["1", "1", "2", "1"]


def test_a_shared_page_is_not_drawn_again_by_a_process_that_keeps_nothing(at_request):
    readers, drawn = iter(["An", "Bình", "Chi"]), []

    def draw():
        drawn.append(1)
        return render_template_string("Hello {{ hole('name') }}!")

    parts = {"name": lambda: next(readers)}
    pages = [shared_page(("hello to all", 1), draw, parts) for _ in range(2)]
    forget_all()
    pages.append(shared_page(("hello to all", 1), draw, parts))
    assert (pages, drawn) == (["Hello An!", "Hello Bình!", "Hello Chi!"], [1])
    shared_page(("hello to all", 2), draw, {"name": lambda: "Dung"})
    assert drawn == [1, 1]


def test_holes_are_filled_anew_for_every_reader(at_request):
    readers = iter(["An", "Bình"])
    parts = {"name": lambda: next(readers)}
    pages = [
        kept_page(("hello",), lambda: render_template_string("Hello {{ hole('name') }}!"), parts)
        for _reader in range(2)
    ]
    assert pages == ["Hello An!", "Hello Bình!"]


def test_a_kept_part_is_drawn_once_for_a_state_with_each_readers_own_token(at_request, monkeypatch):
    drawn, found = [], []
    for state, token in (("a", "token-1"), ("a", "token-2"), ("b", "token-3")):

        def draw(state=state, token=token):
            drawn.append(state)
            return f"{state} {token}"

        monkeypatch.setattr(kept_pages, "generate_csrf", lambda token=token: token)
        found.append(kept_part((state,), draw))
    assert (found, drawn) == (["a token-1", "a token-2", "b token-3"], ["a", "b"])


def test_texts_of_a_kept_part_are_each_readers_own_and_escaped(at_request):
    drawn, readers = [], ["An", "<b>Bình</b>"]

    def draw(*, name):
        drawn.append(name)
        return f"Hello {name}!"

    found = [kept_part(("hello",), draw, {"name": reader}) for reader in readers]
    assert found == ["Hello An!", "Hello &lt;b&gt;Bình&lt;/b&gt;!"]
    assert len(drawn) == 1


def test_the_form_of_a_class_is_drawn_once_and_names_each_of_its_readers(sign_in, monkeypatch):
    run, accounts = a_run(), [a_registrant(), a_registrant(), a_registrant(consents=False)]
    drawn = []
    template = "registration/_run_register.html"
    monkeypatch.setattr(
        run_page,
        "render_template",
        lambda name, **given: drawn.append(name) or render_template(name, **given),
    )
    texts = [words(sign_in(account).get(f"/runs/{run.code}?lang=en")) for account in accounts]
    for account, text in zip(accounts, texts, strict=True):
        assert f"You register as {account.display_name} , {account.email}" in text
        assert sum(other.email in text for other in accounts) == 1
    assert drawn.count(template) == 2
    assert [("You have to agree" in text or "I agree" in text) for text in texts] == [0, 0, 1]


def test_what_is_kept_of_lists_can_be_changed_by_whoever_is_given_it(at_request):
    kept("a list", list).append("mine")
    assert kept("a list", list) == []


def test_a_page_for_all_cannot_ask_who_reads_it(at_request):
    with pytest.raises(UndefinedError, match="drawn for all its readers"):
        page_with_parts(lambda: render_template_string("{{ current_account.email }}"), {})


def test_a_taken_place_shows_at_once_in_the_catalogue_and_on_the_runs_page(client):
    run, first, second = a_run(seats=2), a_registrant(), a_registrant()
    pages = ["/courses/?lang=en", f"/runs/{run.code}?lang=en"]
    for account, left in ((first, "1 place left"), (second, "2/2 places Full")):
        before = [words(client.get(page)) for page in pages]
        register(account, run)
        after = [words(client.get(page)) for page in pages]
        assert all(left not in page for page in before)
        assert all(left in page for page in after)
    withdraw(first, run)
    assert all("1 place left" in words(client.get(page)) for page in pages)


def test_a_moved_session_a_cancelled_run_and_a_new_title_show_at_once(client):
    run, address = a_run(code="X-1"), "/runs/X-1?lang=en"
    assert "9:00 – 13:00" in words(client.get(address))
    slot = Slot(starts_at=NOW + timedelta(days=20), ends_at=NOW + timedelta(days=20, hours=2))
    move_session(run.sessions[0], slot, by=None, now=NOW)
    assert "9:00 – 11:00" in words(client.get(address))
    cancel_run(run, reason="Mưa lũ", by=None, now=NOW)
    assert "Reason: Mưa lũ" in words(client.get(address))


def test_the_passing_of_a_deadline_shows_at_once(client, present):
    a_run(code="X-1", registration_closes_at=NOW + timedelta(seconds=5))
    assert "Sign in and register" in words(client.get("/runs/X-1?lang=en"))
    present[0] = NOW + timedelta(seconds=5)
    assert "Registration for this class has closed" in words(client.get("/runs/X-1?lang=en"))


def test_each_reader_gets_the_own_name_token_and_registration(client, sign_in):
    run = a_run(trainers=[trainer := a_person(full_name="Cao Thầy")], online_link="https://x.vn/1")
    an, binh = (a_registrant(person=a_person(full_name=name)) for name in ("Lê An", "Võ Bình"))
    teacher = an_account(RoleName.TRAINER, person=trainer)
    register(an, run)
    browsers = [client, *map(sign_in, (an, binh, teacher))]
    for _twice in range(2):
        stranger, first, second, third = (
            browser.get(f"/runs/{run.code}?lang=en").text for browser in browsers
        )
        assert [page.count("Lê An") > 0 for page in (stranger, first, second, third)] == [
            False, True, False, False,
        ]  # fmt: skip
        assert [page.count("Võ Bình") > 0 for page in (stranger, first, second, third)] == [
            False, False, True, False,
        ]  # fmt: skip
        assert "Your registration" in first
        assert "Take a place" in second
        assert "Attendance</a>" in re.sub(r" <svg.*?</svg>", "", third)
        assert ["https://x.vn/1" in page for page in (stranger, first, second, third)] == [
            False, True, False, True,
        ]  # fmt: skip
        assert "csrf_token" not in stranger


def test_no_text_is_taken_for_the_place_of_the_token(client, sign_in, monkeypatch, app):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    person = a_person(full_name="put-the-token-here")
    page = sign_in(an_account(person=person)).get("/me/account").text
    assert "put-the-token-here" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    assert page.count(token) == page.count(f'name="csrf_token" value="{token}"')
    assert re.fullmatch("[0-9a-f]{32}", chrome._CSRF_MARK)
    assert chrome._CSRF_MARK not in page


def test_a_message_is_said_once_and_to_nobody_else(client, sign_in):
    run = a_run()
    browser = sign_in(a_registrant())
    browser.post(f"/runs/{run.code}/registration?lang=en", data={"comes_for": "individual"})
    pages = [words(b.get(f"/runs/{run.code}?lang=en")) for b in (client, browser, browser)]
    assert ["You have a place." in page for page in pages] == [False, True, False]


def test_a_draft_that_its_trainer_saw_stays_hidden_from_others(client, sign_in):
    run = a_run(trainers=[trainer := a_person()], state=RunState.DRAFT, published_at=None)
    teacher = sign_in(an_account(RoleName.TRAINER, person=trainer))
    assert teacher.get(f"/runs/{run.code}").status_code == 200
    assert client.get(f"/runs/{run.code}").status_code == 404


def test_a_changed_article_and_another_language_show_at_once(client, tmp_path):
    content = ContentFolder(tmp_path)
    content.write("cases/a.md", title={"vi": "Tựa cũ", "en": "Old title"})
    sync_knowledge(tmp_path, now=NOW)
    assert "Tựa cũ" in client.get("/knowledge/a").text
    content.write("cases/a.md", title={"vi": "Tựa mới", "en": "New title"})
    sync_knowledge(tmp_path, now=NOW + timedelta(days=1))
    assert "Tựa mới" in client.get("/knowledge/a").text
    assert "New title" in client.get("/knowledge/a?lang=en").text
