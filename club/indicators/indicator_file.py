"""What ``content/indicators.yaml`` says, checked before anything is brought in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from club.files.content_error import ContentError
from club.files.fields import Fields, Said
from club.files.strict_yaml import StrictYaml
from club.indicators.models import CountedFrom, ObservationStatus
from club.indicators.rules import refusal_of_period

_NAME = "indicators.yaml"
Facts = dict[str, Any]


@dataclass(frozen=True)
class SeriesFile:
    key: str
    #: Key of its indicator.
    indicator: str
    facts: Facts
    observations: list[Facts]


@dataclass(frozen=True)
class IndicatorFile:
    #: By key, in the file's order; ``responsible`` is the key of a unit.
    indicators: dict[str, Facts]
    series: list[SeriesFile]


def read_indicator_file(text: str, *, units: set[str], today: date) -> IndicatorFile:
    """Raises ``ContentError`` with every fault. ``units`` are the keys that it may name."""
    file = StrictYaml(_NAME, text)
    indicators = _by_key(file.fields.mappings("indicators"), units)
    series = [_series(one, set(indicators), today) for one in file.fields.mappings("series")]
    for key, number in Counter(one.key for one in series).items():
        if number > 1:
            file.fields.fault("series", f"has {key} twice")
    file.fields.finish()
    if file.faults:
        raise ContentError(file.faults)
    return IndicatorFile(indicators, series)


def _by_key(given: list[Fields], units: set[str]) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for fields in given:
        key = fields.text("key", needed=True) or ""
        if key in found:
            fields.fault("key", f"{key} stands here a second time")
        found[key] = _indicator(fields, units)
        fields.finish()
    return found


def _indicator(fields: Fields, units: set[str]) -> Facts:
    responsible = fields.text("responsible")
    if responsible and responsible not in units:
        fields.fault("responsible", f"{responsible[:60]} is no unit of units.yaml")
    said = ("unit", "definition", "formula", "frequency", "compiled_by")
    facts = {
        **both_words(fields, "name", needed=True),
        **{column: text for name in said for column, text in both_words(fields, name).items()},
        "counted_from": (
            fields.choice("counted_from", CountedFrom) if fields.peek("counted_from") else None
        ),
        "responsible": responsible,
        "sources": sources_of(fields),
    }
    if facts["formula"] and not facts["sources"]:
        fields.fault("formula", "needs sources that say where it was read")
    return facts


def sources_of(fields: Fields) -> list[Facts]:
    """Where something was read: title, address if any, and whether only a retelling was."""
    return [_source(one) for one in fields.mappings("sources")]


def _source(fields: Fields) -> Facts:
    source = {
        "title": fields.text("title", needed=True),
        "url": fields.text("url"),
        "secondary": fields.flag("secondary"),
    }
    fields.finish()
    return source


def _series(fields: Fields, indicators: set[str], today: date) -> SeriesFile:
    indicator = fields.text("indicator", needed=True) or ""
    if indicator not in indicators:
        fields.fault("indicator", f"{indicator[:60]} is no indicator of this file")
    facts = {
        **both_words(fields, "name", needed=True),
        **both_words(fields, "territory", needed=True),
        **both_words(fields, "base"),
        **both_words(fields, "note"),
    }
    series = SeriesFile(
        key=fields.text("key", needed=True) or "",
        indicator=indicator,
        facts=facts,
        observations=_observations(fields, today),
    )
    periods = [(one["period_from"], one["as_of"]) for one in series.observations]
    if len(periods) != len(set(periods)):
        fields.fault("observations", "has two values of one period")
    fields.finish()
    return series


def _observations(fields: Fields, today: date) -> list[Facts]:
    """A value without a day of its own was read on the series' day."""
    taken_on = fields.day_or_none("taken_on")
    found = [_observation(one, today) for one in fields.mappings("observations")]
    return [one | {"taken_on": one["taken_on"] or taken_on} for one in found]


def _observation(fields: Fields, today: date) -> Facts:
    first, last = _period(fields, today)
    value = fields.take("value", needed=True)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        fields.fault("value", "is a number")
        value = None
    facts = {
        "period_from": first,
        "as_of": last,
        "value": Decimal(str(value or 0)),
        "status": (
            fields.choice("status", ObservationStatus)
            if fields.peek("status")
            else ObservationStatus.NOT_STATED
        ),
        "source": fields.text("source", needed=True) or "",
        "taken_on": fields.day_or_none("taken_on"),
        **both_words(fields, "note"),
    }
    fields.finish()
    return facts


def _period(fields: Fields, today: date) -> tuple[date, date]:
    """First and last day of a year, of two years and what lies between, or of a day."""
    given = fields.take("of", needed=True)
    if type(given) is date:
        return given, given
    years = given if isinstance(given, list) else [given, given]
    if [type(year) for year in years] != [int, int] or not all(1 <= y <= 9999 for y in years):
        fields.fault("of", "is a year, two years such as [2011, 2015], or a day")
        return date.min, date.min
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    verdict = refusal_of_period(first, last, today=today)
    if verdict:
        fields.fault("of", str(verdict[0].value))
    return first, last


def both_words(fields: Fields, name: str, *, needed: bool = False) -> Facts:
    """A text in both languages, as the columns ``name`` and ``name_en``."""
    said = fields.said(name, needed=needed) or (Said("", "") if needed else None)
    return {name: said.vi if said else None, f"{name}_en": said.en if said else None}
