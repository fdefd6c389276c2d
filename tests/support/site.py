"""The site as people start it, in processes of its own, with a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[2]


class RunningSite:
    """``python -m club.serving`` over an empty or a demo club; killed with all it started."""

    def __init__(self, var: Path, *, demo: bool = False, **settings: str) -> None:
        self.var = var
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
        self.environment = {
            **inherited,
            "PORT": str(self.port),
            "VAR": str(var),
            "DEMO": "1" if demo else "0",
            "LOG_LEVEL": "WARNING",
            # A journey at night waits for its letters, too.
            "QUIET_HOURS": "",
            **settings,
        }
        self.process: subprocess.Popen | None = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, *, patience: float = 90):
        self.var.mkdir(parents=True, exist_ok=True)
        said = len(self.output())
        with (self.var / "output").open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "club.serving"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + patience
        while not (self.answers() and "Ctrl-C" in self.output()[said:]):
            ended = self.process.poll()
            if ended is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the site did not start ({ended}):\n{self.output()[said:]}")
            time.sleep(0.05)
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def output(self) -> str:
        path = self.var / "output"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> int:
        """As Ctrl-C does; returns the exit status."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.kill()

    def kill(self) -> None:
        """As a power cut does: everything at once, nothing tidied up."""
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def command(self, *words: str) -> subprocess.CompletedProcess:
        """``flask --app club …`` on the same database."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "club", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
