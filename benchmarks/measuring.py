"""Starts servers and reads what their process trees cost, from the system's own accounting."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    expected: int = 200


@dataclass
class Server:
    process: subprocess.Popen
    port: int

    def cpu_seconds(self) -> float:
        """Time on a processor of the whole tree, in nanosecond steps."""
        return sum(_thread_times(pid) for pid in _tree(self.process.pid)) / 1e9

    def memory_of_largest(self) -> float:
        """Proportional share in MB of the process that holds most."""
        return max(_pss(pid) for pid in _tree(self.process.pid))


@contextmanager
def serving(target: str, *, workers: int, env: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", str(workers), "--blocking-threads", "1",
         "--log-level", "error", "--no-access-log", target],
        cwd=ROOT, env=os.environ | env, start_new_session=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield Server(process, port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(400):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


def cpu_per_request(server: Server, request: Request, count: int) -> float:
    """Seconds of processor time a request, over two kept-open connections."""
    before = server.cpu_seconds()
    threads = [
        threading.Thread(target=_ask, args=(server.port, request, count // 2)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (server.cpu_seconds() - before) / (count // 2 * 2)


def _ask(port: int, request: Request, count: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(count):
        connection.request("GET", request.path, headers=request.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != request.expected:
            raise RuntimeError(f"{request.path} answered {answer.status}")


def ratio(bare: Server, site: Server, request: Request, *, rounds: int, count: int) -> float:
    """Median over rounds of (cost of the page / cost of the bare page), measured in turn."""
    nothing = Request("/", {})
    cpu_per_request(site, request, 20)
    cpu_per_request(bare, nothing, 200)
    found = []
    for _ in range(rounds):
        yardstick = cpu_per_request(bare, nothing, 1500)
        found.append(cpu_per_request(site, request, count) / yardstick)
    return statistics.median(found)


def timed(work: Callable[[], object], *, rounds: int) -> list[float]:
    """Milliseconds each round took, sorted."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return sorted(taken)


def _tree(pid: int) -> list[int]:
    children = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += [int(child) for child in (task / "children").read_text().split()]
    return [pid, *[p for child in children for p in _tree(child)]]


def cpu_of(pid: int) -> float:
    """Seconds on a processor of one process."""
    return _thread_times(pid) / 1e9


def spent(worker: int | None) -> float:
    """Seconds on a processor so far, of this process and of the database's that works for it."""
    return time.process_time() + (cpu_of(worker) if worker else 0.0)


def _thread_times(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
