"""``flask --app club outbox send`` and ``flask --app club jobs run``."""

import click
from flask import current_app
from flask.cli import AppGroup

from club import clock
from club.config import Settings
from club.outbox.delivery import send_due_letters
from club.outbox.worker import CHORES, Worker

outbox = AppGroup("outbox", help="Letters that wait to be sent.")
jobs = AppGroup("jobs", help="What is done beside answering requests.")


@outbox.command("send")
def send() -> None:
    """Send the letters that are due, once."""
    came_to = send_due_letters(now=clock.now)
    click.echo(f"{came_to.sent} sent, {came_to.later} to be tried again, {came_to.failed} failed")


@jobs.command("run")
@click.option("--once", is_flag=True, help="One round of everything, then end.")
def run(*, once: bool) -> None:
    """Send letters every few seconds and sweep every hour, until told to stop."""
    settings: Settings = current_app.extensions["club.settings"]
    worker = Worker(CHORES)
    if once:
        worker.one_round()
        return
    worker.stop_on_signals()
    worker.run(settings.var / "jobs.lock")


COMMANDS = [outbox, jobs]
