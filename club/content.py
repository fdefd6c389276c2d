"""`flask --app club content sync`: brings the files of `content/` into the database."""

import click
from flask.cli import AppGroup

from club import clock
from club.certification.importing import sync_schemes
from club.certification.schemes.importing import sync_versions
from club.config import ROOT
from club.courses.importing import sync_courses
from club.files.content_error import ContentError
from club.files.synced import SyncedWithNews
from club.identity.importing import sync_club
from club.indicators.calculator_importing import sync_calculators
from club.indicators.importing import sync_indicators
from club.knowledge.evidence.problems import sync_problems
from club.knowledge.importing import sync_knowledge
from club.knowledge.library.importing import sync_documents
from club.knowledge.topic_importing import sync_topics
from club.plan.importing import sync_plan
from club.plan.items.importing import sync_items
from club.proofreading.checking import faults_in
from club.units.importing import sync_units

CONTENT = ROOT / "content"

#: In this order: later ones refer to earlier ones.
STEPS = (
    ("units", sync_units),
    ("club", sync_club),
    ("topics", sync_topics),
    ("courses", sync_courses),
    ("indicators", sync_indicators),
    ("calculators", sync_calculators),
    ("plan", sync_plan),
    ("schemes", sync_schemes),
    ("versions", sync_versions),
    ("documents", sync_documents),
    ("plan items", sync_items),
    ("knowledge", sync_knowledge),
    ("problems", sync_problems),
)

content = AppGroup("content", help="The texts and reference data that live in files.")


@content.command("sync")
def sync() -> None:
    """Add and mend what the files say; harmless to repeat."""
    for name, step in STEPS:
        try:
            done = step(CONTENT, now=clock.now())
        except ContentError as error:
            raise click.ClickException(f"nothing was brought in:\n{error}") from error
        click.echo(
            f"{name:11} {done.added:4} added {done.changed:4} changed {done.unchanged:4} as before"
        )
        if isinstance(done, SyncedWithNews):
            for line in done.told:
                click.echo(f"           {line}")


@content.command("check")
def check() -> None:
    """Tell what a careful reader would mark: spelling, dead links, sources, length."""
    if faults := faults_in(CONTENT):
        raise click.ClickException("\n".join(["the texts have faults:", *map(str, faults)]))
    click.echo("nothing to mark")
