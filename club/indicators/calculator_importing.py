"""Brings ``content/calculators.yaml`` in: all calculators or, where one has a fault, none."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from club.db import transaction
from club.files.content_error import ContentError
from club.files.fields import Fields
from club.files.strict_yaml import StrictYaml
from club.files.synced import Synced
from club.indicators.formulas import FormulaError, Steps, reckoned, steps_of
from club.indicators.importing import put
from club.indicators.indicator_file import both_words, sources_of
from club.indicators.models import Calculator

_NAME = "calculators.yaml"
Facts = dict[str, Any]


def sync_calculators(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  as all syncs
    """Add, mend and remove what ``folder/calculators.yaml`` says; harmless to repeat.

    Raises ``ContentError`` with every fault.
    """
    found = _read((folder / _NAME).read_text(encoding="utf-8"))
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction() as session:
        for position, (key, facts) in enumerate(found.items(), start=1):
            put(session, Calculator, key, {**facts, "position": position}, tally)
        gone = select(Calculator).where(Calculator.key.not_in(found))
        for calculator in session.scalars(gone):
            session.delete(calculator)
            tally["changed"] += 1
    return Synced(**tally)


def _read(text: str) -> dict[str, Facts]:
    file = StrictYaml(_NAME, text)
    found: dict[str, Facts] = {}
    for fields in file.fields.mappings("calculators"):
        key = fields.text("key", needed=True) or ""
        if key in found:
            fields.fault("key", f"{key} stands here a second time")
        found[key] = _calculator(fields)
        fields.finish()
    file.fields.finish()
    if file.faults:
        raise ContentError(file.faults)
    return found


def _calculator(fields: Fields) -> Facts:
    given = fields.mappings("inputs")
    keys = [str(one.peek("key")) for one in given]
    if not keys or len(keys) != len(set(keys)):
        fields.fault("inputs", "has at least one, each with a key of its own")
    inputs = [_input(one, set(keys)) for one in given]
    example = {one["key"]: one["example"] for one in inputs}
    results = [_result(one, example) for one in fields.mappings("results")]
    if not results:
        fields.fault("results", "has at least one")
    facts = {
        **both_words(fields, "name", needed=True),
        **both_words(fields, "about", needed=True),
        **both_words(fields, "note"),
        "inputs": inputs,
        "results": results,
        "sources": sources_of(fields),
    }
    if not facts["sources"]:
        fields.fault("sources", "says where the formulas were read")
    return facts


def _input(fields: Fields, keys: set[str]) -> Facts:
    one = {
        "key": fields.text("key", needed=True),
        **both_words(fields, "label", needed=True),
        **both_words(fields, "unit"),
        "optional": fields.flag("optional"),
        "above": _number(fields, "above"),
        "at_least": _number(fields, "at_least"),
        "at_most": fields.text("at_most") if fields.peek("at_most") in keys else None,
        "limit": None,
        "example": _number(fields, "example"),
    }
    if one["at_most"] is None:
        one["limit"] = _number(fields, "at_most")
    if one["example"] is None:
        fields.fault("example", "is missing or no number")
    fields.finish()
    return one


def _result(fields: Fields, example: dict[str, float]) -> Facts:
    one = {
        "key": fields.text("key", needed=True),
        **both_words(fields, "label", needed=True),
        **both_words(fields, "unit"),
        **both_words(fields, "written", needed=True),
        **both_words(fields, "says", needed=True),
        "steps": _steps(fields, example),
        "limit": _number(fields, "at_most"),
    }
    if any("{value}" not in str(one[name]) for name in ("says", "says_en")):
        fields.fault("says", "has {value} in both languages")
    fields.finish()
    return one


def _steps(fields: Fields, example: dict[str, float]) -> Steps:
    formula = fields.text("formula", needed=True)
    try:
        steps = steps_of(formula, names=set(example)) if formula else []
    except FormulaError as error:
        fields.fault("formula", str(error))
        return []
    if steps and None not in example.values() and reckoned(steps, example) is None:
        fields.fault("formula", "comes to nothing with the numbers of the example")
    return steps


def _number(fields: Fields, key: str) -> float | None:
    value = fields.take(key)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return None if value is None else float(value)
    fields.fault(key, "is a number")
    return None
