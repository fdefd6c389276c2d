"""`python -m benchmarks.crowding`: so many officials open the dashboard in the same moment.

Two processes answer, as on the site, which has shown the page before: templates are compiled once
for ever. The first wave finds processes that have just started, and nothing kept; those behind it
what the first left; the last one that nothing is left of it. Times in milliseconds are of this
machine, from the first official's opening of a connection to the last byte; the cost of a page is
processor time of the servers, and its ratio to a bare request.
"""

import argparse
import json
import selectors
import shutil
import socket
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import measuring, preparing
from benchmarks.measuring import Request, Server
from club import clock
from club.db import db
from club.demo.loading import Size
from club.web.cache import SECONDS

LATEST = Path(__file__).parent / "crowding.json"
_PAGE = "/office/dashboard"
_PATIENCE = 60
_PIECE = 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--officials", type=int, default=200)
    parser.add_argument("--waves", type=int, default=5)
    parser.add_argument("--marks", type=int, default=100_000)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="club-crowd-"))
    try:
        found = measured(folder, asked)
    finally:
        shutil.rmtree(folder)
    LATEST.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


def measured(folder: Path, asked: argparse.Namespace) -> dict[str, object]:
    app = preparing.prepared(folder, size=Size(people=3000, runs=500, marks=asked.marks))
    with app.app_context():
        cookie, _token = preparing.cookie_of(app, preparing.first_account("canbo@club.example"))
        db.session.rollback()
    request = Request(_PAGE, {"Cookie": cookie})
    env = preparing.environment(folder)
    with measuring.serving("club.wsgi:app", workers=1, env=env) as site:
        at_once(site, request, 1)
    shutil.rmtree(folder / "kept")
    with measuring.serving("club.wsgi:app", workers=2, env=env) as site:
        waves = [at_once(site, request, asked.officials) for _ in range(asked.waves + 1)]
        time.sleep(SECONDS + 1)
        anew = at_once(site, request, asked.officials)
        processor = measuring.cpu_per_request(site, request, 400)
    with (
        measuring.serving("benchmarks.bare:app", workers=1, env={}) as bare,
        measuring.serving("club.wsgi:app", workers=1, env=env) as site,
    ):
        ratio = measuring.ratio(bare, site, request, rounds=3, count=200)
    first, *later = (_percentile(wave, 95) for wave in waves)
    return {
        "measured_at": clock.local(clock.now()).isoformat(timespec="seconds"),
        "page": _PAGE,
        "officials": asked.officials,
        "marks": asked.marks,
        "processes": 2,
        "first wave, 95 of 100, ms": round(first, 1),
        "wave that finds nothing kept, 95 of 100, ms": round(_percentile(anew, 95), 1),
        "later waves, 95 of 100, ms": round(statistics.median(later), 1),
        "processor time of a kept page, ms": round(processor * 1000, 2),
        "kept page, bare requests": round(ratio, 1),
    }


def at_once(site: Server, request: Request, clients: int) -> list[float]:
    """Milliseconds until each had the whole page, sorted. One thread waits for all, and looks at
    the answers when the last has come: the processors are the servers'.
    """
    lines = [f"GET {request.path} HTTP/1.1", f"Host: 127.0.0.1:{site.port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    question = ("\r\n".join(lines) + "\r\n\r\n").encode()
    taken: list[float] = []
    answers: list[list[bytes]] = []
    with selectors.DefaultSelector() as waiting:
        begin = time.perf_counter()
        for _ in range(clients):
            connection = socket.create_connection(("127.0.0.1", site.port), timeout=_PATIENCE)
            connection.sendall(question)
            waiting.register(connection, selectors.EVENT_READ, answer := [])
            answers.append(answer)
        while waiting.get_map():
            for key, _ in waiting.select(_PATIENCE):
                if piece := key.fileobj.recv(_PIECE):
                    key.data.append(piece)
                else:
                    taken.append((time.perf_counter() - begin) * 1000)
                    waiting.unregister(key.fileobj)
                    key.fileobj.close()
    expected = f"HTTP/1.1 {request.expected} ".encode()
    failed = sum(not b"".join(answer).startswith(expected) for answer in answers)
    if failed:
        raise RuntimeError(f"{failed} of {clients} got no page")
    return sorted(taken)


def _percentile(values: list[float], percent: int) -> float:
    return values[-(-len(values) * percent // 100) - 1]


if __name__ == "__main__":
    main()
