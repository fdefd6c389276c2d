"""The processes of a running site: two that answer pages, one that does the jobs.

None of them outlives the one that started it, however that one ended: a left-over server
would hold the port, a left-over worker would go on sending letters.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from multiprocessing.synchronize import Semaphore
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

_PR_SET_PDEATHSIG = 1
_PAGES = 2
#: So many files may come or go at once in each process; see ``club.web.turns``.
_LINES = 16


def serve_pages(host: str, port: int, *, when_ready: Callable[[], None]) -> None:
    """Answer pages until SIGINT or SIGTERM, one at a time in each process."""
    server = Server(
        "club.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_PAGES,
        blocking_threads=_LINES,
        backlog=2048,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    logging.getLogger("_granian").addFilter(_is_news)
    loaded = multiprocessing.Semaphore(0)
    waiting = threading.Thread(target=_tell, args=(host, port, loaded, when_ready), daemon=True)
    server.on_startup(waiting.start)
    server.serve(target_loader=partial(_load_pages, os.getpid(), loaded), wrap_loader=False)


def _is_news(record: logging.LogRecord) -> bool:
    """All but the advice to have no more threads than processors can use: most of ours wait."""
    return "Python threads" not in record.getMessage()


def _load_pages(parent: int, loaded: Semaphore) -> Any:
    """In the new process: the site, loaded after the process is tied to its parent."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Until the server sets its own, the parent's would swallow them.
        signal.signal(number, signal.SIG_DFL)
    if tie_to(parent):
        # Ctrl-C in a terminal goes to the whole group; the parent alone decides the end.
        os.setpgid(0, 0)
    from club.wsgi import app  # noqa: PLC0415  each process has a site of its own

    loaded.release()
    return app


def _tell(host: str, port: int, loaded: Semaphore, when_ready: Callable[[], None]) -> None:
    # The processes of the pages are forked while this thread runs: whatever lock it held at that
    # moment, such as an import's, would stay locked in them for ever. So it only waits till then.
    for _process in range(_PAGES):
        loaded.acquire()
    for _attempt in range(600):
        with suppress(OSError, HTTPException):
            connection = HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            connection.close()
            if answer.status < 500:
                when_ready()
                return
        time.sleep(0.05)


class JobsProcess:
    """``flask --app club jobs run`` beside the pages; started again should it fail."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._wanted.set()
        self._watcher.start()

    def stop(self) -> None:
        self._wanted.clear()
        process = self._process
        if process is None:
            return
        for _second in range(10):
            process.terminate()  # again, since one that comes while it starts is lost
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
                return
        process.kill()

    def _watch(self) -> None:
        parent = os.getpid()
        while self._wanted.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "club", "jobs", "run"],
                start_new_session=True,
                preexec_fn=lambda: tie_to(parent),  # noqa: PLW1509  before any lock is taken
            )
            self._process.wait()
            if self._wanted.is_set():
                time.sleep(5)


def tie_to(parent: int) -> bool:
    """End this process when its parent does, where the system can do that (Linux)."""
    if not sys.platform.startswith("linux"):
        return False
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    return True
