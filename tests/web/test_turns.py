"""Who computes holds the turn; who waits for a line lets others go on."""

import io
import threading
from contextlib import suppress

import pytest

from club.db import db, transaction
from club.web import turns
from club.web.turns import letting_others_go_on, taking_turns


def in_another_thread(work):
    """``work`` in a thread of its own; returns once it is done or has waited for a second."""
    done = threading.Event()

    def run():
        work()
        done.set()

    threading.Thread(target=run, daemon=True).start()
    return done.wait(1)


def call(site):
    return site({}, lambda *_given: None)


def a_page(_environ, _start_response):
    return [b"page"]


@pytest.mark.slow
def test_one_page_is_made_at_a_time():
    others = []

    def first(_environ, _start_response):
        others.append(in_another_thread(lambda: call(taking_turns(a_page))))
        return [b""]

    call(taking_turns(first))
    assert others == [False]
    assert in_another_thread(lambda: call(taking_turns(a_page)))


def test_while_an_answer_is_taken_others_are_made():
    body = call(taking_turns(lambda _environ, _start: iter([b"a", b"b"])))
    assert next(body) == b"a"
    assert in_another_thread(lambda: call(taking_turns(a_page)))


def test_who_waits_for_a_line_gives_up_the_turn_and_takes_it_again(app):
    others = []

    def upload(_environ, _start_response):
        with app.app_context():
            with letting_others_go_on():
                others.append(in_another_thread(lambda: call(taking_turns(a_page))))
            others.append(turns._TURN.locked())
        return [b""]

    call(taking_turns(upload))
    assert others == [True, True]
    assert not turns._TURN.locked()


class SlowBody(io.BytesIO):
    """Comes three bytes at a time, and notes whether anybody had to wait for it."""

    kept_waiting = False

    def read(self, size=-1):
        self.kept_waiting |= turns._TURN.locked()
        return super().read(min(size, 3))


def a_post(body, *, announced=None):
    length = str(len(body.getvalue()) if announced is None else announced)
    return {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length, "wsgi.input": body}


def the_body(environ, _start_response):
    return [environ["wsgi.input"].read()]


def test_a_form_is_read_before_it_is_its_turn():
    body = SlowBody(b"name=Lan&class=5S")
    assert taking_turns(the_body)(a_post(body), None) == [b"name=Lan&class=5S"]
    assert not body.kept_waiting


def test_a_form_that_breaks_off_is_as_short_as_it_came():
    assert taking_turns(the_body)(a_post(SlowBody(b"name"), announced=100), None) == [b"name"]


@pytest.mark.parametrize("announced", [turns.LARGEST_FORM + 1, "", "-5", "x"])
def test_what_is_no_form_is_left_to_the_page(announced):
    environ = a_post(io.BytesIO(b"abc"), announced=announced)
    taking_turns(a_page)(environ, None)
    assert environ["wsgi.input"].read() == b"abc"


def test_a_page_that_breaks_down_gives_up_its_turn():
    def broken(_environ, _start_response):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        call(taking_turns(broken))
    assert not turns._TURN.locked()


def test_without_a_turn_nothing_is_given_up(app):
    with letting_others_go_on():
        assert not turns._TURN.locked()
    assert not turns._TURN.locked()


def test_nobody_holds_a_snapshot_of_the_database_meanwhile(app):
    from sqlalchemy import text

    db.session.execute(text("SELECT 1"))
    assert db.session().in_transaction()
    with letting_others_go_on():
        assert not db.session().in_transaction()


def test_a_transaction_that_writes_is_left_alone(app):
    with suppress(RuntimeError), transaction() as session, letting_others_go_on():
        assert session.in_transaction()
