"""The wards as a map of tiles. Where a tile lies is a scheme, told apart from any survey in
``content/ward_tiles.yaml``; which wards there are says ``content/units.yaml`` with its sources.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from club.config import ROOT
from club.files.plain_yaml import read_yaml
from club.statistics.dashboard.figures import Line

_FILE = ROOT / "content" / "ward_tiles.yaml"
_HEIGHT, _GAP = 84, 4
_SHADES = 4


@dataclass(frozen=True)
class Place:
    unit: str
    label: str
    column: int
    row: int


@dataclass(frozen=True)
class WardMap:
    columns: int
    places: tuple[Place, ...]

    @property
    def units(self) -> frozenset[str]:
        return frozenset(place.unit for place in self.places)


@dataclass(frozen=True)
class Tile:
    label: str
    #: Of the width, in percent.
    x: float
    width: float
    y: int
    height: int
    turns: int
    people: int
    #: From 0, nobody, to 4.
    shade: int
    #: The address of the turns; empty where there are none.
    rows_at: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Tiles:
    tiles: list[Tile]
    #: Units with turns that are on none of these maps; they stand in the table only.
    left_out: int
    height: int


@cache
def ward_maps() -> tuple[WardMap, ...]:
    """The present map first."""
    given = read_yaml(_FILE)["maps"]
    return tuple(
        WardMap(one["columns"], tuple(Place(**tile) for tile in one["tiles"])) for one in given
    )


def tiles_of(lines: Mapping[str | None, Line], rows_at: Callable[[str], str]) -> Tiles:
    """Each map on which somebody was trained, one below the other; else the present one.

    ``rows_at`` gives the address of a unit's turns.
    """
    trained = {key for key, line in lines.items() if line.now.turns}
    maps = [one for one in ward_maps() if one.units & trained] or [ward_maps()[0]]
    most = max((line.now.turns for line in lines.values()), default=0)
    tiles: list[Tile] = []
    top = 0
    for one in maps:
        tiles += [
            _tile(place, one.columns, top, lines.get(place.unit), most, rows_at(place.unit))
            for place in one.places
        ]
        top += max(place.row for place in one.places) * (_HEIGHT + _GAP)
    shown = frozenset().union(*(one.units for one in maps))
    return Tiles(tiles, len(trained - shown), top - _GAP)


def _tile(place: Place, columns: int, top: int, line: Line | None, most: int, rows_at: str) -> Tile:
    each = 100 / columns
    turns = line.now.turns if line else 0
    return Tile(
        label=place.label,
        x=round(each * (place.column - 1), 2),
        width=round(each - 0.8, 2),
        y=top + (place.row - 1) * (_HEIGHT + _GAP),
        height=_HEIGHT,
        turns=turns,
        people=line.now.people if line else 0,
        shade=-(-_SHADES * turns // most) if most else 0,
        rows_at=rows_at if turns else "",
    )
