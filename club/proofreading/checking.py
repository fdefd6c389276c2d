"""All that a careful reader would mark in the texts that come with the house."""

import re
from collections.abc import Iterator
from pathlib import Path

from club.files.content_error import Fault
from club.proofreading.figures import without_source
from club.proofreading.links import broken_links
from club.proofreading.numbers import foreign_decimals
from club.proofreading.pieces import Piece, pieces
from club.proofreading.reading_time import too_long
from club.proofreading.shelf import Shelf
from club.proofreading.spelling import misspelt


def faults_in(folder: Path) -> list[Fault]:
    """What is wrong with ``folder``, laid out as ``content/``; in an application context."""
    shelf = Shelf(folder)
    found = [*shelf.faults, *without_source(shelf), *broken_links(shelf), *too_long(shelf)]
    return [*found, *_marked(shelf)]


def _marked(shelf: Shelf) -> list[Fault]:
    """Words and numbers that nobody writes so in the language of their piece; each once a file."""
    found = dict.fromkeys(
        (piece.path, *mark) for piece in pieces(shelf.folder) for mark in _marks(piece)
    )
    return [
        Fault(path, _line(shelf.text_of(path), words), "", f"{words} {why}")
        for path, words, why in found
    ]


def _marks(piece: Piece) -> Iterator[tuple[str, str]]:
    for word in misspelt(piece.words, piece.language):
        yield word, f"is in no list of {piece.language} words"
    for number in foreign_decimals(piece.words, piece.language):
        yield number, f"has the decimal sign of another language than {piece.language}"


def _line(text: str, word: str) -> int | None:
    """The first line that has it, unless it is broken between two."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    for number, line in enumerate(text.replace("’", "'").splitlines(), start=1):
        if pattern.search(line):
            return number
    return None
