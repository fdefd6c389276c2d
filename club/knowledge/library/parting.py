"""A text with several chapters has a page for each: looking up a line need not load them all."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar


class Line(Protocol):
    """Of a row or of a file."""

    @property
    def line(self) -> str: ...
    @property
    def heading(self) -> int: ...


L = TypeVar("L", bound=Line)


def pages_of(lines: Sequence[L]) -> list[list[L]]:
    """The lines of the document's own page, and those of each chapter, from its heading on."""
    begins = [place for place, line in enumerate(lines) if line.heading == 1]
    cuts = [0, *begins, len(lines)] if len(begins) > 1 else [0, len(lines)]
    return [list(lines[begin:end]) for begin, end in pairwise(cuts)]


def addresses_of(slug: str, lines: Sequence[Line]) -> dict[str, str]:
    """Where each line is read, by its name."""
    whole = f"/knowledge/documents/{slug}"
    own, *chapters = pages_of(lines)
    return {line.line: f"{whole}#{line.line}" for line in own} | {
        line.line: f"{whole}/{chapter[0].line}#{line.line}"
        for chapter in chapters
        for line in chapter
    }
