"""Two texts side by side: paragraph by paragraph, with the words marked that differ. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

#: Longer paragraphs are marked as a whole: comparing costs the product of their words.
_MOST_WORDS = 1_500
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    text: str
    #: Stands on this side only.
    marked: bool = False


@dataclass(frozen=True)
class Row:
    """A paragraph on each side; nothing where there is none."""

    before: Sequence[Piece] = ()
    after: Sequence[Piece] = ()
    #: So many paragraphs are the same on both sides, and left out.
    same: int = 0


@dataclass(frozen=True)
class Comparison:
    """What differs between two texts."""

    rows: Sequence[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(not row.same for row in self.rows)


@dataclass(frozen=True)
class Section:
    #: The heading, in the reader's language.
    name: str
    comparison: Comparison


def compared(before: str, after: str) -> Comparison:
    """The paragraphs of two texts, side by side."""
    left, right = _paragraphs(before), _paragraphs(after)
    return Comparison(list(_rows(left, right)))


def compared_lines(before: Iterable[str], after: Iterable[str]) -> Comparison:
    """The same of entries that are one line each, such as sources."""
    return Comparison(list(_rows(list(before), list(after))))


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in _BETWEEN_PARAGRAPHS.split(text) if part.strip()]


def _rows(left: list[str], right: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Row(same=b - a)
        else:
            yield from _pairs(left[a:b], right[c:d])


def _pairs(left: list[str], right: list[str]) -> Iterator[Row]:
    for before, after in zip_longest(left, right):
        if before is None or after is None:
            yield Row(_whole(before), _whole(after))
        else:
            yield _word_by_word(before, after)


def _whole(text: str | None) -> Sequence[Piece]:
    return () if text is None else (Piece(text, marked=True),)


def _word_by_word(before: str, after: str) -> Row:
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(left), len(right)) > _MOST_WORDS:
        return Row(_whole(before), _whole(after))
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    bare = [[word.strip() for word in words] for words in (left, right)]
    matcher = SequenceMatcher(a=bare[0], b=bare[1], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(sides, (left[a:b], right[c:d]), strict=True):
            if words:
                side.append(Piece("".join(words), marked=kind != "equal"))
    return Row(tuple(sides[0]), tuple(sides[1]))
