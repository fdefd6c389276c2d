"""Starts everything that the club's site is: ``python -m club.serving``, or ``make run``.

The database is brought up to date, the reference data is read, an empty database gets its
demo club or its first administrator; then the jobs and the web server run until Ctrl-C.
"""

import gc

# Loading makes objects that stay: a collector that looks through them all again and again costs
# a fifth of the start. What is loaded is then set aside for good, also in the pages' processes.
gc.disable()

import os
import socket
import subprocess
import sys
from getpass import getpass

from flask import Flask
from flask.cli import ScriptInfo

from club import clock
from club.certification.awards.timelines import mend_spans
from club.cli import create_app
from club.config import ROOT, Settings, settings_from
from club.demo.accounts import ACCOUNTS, PASSWORD
from club.demo.queries import is_demo
from club.processes import JobsProcess, serve_pages
from club.upkeep import operations, queries, readiness, starting

gc.freeze()
gc.enable()


def main() -> int:
    settings = settings_from()
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if is_taken(host, port):
        say(
            f"Cổng {port} đang có chương trình khác dùng. Thử: PORT={port + 1} make run",
            f"Port {port} is in use by another program. Try: PORT={port + 1} make run",
        )
        return 1
    app = create_app(settings)
    with app.app_context():
        prepare(app, settings)
        shows_demo = is_demo()
        operations.let_go()
    jobs = JobsProcess()

    def when_ready() -> None:
        welcome(f"http://{host}:{port}", shows_demo=shows_demo)
        jobs.start()

    try:
        serve_pages(host, port, when_ready=when_ready)
    finally:
        jobs.stop()
    say("Đã dừng.", "Stopped.")
    return 0


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def prepare(app: Flask, settings: Settings) -> None:
    """Everything that must be true before the first page is shown."""
    if readiness.pending_migrations():
        say("Đang chuẩn bị cơ sở dữ liệu…", "Preparing the database…")
        command(app, "db", "upgrade")
        # The register is read from them, and should not stand empty until the worker comes by.
        mend_spans()
    fingerprint = starting.content_fingerprint()
    known = queries.remembered("content")
    if known is None or known.value != fingerprint:
        say("Đang nạp nội dung…", "Reading the content…")
        command(app, "content", "sync")
        operations.remember("content", fingerprint, now=clock.now())
    if not queries.has_accounts():
        fill(app, settings)


def fill(app: Flask, settings: Settings) -> None:
    """What an empty club begins with."""
    if settings.demo and not settings.production:
        say("Đang tạo câu lạc bộ minh họa…", "Making the demo club…")
        # In a process of its own: it stores files, and the store's threads survive no fork.
        load = [sys.executable, "-m", "flask", "--app", "club", "demo", "load"]
        subprocess.run(load, check=True, cwd=ROOT)  # noqa: S603  our own words
    else:
        ask_for_administrator(app)


def command(app: Flask, *words: str) -> None:
    """A command of ``flask --app club``, in this process."""
    script = ScriptInfo(create_app=lambda: app)
    app.cli.main(args=list(words), prog_name="flask", standalone_mode=False, obj=script)


def ask_for_administrator(app: Flask) -> None:
    """An empty club needs somebody who can let the others in."""
    if not sys.stdin.isatty():
        say(
            "Câu lạc bộ còn trống. Tạo người quản trị đầu tiên bằng lệnh:",
            "The club is empty. Make its first administrator with:",
        )
        sys.stdout.write(
            "  .venv/bin/flask --app club account create --role administrator"
            " --email … --name … --password …\n"
        )
        return
    say("Câu lạc bộ còn trống: ai là người quản trị?", "The club is empty: who administers it?")
    name = asked("Họ và tên / Full name")
    email = asked("E-mail")
    password = getpass("Mật khẩu / Password: ")
    create = ("account", "create", "--role", "administrator")
    command(app, *create, "--email", email, "--name", name, "--password", password)


def asked(question: str) -> str:
    answer = ""
    while not answer:
        sys.stdout.write(f"{question}: ")
        sys.stdout.flush()
        answer = sys.stdin.readline().strip()
    return answer


def welcome(address: str, *, shows_demo: bool) -> None:
    say(
        f"Trang đang chạy tại {address} (dừng bằng Ctrl-C)",
        f"The site is running at {address} (Ctrl-C stops it)",
    )
    if shows_demo:
        say(f"Tài khoản minh họa, mật khẩu {PASSWORD}:", f"Demo accounts, password {PASSWORD}:")
        for account in ACCOUNTS:
            sys.stdout.write(f"  {account.email:28} {', '.join(account.roles)}\n")
        sys.stdout.flush()


def say(vietnamese: str, english: str) -> None:
    sys.stdout.write(f"{vietnamese}\n{english}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
