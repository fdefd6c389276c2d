"""`make bench`: the figures of the performance page, measured in this run.

Page costs are ratios to one bare request: processor time of the server's process tree for the
page, divided by that of a Flask page which does nothing, on the same server, in turn. Times
in milliseconds are of this machine and are shown for their order only. Nothing here fails.
"""

import argparse
import json
import shutil
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from itertools import product
from pathlib import Path

from sqlalchemy import event, func, select

from benchmarks import measuring, preparing, searching
from benchmarks.measuring import Request, Server
from club import clock
from club.db import db
from club.demo.loading import Size
from club.periods import Cut, named_period
from club.registration.models import Registration, RegistrationState
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts

LATEST = Path(__file__).parent / "latest.json"
_CLIENTS = 20
_PEOPLE_EACH = 3
_SEATS = 50


@dataclass(frozen=True)
class Figure:
    what: str
    value: float
    unit: str
    #: The most it may be at first, and the goal.
    first: float | None = None
    goal: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--marks", type=int, default=100_000)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="club-bench-"))
    try:
        figures = measured(folder, asked)
    finally:
        shutil.rmtree(folder)
    LATEST.write_text(
        json.dumps(
            {
                "measured_at": clock.local(clock.now()).isoformat(timespec="seconds"),
                "documents": asked.documents,
                "marks": asked.marks,
                "figures": [asdict(figure) for figure in figures],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    for figure in figures:
        limit = " ".join(
            f"{name} {bound:g}"
            for name, bound in (("first", figure.first), ("goal", figure.goal))
            if bound is not None
        )
        print(f"{figure.what:52} {figure.value:10.1f} {figure.unit:18} {limit}")


def measured(folder: Path, asked: argparse.Namespace) -> list[Figure]:
    app = preparing.prepared(folder, size=Size(people=3000, runs=500, marks=asked.marks))
    env = preparing.environment(folder)
    with app.app_context():
        member = preparing.first_account("hoivien@club.example")
        cookie, _token = preparing.cookie_of(app, member)
        feed = preparing.personal_feed(member)
        runs = preparing.runs_for_registering(40, seats=_SEATS)
        db.session.rollback()
    with (
        measuring.serving("benchmarks.bare:app", workers=1, env={}) as bare,
        measuring.serving("club.wsgi:app", workers=1, env=env) as site,
    ):
        figures = pages(bare, site, cookie=cookie, run=runs[0], feed=feed, rounds=asked.rounds)
        figures.append(Figure("memory of a worker", site.memory_of_largest(), "MB", 180, 120))
    with app.app_context():
        figures += statements(app, cookie, runs[0])
        figures += tables(asked.marks)
        db.session.rollback()
    with measuring.serving("club.wsgi:app", workers=2, env=env) as site, app.app_context():
        figures += registrations(app, site, runs)
    with app.app_context():
        searching.fill(asked.documents)
        figures += searches(asked.documents)
    return figures


def pages(
    bare: Server, site: Server, *, cookie: str, run: str, feed: str, rounds: int
) -> list[Figure]:
    public, own = _etag(site, "/calendar.ics"), _etag(site, feed)
    rows = [
        ("list page, signed in", Request("/courses/", {"Cookie": cookie}), 20, 8),
        ("list page, signed out", Request("/courses/", {}), 15, 5),
        ("run page, signed out", Request(f"/runs/{run}", {}), 20, 8),
        ("run page, signed in", Request(f"/runs/{run}", {"Cookie": cookie}), 20, 8),
        ("article page, signed out", Request("/knowledge/winners-vina", {}), 20, 8),
        ("public feed, whole", Request("/calendar.ics", {}), 150, 20),
        ("public feed, unchanged", Request("/calendar.ics", {"If-None-Match": public}, 304), 5, 3),
        ("personal feed, whole", Request(feed, {}), None, None),
        ("personal feed, unchanged", Request(feed, {"If-None-Match": own}, 304), 5, 3),
    ]
    return [
        Figure(
            what, measuring.ratio(bare, site, request, rounds=rounds, count=120), "bare requests",
            first, goal,
        )
        for what, request, first, goal in rows
    ]  # fmt: skip


def _etag(site: Server, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", site.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("ETag", "")


def statements(app, cookie: str, run: str) -> list[Figure]:
    seen: list[str] = []

    def record(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", record)
    found = []
    readers = (("signed in", {"Cookie": cookie}), ("signed out", {}))
    addresses = (("list page", "/courses/"), ("run page", f"/runs/{run}"))
    for (what, path), (who, headers) in product(addresses, readers):
        client = app.test_client()
        seen.clear()
        client.get(path, headers=headers | {"Host": "127.0.0.1"})
        found.append(Figure(f"statements, {what}, {who}", len(seen), "statements", 10, 5))
    event.remove(db.engine, "before_cursor_execute", record)
    return found


def tables(marks: int) -> list[Figure]:
    period, now = named_period(str(clock.today().year), Cut.REPORT), clock.now()
    by = (Dimension.AUDIENCE, Dimension.TOPIC)
    taken = measuring.timed(lambda: trainee_counts(period, by=by, as_of=now), rounds=7)
    return [Figure(f"table of two dimensions, {marks:,} marks", taken[3], "ms", 300, 20)]


def searches(documents: int) -> list[Figure]:
    found = searching.summary(searching.timed(rounds=5))
    return [
        Figure(f"search, {documents:,} documents, median", found["median"], "ms", 30, 15),
        Figure(f"search, {documents:,} documents, 95 of 100", found["95 of 100"], "ms", 50, None),
    ]


def registrations(app, site: Server, runs: list[str]) -> list[Figure]:
    """Twenty clients at once for the places of many runs; nobody may be sold a place twice."""
    accounts = preparing.registering_accounts(_CLIENTS * _PEOPLE_EACH)
    browsers = [preparing.cookie_of(app, account) for account in accounts]
    db.session.rollback()
    barrier = threading.Barrier(_CLIENTS + 1)
    failed: list[int] = []

    def register(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
        barrier.wait()
        for run, (cookie, token) in product(runs, browsers[number::_CLIENTS]):
            connection.request(
                "POST", f"/runs/{run}/registration", f"csrf_token={token}&comes_for=individual",
                {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
            )  # fmt: skip
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                failed.append(answer.status)

    threads = [threading.Thread(target=register, args=(n,)) for n in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    barrier.wait()
    begin = time.perf_counter()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - begin
    people = [account.person_id for account in accounts]
    stored = select(func.count()).where(Registration.person_id.in_(people))
    confirmed = (
        select(Registration.run_id)
        .where(
            Registration.state == RegistrationState.CONFIRMED, Registration.person_id.in_(people)
        )
        .group_by(Registration.run_id)
        .having(func.count() != _SEATS)
    )
    rate = db.session.execute(stored).scalar_one() / taken
    wrong = len(db.session.execute(confirmed).all())
    return [
        Figure("registrations, 20 clients, 50 places, 2 processes", rate, "a second", 300, 1000),
        Figure("runs of these with other than 50 confirmed", wrong, "runs", 0, 0),
        Figure("requests of these that failed", len(failed), "requests", 0, 0),
    ]


if __name__ == "__main__":
    main()
