"""Many people at the same moment: threads of two processes, let go by one barrier."""

import multiprocessing
import queue
import threading
from datetime import timedelta

from club.db import db
from tests.support.factories import NOW

_SPAWN = multiprocessing.get_context("spawn")


def at_once(app, verbs, *, processes=2):
    """Run ``(operation, arguments)`` pairs at once; returns what each came to. An operation of
    registration goes by its name; of any other, which is given itself, only ``done`` comes back.

    The moment each gives as its ``now`` rises with its place in the list, so that nothing
    but the order of the locks can decide about the order of arrival.
    """
    db.session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    barrier, answers = _SPAWN.Barrier(len(verbs)), _SPAWN.Queue()
    numbered = list(enumerate(verbs))
    workers = [
        _SPAWN.Process(target=_process, args=(url, numbered[n::processes], barrier, answers))
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    came_to = dict(_next(answers, workers) for _ in verbs)
    for worker in workers:
        worker.join(30)
    return [came_to[n] for n in range(len(verbs))]


def _next(answers, workers):
    while True:
        try:
            return answers.get(timeout=1)
        except queue.Empty:
            assert not any(worker.exitcode for worker in workers), "a process broke down"


def app_over(url):
    """The club in a process of its own, over the database of a test."""
    from club.app import create_app
    from club.config import settings_from

    settings = settings_from(
        {
            "DATABASE_URL": url,
            "SECRET_KEY": "only-for-tests",
            "PUBLIC_URL": "http://localhost",
            "LOG_LEVEL": "ERROR",
            "DEMO": "0",
        }
    )
    return create_app(settings, TESTING=True, SQLALCHEMY_ENGINE_OPTIONS={})


def _process(url, verbs, barrier, answers):
    app = app_over(url)
    threads = [
        threading.Thread(target=_act, args=(app, number, verb, barrier, answers))
        for number, verb in verbs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _called(name):
    from club.registration import accepting, moving, offer_round, operations
    from club.registration.changes import operations as changes
    from club.registration.nominations import operations as nominations
    from club.registration.nominations import substituting

    rooms = (operations, accepting, offer_round, moving, changes, nominations, substituting)
    return next(getattr(room, name) for room in rooms if hasattr(room, name))


def _act(app, number, verb, barrier, answers):
    from club.refusal import RefusedError

    verb, given = verb
    goes_by_name = isinstance(verb, str)
    verb = _called(verb) if goes_by_name else verb
    with app.app_context():
        db.session.connection()  # connecting is no part of the race
        db.session.rollback()
        barrier.wait(timeout=60)
        try:
            answer = verb(**given, now=NOW + timedelta(seconds=number))
            answer = answer if goes_by_name else "done"
        except RefusedError as refused:
            answer = f"refused: {refused.refusal}"
        except Exception as error:  # noqa: BLE001  the test says which ones came
            answer = f"failed: {error!r}"
        answers.put((number, answer))
