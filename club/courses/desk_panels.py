"""What rooms above show on the coordinator's page of a run. They give theirs in
``rooms.RUN_PANELS``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app

from club.courses.models import Run


@dataclass(frozen=True)
class RunPanel:
    """A part of the page: ``template`` is included and finds ``context`` as ``panel.context``."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


#: ``None`` where there is nothing to show.
RunPanelSource = Callable[[Run, datetime], RunPanel | None]


def run_panels(run: Run, *, now: datetime) -> list[RunPanel]:
    sources: list[RunPanelSource] = current_app.extensions["club.run_panels"]
    return [panel for source in sources if (panel := source(run, now)) is not None]
