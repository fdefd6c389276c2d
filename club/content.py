"""`flask --app club content sync`: brings the files of `content/` into the database."""

import click
from flask.cli import AppGroup

from club import clock
from club.config import ROOT
from club.courses.importing import sync_courses
from club.identity.importing import sync_club
from club.knowledge.topic_importing import sync_topics
from club.units.importing import sync_units

CONTENT = ROOT / "content"

#: In this order: later ones refer to earlier ones.
STEPS = (
    ("units", sync_units),
    ("club", sync_club),
    ("topics", sync_topics),
    ("courses", sync_courses),
)

content = AppGroup("content", help="The texts and reference data that live in files.")


@content.command("sync")
def sync() -> None:
    """Add and mend what the files say; harmless to repeat."""
    for name, step in STEPS:
        done = step(CONTENT, now=clock.now())
        click.echo(
            f"{name:10} {done.added:4} added {done.changed:4} changed {done.unchanged:4} as before"
        )
