"""All that a careful reader would mark in the texts that come with the house."""

import re
from pathlib import Path

from club.files.content_error import Fault
from club.proofreading.figures import without_source
from club.proofreading.links import broken_links
from club.proofreading.pieces import pieces
from club.proofreading.reading_time import too_long
from club.proofreading.shelf import Shelf
from club.proofreading.spelling import misspelt


def faults_in(folder: Path) -> list[Fault]:
    """What is wrong with ``folder``, laid out as ``content/``; in an application context."""
    shelf = Shelf(folder)
    found = [*shelf.faults, *without_source(shelf), *broken_links(shelf), *too_long(shelf)]
    return [*found, *_misspelt(shelf)]


def _misspelt(shelf: Shelf) -> list[Fault]:
    found = dict.fromkeys(
        (piece.path, word, piece.language)
        for piece in pieces(shelf.folder)
        for word in misspelt(piece.words, piece.language)
    )
    return [
        Fault(
            path, _line(shelf.text_of(path), word), "", f"{word} is in no list of {language} words"
        )
        for path, word, language in found
    ]


def _line(text: str, word: str) -> int | None:
    """The first line that has it, unless it is broken between two."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    for number, line in enumerate(text.replace("’", "'").splitlines(), start=1):
        if pattern.search(line):
            return number
    return None
