"""The parts of lines in ``content/plan/items.yaml``: cut out of the plan's own words."""

from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from club.files.content_error import ContentError, Fault
from club.plan.items.models import PlanItem, PlanPart

Row = dict[str, Any]


def parts_in(file: str, rows: list[Row], words: dict[str, str]) -> dict[str, list[Row]]:
    """By line, the facts of its parts; ``words`` says what each line says.

    Raises ``ContentError`` with everything that is wrong with them.
    """
    with_parts = [row for row in rows if "parts" in row]
    faults = [
        Fault(file, None, row["line"], fault)
        for row in with_parts
        for fault in _faults(row["line"], row["parts"], words[row["line"]])
    ]
    if faults:
        raise ContentError(faults)
    return {row["line"]: _facts(row["parts"], words[row["line"]]) for row in with_parts}


def _faults(line: str, parts: list[Row], words: str) -> list[str]:
    found = [
        f"part {one['part']} is not numbered as one of this line"
        for one in parts
        if not _is_numbered(one["part"], line)
    ]
    numbers = Counter(one["part"] for one in parts)
    found += [f"part {key} stands there twice" for key, times in numbers.items() if times > 1]
    found += [
        f"“{one['begins']}” does not begin a word of the line, once"
        for one in parts
        if f" {words}".count(f" {one['begins']}") != 1
    ]
    if found:
        return found
    places = _places(parts, words)
    if len(parts) < 2 or places[0] != 0 or any(a >= b for a, b in pairwise(places)):
        found.append("its parts are not two or more that begin with the line and follow its order")
    return found


def _is_numbered(key: str, line: str) -> bool:
    return key.startswith(f"{line}.") and key[len(line) + 1 :].isdecimal()


def _places(parts: list[Row], words: str) -> list[int]:
    return [f" {words}".index(f" {one['begins']}") for one in parts]


def _facts(parts: list[Row], words: str) -> list[Row]:
    places = _places(parts, words)
    return [
        {
            "key": one["part"],
            "words": words[begin:end].strip(),
            "english": one.get("en"),
            "is_target": one.get("target", False),
            "position": position,
        }
        for position, (one, begin, end) in enumerate(
            zip(parts, places, [*places[1:], len(words)], strict=True), start=1
        )
    ]


def give_parts(session: Session, item: PlanItem, wanted: list[Row], *, now: datetime) -> bool:
    """Whether anything of them is another now. What is told apart no more stays as long as the
    plan: somebody may have written of it.
    """
    before = _as_given(item)
    known = {part.key: part for part in item.parts}
    for facts in wanted:
        part = known.pop(facts["key"], None) or PlanPart(item_id=item.id)
        for name, value in facts.items():
            setattr(part, name, value)
        part.retired_at = None
        session.add(part)
    for part in known.values():
        part.retired_at = part.retired_at or now
    session.flush()
    session.expire(item, ["parts"])
    return _as_given(item) != before


def _as_given(item: PlanItem) -> list[tuple[object, ...]]:
    return [
        (part.key, part.words, part.english, part.is_target, part.position, part.retired_at is None)
        for part in item.parts
    ]
