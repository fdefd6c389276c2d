"""The wards as a map of tiles."""

from datetime import date

from club.config import ROOT
from club.files.plain_yaml import read_yaml
from club.statistics.dashboard.figures import Line
from club.statistics.dashboard.tiles import tiles_of as drawn_of
from club.statistics.dashboard.tiles import ward_maps
from club.statistics.figures import NOTHING, Measures

UNITS = read_yaml(ROOT / "content" / "units.yaml")["units"]


def tiles_of(lines):
    return drawn_of(lines, lambda unit: f"/turns?unit={unit}")


def line(key, turns):
    return key, Line(key, key, Measures(turns, turns, 60 * turns, turns), NOTHING)


def test_each_map_has_exactly_the_units_of_its_time():
    since, until = ward_maps()
    of_wards = [unit for unit in UNITS if unit["kind"] in {"ward", "commune"}]
    assert since.units == {u["key"] for u in of_wards if u.get("from") == date(2025, 7, 1)}
    assert until.units == {u["key"] for u in of_wards if u.get("to") == date(2025, 6, 30)}


def test_no_two_tiles_lie_on_each_other_and_each_is_called_as_its_unit_is():
    names = {unit["key"]: unit["name"] for unit in UNITS}
    for one in ward_maps():
        places = [(place.column, place.row) for place in one.places]
        assert len(places) == len(set(places))
        assert all(1 <= column <= one.columns for column, _row in places)
        assert all(place.label in names[place.unit] for place in one.places)


def test_the_most_turns_are_darkest_and_nobody_is_white():
    first, second, third = (place.unit for place in ward_maps()[0].places[:3])
    drawn = tiles_of(dict([line(first, 80), line(second, 1), line(third, 0)]))
    assert [(tile.turns, tile.shade) for tile in drawn.tiles[:3]] == [(80, 4), (1, 1), (0, 0)]
    assert [tile.rows_at for tile in drawn.tiles[:3]] == [
        f"/turns?unit={first}", f"/turns?unit={second}", ""
    ]  # fmt: skip
    assert len(drawn.tiles) == 5
    assert max(tile.x + tile.width for tile in drawn.tiles) <= 100


def test_a_time_before_the_new_wards_shows_the_old_ones():
    old = ward_maps()[1].places[0].unit
    assert len(tiles_of(dict([line(old, 3)])).tiles) == 10


def test_a_time_across_both_shows_both_one_below_the_other():
    old, new = ward_maps()[1].places[0].unit, ward_maps()[0].places[0].unit
    drawn = tiles_of(dict([line(old, 3), line(new, 3), line("elsewhere", 9), line(None, 2)]))
    assert len(drawn.tiles) == 15
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 15
    assert drawn.left_out == 2


def test_without_any_turn_the_present_wards_are_there():
    drawn = tiles_of({})
    assert [tile.shade for tile in drawn.tiles] == [0] * 5
