import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.db import db
from club.documents.pdf import PdfError
from club.outbox.commands import outbox
from club.outbox.models import Letter, LetterState
from club.outbox.operations import write_letter
from club.outbox.worker import CHORES, Chore, Worker
from club.records.certificates.rules import Refusal
from club.refusal import RefusedError
from tests.support.factories import NOW


def a_due_letter():
    return write_letter(
        kind="test.kind",
        event_key="test:1",
        person_id=None,
        recipient="an@example.vn",
        language="vi",
        subject="5S",
        body_text="Chào chị.\n",
        now=NOW,
    )


def test_one_round_sends_what_is_due():
    a_due_letter()
    Worker(CHORES).one_round()
    assert db.session.scalars(select(Letter.state)).all() == [LetterState.SENT]


def test_the_command_says_what_became_of_the_letters(app):
    a_due_letter()
    result = app.test_cli_runner().invoke(outbox, ["send"])
    assert result.output == "1 sent, 0 to be tried again, 0 failed\n"


def test_a_chore_is_done_again_only_when_its_time_has_come(monkeypatch):
    done, now = [], [NOW]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    worker = Worker([Chore("x", timedelta(hours=1), lambda at, _stopped: done.append(at))])
    for minutes in (0, 30, 59, 60, 61, 120):
        now[0] = NOW + timedelta(minutes=minutes)
        worker.one_round()
    assert [(at - NOW) // timedelta(minutes=1) for at in done] == [0, 60, 120]


@pytest.mark.parametrize(
    "fault", [ValueError("broken"), RefusedError(Refusal.KEY_MISSING), PdfError("no font")]
)
def test_a_chore_that_breaks_down_does_not_stop_the_others(fault):
    done = []

    def break_down(_at, _stopped):
        raise fault

    worker = Worker(
        [
            Chore("bad", timedelta(0), break_down),
            Chore("good", timedelta(0), lambda at, _stopped: done.append(at)),
        ]
    )
    worker.one_round()
    assert len(done) == 1


def test_the_second_worker_stands_by(app, tmp_path):
    working, ended = [], threading.Event()

    def start(name):
        worker = Worker([Chore("x", timedelta(0), lambda _at, _stopped: working.append(name))])

        def run():
            with app.app_context():
                worker.run(tmp_path / "lock")

        thread = threading.Thread(target=run)
        thread.start()
        return worker, thread

    first, first_thread = start("first")
    while not working:
        ended.wait(0.01)
    second, second_thread = start("second")
    ended.wait(0.3)
    for worker, thread in ((second, second_thread), (first, first_thread)):
        worker.stop()
        thread.join(5)
        assert not thread.is_alive()
    assert set(working) == {"first"}
