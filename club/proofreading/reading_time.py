"""No page of the library may take longer to read than a break lasts."""

from collections.abc import Iterator

from club.files.content_error import Fault
from club.knowledge.library.document_file import LineFacts
from club.knowledge.library.parting import pages_of
from club.knowledge.rendering import render
from club.knowledge.writing import minutes_to_read
from club.proofreading.shelf import Shelf

LONGEST_MINUTES = 8


def too_long(shelf: Shelf) -> list[Fault]:
    return [
        Fault(path, None, "", f"{name} takes {minutes} minutes to read, not {LONGEST_MINUTES}")
        for path, name, words in _pages(shelf)
        if (minutes := minutes_to_read(words)) > LONGEST_MINUTES
    ]


def _pages(shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    for path, facts in shelf.texts.items():
        yield path, "the text", render(facts.body, title=facts.title.vi).text
        yield path, "the English text", render(facts.english or "", title=facts.title.en).text
    for path, document in shelf.documents.items():
        for lines in pages_of(document.lines):
            name = lines[0].line if lines else ""
            yield path, f"the page from {name} on", " ".join(map(_shown, lines))


def _shown(line: LineFacts) -> str:
    return " ".join([line.words, *(link["vi"] for link in line.leads_to)])
