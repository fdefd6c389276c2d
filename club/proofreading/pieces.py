"""Every sentence of ``content/``, and the language that it is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from club.files.plain_yaml import parsed_yaml

_MATTER = re.compile(r"\A---\n(.*?)^---\s*$(.*)\Z", re.DOTALL | re.MULTILINE)
_VIETNAMESE, _ENGLISH = {"vi", "words"}, {"en", "english"}
#: Keys of addresses and of names that only programs read.
_NO_WORDS = {"url", "href", "key", "status_source"}
_CODE = re.compile(r"[A-Za-z0-9_./-]+")


class Language(StrEnum):
    VIETNAMESE = "Vietnamese"
    ENGLISH = "English"
    #: Names, and titles of what others wrote.
    EITHER = "Vietnamese or English"


@dataclass(frozen=True)
class Piece:
    #: Below ``content/``.
    path: str
    language: Language
    words: str


def pieces(folder: Path) -> Iterator[Piece]:
    for path in sorted(one for one in folder.rglob("*") if one.suffix in {".md", ".yaml"}):
        name = path.relative_to(folder).as_posix()
        for language, words in _said(path.read_text(encoding="utf-8"), path.suffix):
            yield Piece(name, language, words)


def _said(text: str, suffix: str) -> Iterator[tuple[Language, str]]:
    if suffix == ".yaml":
        yield from _below(parsed_yaml(text), Language.EITHER)
    elif fenced := _MATTER.match(text):
        yield from _below(parsed_yaml(fenced[1]), Language.EITHER)
        yield Language.VIETNAMESE, fenced[2]


def _below(given: Any, language: Language) -> Iterator[tuple[Language, str]]:
    if isinstance(given, dict):
        for key, value in given.items():
            if key not in _NO_WORDS:
                yield from _below(value, _language_of(key, language))
    elif isinstance(given, list):
        for value in given:
            yield from _below(value, language)
    elif isinstance(given, str) and not (language is Language.EITHER and _CODE.fullmatch(given)):
        yield language, given


def _language_of(key: object, around: Language) -> Language:
    if key in _VIETNAMESE:
        return Language.VIETNAMESE
    return Language.ENGLISH if key in _ENGLISH else around
