"""Neither the lock nor a listener learns from passwords and known addresses."""

import pytest

from club.db import db
from club.outbox.models import Letter
from club.web import even_answers
from tests.accounts.test_joining import PASSWORD, SIGN_UP, all_of, joined, link_in_last_letter
from tests.support.factories import an_account
from tests.support.work import work_within

NEW = PASSWORD + " mới"


@pytest.fixture
def hashed(app, monkeypatch):
    """What was hashed or compared, and whether that happened under the write lock."""
    seen = []
    security = app.extensions["club.security"]

    def watch(context, name):
        does = getattr(context, name)

        def watched(*given, **options):
            seen.append((name, bool(db.session().info.get("writing"))))
            return does(*given, **options)

        monkeypatch.setattr(context, name, watched)

    watch(security.pwd_context.context, "hash")
    watch(security.pwd_context.context, "verify")
    return seen


def test_no_password_is_hashed_under_the_write_lock(client, hashed):
    joined(client)
    assert hashed == [("hash", False), ("verify", False)]
    hashed.clear()
    present, new = {"password": PASSWORD}, {"new_password": NEW, "new_password_confirm": NEW}
    assert client.post("/me/account/password", data=present | new).location == "/me/account"
    assert sorted(hashed) == [("hash", False), ("verify", False)]
    hashed.clear()
    client.post("/reset", data={"email": "an@example.vn"})
    again = {"password": PASSWORD, "password_confirm": PASSWORD}
    assert client.post(link_in_last_letter(), data=again).status_code == 302
    assert hashed == [("hash", False)]


@pytest.mark.parametrize("wrong", ["ngắn", PASSWORD])
def test_what_was_prepared_decides_nothing(client, hashed, wrong):
    """A password that is refused, and one that is not the present one."""
    joined(client)
    new = {"new_password": wrong, "new_password_confirm": wrong}
    answer = client.post("/me/account/password", data={"password": NEW} | new)
    assert answer.status_code == 422


def test_links_in_letters_cost_nothing_to_make_and_to_read(client):
    joined(client)
    with work_within(0.5):
        for _ in range(5):
            client.post("/reset", data={"email": "an@example.vn"})


@pytest.mark.parametrize("address", ["/reset", "/confirm", "/register"])
def test_a_known_address_waits_for_the_beat_as_an_unknown_one_does(
    app, client, monkeypatch, address
):
    an_account(email="an@example.vn", password=PASSWORD)
    an_account(email="binh@example.vn", password=PASSWORD, confirmed_at=None)
    monkeypatch.setitem(app.config, "EVEN_ANSWER_SECONDS", even_answers.BEAT_SECONDS)
    waited = []
    monkeypatch.setattr(even_answers.time, "sleep", waited.append)
    for email in ("an@example.vn", "binh@example.vn", "ai@example.vn"):
        answer = client.post(address, data=SIGN_UP | {"email": email})
        assert answer.location == "/register/mailbox"
    assert len(all_of(Letter)) >= 1
    assert [0 < seconds <= even_answers.BEAT_SECONDS for seconds in waited] == [True] * 3


def test_the_answer_waits_for_the_next_beat(app, monkeypatch):
    monkeypatch.setitem(app.config, "EVEN_ANSWER_SECONDS", 0.3)
    waits = [round(even_answers.until_next_beat(elapsed), 6) for elapsed in (0, 0.1, 0.29, 0.35)]
    assert waits == [0.3, 0.2, 0.01, 0.25]
