"""What is wrong with files of ``content/``, said so that an editor can mend it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Wrong(str):
    """What is wrong, in the words for who edits files. ``rule`` and ``values`` let a page say the
    same in its reader's language.
    """

    __slots__ = ("rule", "values")

    rule: StrEnum
    values: dict[str, object]

    def __new__(cls, rule: StrEnum, **values: object) -> Self:
        said = super().__new__(cls, rule.value.format(**values))
        said.rule, said.values = rule, values
        return said


@dataclass(frozen=True)
class Fault:
    """One thing to mend. ``key`` is the path inside the front matter, such as
    ``measures[2].direction``; the body has none.
    """

    path: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ContentError(Exception):
    """Nothing was brought in: every fault of every file is listed, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
