"""Who computes holds the turn; who waits for a line lets others go on."""

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
