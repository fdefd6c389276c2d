"""What a question to the dashboard is answered with, on the page and in the weekly letter."""

from dataclasses import dataclass
from datetime import datetime

from club import clock
from club.plan.models import TargetKind
from club.plan.queries import TargetStanding, target_standings
from club.statistics.classes import closed_classes
from club.statistics.dashboard.asking import Asked
from club.statistics.dashboard.charts import Chart, ChartKey, charts_of
from club.statistics.dashboard.figures import Overview, overview_of
from club.statistics.quality.findings import findings
from club.statistics.quality.rules import Finding
from club.web.layout import Labels


@dataclass(frozen=True)
class Answer:
    asked: Asked
    overview: Overview
    charts: dict[ChartKey, Chart]
    #: What may be wrong with the figures.
    findings: list[Finding]
    #: The plan's targets that the club counts itself, as they stand at the period's end or today.
    targets: list[TargetStanding]


def answer(asked: Asked, labels: Labels, *, now: datetime) -> Answer:
    """In the language of the moment."""
    classes = closed_classes(asked.period)
    overview = overview_of(asked.period, classes, labels, now=now)
    standings = target_standings(on=min(asked.period.last, clock.local_day(now)))
    return Answer(
        asked,
        overview,
        charts_of(overview, labels),
        findings(asked.period, classes, now=now),
        [standing for standing in standings if standing.kind is TargetKind.COUNTED],
    )
