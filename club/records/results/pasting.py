"""Lines copied from a spreadsheet, put into the table of results: filled in, not saved. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from club.people.models import Person
from club.vietnamese import folded, tidy_line

#: What the columns hold after the name or the e-mail.
COLUMNS = ("pre_test", "post_test", "assignment", "remark")
_BETWEEN = re.compile(r"[\t;]")
_JUDGED = {"dat": "1", "passed": "1", "khong dat": "0", "not passed": "0"}


class PasteRefusal(StrEnum):
    UNKNOWN = "Nobody on the list has this name or e-mail."
    SEVERAL = "Several people on the list have this name: write the e-mail instead."


@dataclass(frozen=True)
class Pasted:
    """What the lines say: texts of cells by person and column, and what could not be placed."""

    cells: dict[int, dict[str, str]]
    #: Line number, its name, and what is wrong.
    problems: list[tuple[int, str, PasteRefusal]]


def pasted(text: str, people: Iterable[Person]) -> Pasted:
    """An empty cell leaves what stands; a first line that names the columns is passed over."""
    known = _known(people)
    cells: dict[int, dict[str, str]] = {}
    problems = []
    for number, name, values in _lines(text):
        found = known.get(_key(name), set())
        if len(found) == 1:
            cells.setdefault(next(iter(found)), {}).update(_cells(values))
        elif number > 1 or found or re.search(r"\d", "".join(values)):
            problems.append((number, name, PasteRefusal.SEVERAL if found else PasteRefusal.UNKNOWN))
    return Pasted(cells, problems)


def _lines(text: str) -> Iterator[tuple[int, str, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        name, *values = (tidy_line(part) for part in _BETWEEN.split(line))
        if name or any(values):
            yield number, name, values


def _known(people: Iterable[Person]) -> Mapping[str, set[int]]:
    known: dict[str, set[int]] = {}
    for person in people:
        for name in (person.full_name, person.email):
            if name:
                known.setdefault(_key(name), set()).add(person.id)
    return known


def _key(name: str) -> str:
    """Names are compared with their marks: An and Ân are two people."""
    return tidy_line(name).casefold()


def _cells(values: list[str]) -> dict[str, str]:
    given = dict(zip(COLUMNS, values, strict=False))
    judged = given.get("assignment", "")
    given["assignment"] = _JUDGED.get(folded(judged), judged)
    return {column: value for column, value in given.items() if value}
