"""The panels of a person's own page. Rooms above give theirs in ``rooms.ME_PANELS``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import current_app


class PanelPlace(StrEnum):
    #: One sentence under the greeting; the first one given is shown.
    LEAD = "lead"
    MAIN = "main"
    SIDE = "side"


@dataclass(frozen=True)
class MePanel:
    """A part of the page: ``template`` is included and finds ``context`` as ``panel``."""

    place: PanelPlace
    template: str
    context: dict[str, Any] = field(default_factory=dict)


#: Takes the id of the person and the present moment; ``None`` where there is nothing to show.
PanelSource = Callable[[int, datetime], MePanel | None]


def me_panels(person_id: int, *, now: datetime) -> dict[PanelPlace, list[MePanel]]:
    """The panels of all rooms for one person, by their place, in the rooms' order."""
    sources: list[PanelSource] = current_app.extensions["club.me_panels"]
    found: dict[PanelPlace, list[MePanel]] = {place: [] for place in PanelPlace}
    for source in sources:
        panel = source(person_id, now)
        if panel:
            found[panel.place].append(panel)
    return found
