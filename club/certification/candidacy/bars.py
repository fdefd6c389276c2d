"""The short form of a path: one bar for each part, with its name, for the candidate's page and the
board.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from club.certification.progress.facts import NeedStanding, NeedState, Part, Progress
from club.certification.progress.rules import ways_of
from club.certification.schemes.models import Requirement
from club.web.language import said


@dataclass(frozen=True)
class Bar:
    #: Of alternatives the names of all, such as "a degree together with work, or longer work".
    name: str
    state: NeedState


def bars_of(progress: Progress, requirements: Iterable[Requirement]) -> list[Bar]:
    names = {one.key: said(one.name, one.name_en) for one in requirements}
    return [Bar(_name_of(part, names), part.state) for part in progress.parts]


def _name_of(part: Part, names: dict[str, str]) -> str:
    def named(way: Sequence[NeedStanding]) -> str:
        return f" {gettext('together with')} ".join(names[one.need.key] for one in way)

    return f", {gettext('or')} ".join(map(named, ways_of(part.standings)))
