"""Whether words are written as the word lists have them; ``words/`` has lists and licences."""

import gzip
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from club.proofreading.pieces import Language
from club.proofreading.syllables import is_syllable
from club.search.words import marked_term

_LISTS = Path(__file__).with_name("words")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
#: Addresses of links, of pages and of sites, and what only programs read.
_NO_PROSE = re.compile(r"\]\([^)]*\)|https?://\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b|`[^`]*`")


def misspelt(text: str, language: Language) -> list[str]:
    """Words that no list has, and pairs that are always a slip; each once, in their order.

    Left alone: single letters, and abbreviations in plain capitals.
    """
    words = _words(text)
    unknown = [word for word in words if not _is_known(word, language)]
    if language is not Language.ENGLISH:
        spelt = [word.lower() for word in words]
        unknown += [pair for two in pairwise(spelt) if (pair := " ".join(two)) in _slips()]
    return list(dict.fromkeys(unknown))


def _words(text: str) -> list[str]:
    prose = _NO_PROSE.sub(" ", unicodedata.normalize("NFKC", text).replace("’", "'"))
    return _WORD.findall(prose)


def _is_known(word: str, language: Language) -> bool:
    name = word.removesuffix("'s")
    if len(name) == 1 or (name.isascii() and name.isupper()) or name in _own():
        return True
    small = word.lower()
    if small in _own() or (language is not Language.ENGLISH and _is_vietnamese(small)):
        return True
    if language is Language.VIETNAMESE:
        return False
    # Vietnamese names stand in English sentences, with a capital letter.
    return _is_english(small) or (word[0].isupper() and _is_vietnamese(small))


def _is_vietnamese(word: str) -> bool:
    """In the list, whose tones stand elsewhere (hoà), and with the tone where we write it (hòa)."""
    return marked_term(word) in _syllables() and is_syllable(word)


def _is_english(word: str) -> bool:
    bare = word.removesuffix("'s").removesuffix("'")
    return word in _english() or bare in _english() or bare in _own()


@cache
def _syllables() -> frozenset[str]:
    return frozenset(map(marked_term, (_LISTS / "vietnamese.txt").read_text("utf-8").split()))


@cache
def _english() -> frozenset[str]:
    packed = (_LISTS / "english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").lower().split())


@cache
def _own() -> frozenset[str]:
    """Names and terms. One in small letters may also begin with a capital; a name may not be
    written small.
    """
    return frozenset(" ".join(_lines("own.txt")).split())


@cache
def _slips() -> frozenset[str]:
    return frozenset(_lines("slips.txt"))


def _lines(name: str) -> list[str]:
    lines = (_LISTS / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
