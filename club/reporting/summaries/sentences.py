"""Sentences with the unit that says them. Pure."""

import re
from collections.abc import Iterator

_BREAK = re.compile(r"(?<=[.!?…])\s+(?=[\"“(]?[^\W_a-zà-ỹ])")
#: What ends with a full stop in the middle of a sentence.
_SHORTENED = re.compile(r"(?:^|[\s(/])(?:[A-ZĐ]{1,4}|Tp|Th[Ss]|Ông|đ/c|v\.v|STT|tr)\.$")
_END = re.compile(r"\s*([.!?…;:,]*)\s*$")


def sentences_of(text: str) -> list[str]:
    """Line by line and sentence by sentence; together they are all that the text says."""
    return [one for line in text.splitlines() for one in _in_line(line.strip()) if one]


def attributed(text: str, unit: str) -> list[str]:
    """Each sentence with the unit in brackets before its end."""
    return [_with_unit(sentence, unit) for sentence in sentences_of(text)]


def _with_unit(sentence: str, unit: str) -> str:
    found = _END.search(sentence)
    assert found
    ending = found[1].rstrip(";:,") or "."
    return f"{sentence[: found.start()]} ({unit}){ending}"


def _in_line(line: str) -> Iterator[str]:
    begun = ""
    for part in _BREAK.split(line):
        begun = f"{begun} {part}".strip()
        if not _SHORTENED.search(begun):
            yield begun
            begun = ""
    if begun:
        yield begun
