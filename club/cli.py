"""The site with its commands and chores: ``flask --app club``. What answers pages needs neither."""

from click import Command
from flask import Flask

from club import app
from club.accounts.commands import account_commands
from club.chores import BEFORE_LETTERS, ROOM_CHORES
from club.config import Settings
from club.content import content
from club.demo.commands import demo
from club.outbox.commands import COMMANDS as OUTBOX_COMMANDS
from club.outbox.worker import CHORES
from club.records.certificates.commands import certificate_commands
from club.statistics.reports.commands import report_commands
from club.statistics.tallies.commands import figure_commands
from club.upkeep.commands import COMMANDS as UPKEEP_COMMANDS

COMMANDS: list[Command] = [
    account_commands, content, demo, certificate_commands, report_commands,
    figure_commands, *OUTBOX_COMMANDS, *UPKEEP_COMMANDS,
]  # fmt: skip
CHORES[:0] = BEFORE_LETTERS
CHORES += ROOM_CHORES


def create_app(settings: Settings | None = None, **overrides: object) -> Flask:
    site = app.create_app(settings, **overrides)
    for command in COMMANDS:
        site.cli.add_command(command)
    return site
