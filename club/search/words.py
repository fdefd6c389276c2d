"""Texts as words and terms: the same cut for what is indexed, what is asked for and what is shown.

The index knows a text by a set of terms: each word without marks (``suat``), each word with its
marks (``=4suât``), neighbours without marks (``_nang_suat``), words that come back (``+suat``), and
a title or another name as a whole (``#nang_suat``). So neither engine has to know where in a text
a word stands, and both are asked alike.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from club.vietnamese import folded, nfc

LONGEST_QUESTION = 200
MOST_WORDS = 10
#: A single letter finds nearly everything; it counts only inside longer questions' order.
SHORTEST_WORD = 2
#: The last word may still be being typed; with fewer letters that finds too much, too slowly.
SHORTEST_BEGINNING = 3
#: A word that a text has so often is what the text is about.
_OFTEN = 3
#: Of words that have a typed one inside them so many are looked for.
_MOST_COMPOUNDS = 20

_WORD = re.compile(r"[^\W_]+")
_LETTERS_AND_DIGITS = re.compile(r"\d+|[^\W\d_]+")
_DIGIT = re.compile(r"\d")
#: What a Vietnamese word looks like without its marks: no part of it means anything by itself.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ch|qu|ph|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
#: "5 s" is one name, and so is "iso 9001".
_APART = re.compile(r"(?<![^\W_])(\d)\s+([^\W\d_])(?![^\W_])")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, with their marks."""
    return _WORD.findall(nfc(text).lower())


@lru_cache(maxsize=50_000)
def bare_word(word: str) -> str:
    """One word without marks. Vietnamese has few syllables, so most were met before."""
    return folded(word)


@lru_cache(maxsize=50_000)
def marked_term(word: str) -> str:
    """The word with its marks: the tone first, then the letters, so that it does not matter on
    which vowel the tone stands (hòa, hoà), and a beginning is a beginning.
    """
    decomposed = unicodedata.normalize("NFD", word)
    tones = [_TONES[sign] for sign in decomposed if sign in _TONES]
    letters = "".join(sign for sign in decomposed if sign not in _TONES)
    return f"={tones[0] if tones else '0'}{unicodedata.normalize('NFC', letters)}"


def pair_term(first: str, second: str) -> str:
    return f"_{first}_{second}"


def often_term(word: str) -> str:
    return f"+{word}"


def whole_term(words: Iterable[str]) -> str:
    return "#" + "_".join(words)


def title_terms(title: str, names: Iterable[str] = ()) -> str:
    """What finds a thing by its title or another of its names: the title's words, in order,
    up to the first sign that no word has, and then all else.
    """
    wholes: list[str] = []
    terms: dict[str, None] = {}
    for name in (title, *names):
        typed = words_of(name)
        bare = [bare_word(word) for word in typed]
        wholes.append(whole_term(bare))
        terms |= dict.fromkeys([*_marked(typed), *_neighbours(bare), *_joined(bare), *bare])
    own = [bare_word(word) for word in words_of(title)]
    rest = [term for term in dict.fromkeys([*wholes, *terms]) if term not in set(own)]
    return " ".join([*own, *rest])


def text_terms(text: str) -> str:
    """What finds a text by any of its words."""
    typed = words_of(text)
    bare = [bare_word(word) for word in typed]
    often = [often_term(word) for word, times in Counter(bare).items() if times >= _OFTEN]
    terms = [*bare, *_marked(typed), *_neighbours(bare), *_joined(bare), *often]
    return " ".join(dict.fromkeys(terms))


def _marked(typed: Iterable[str]) -> list[str]:
    return [marked_term(word) for word in dict.fromkeys(typed)]


def _neighbours(bare: Sequence[str]) -> list[str]:
    return [pair_term(*two) for two in dict.fromkeys(pairwise(bare))]


def _joined(bare: Sequence[str]) -> list[str]:
    """ISO 9001 is also found as iso9001, and the other way round."""
    found = []
    for word in dict.fromkeys(bare):
        parts = _LETTERS_AND_DIGITS.findall(word) if _DIGIT.search(word) else ()
        found += [part for part in parts if len(part) >= SHORTEST_WORD and part != word]
    return [*found, *(a + b for a, b in dict.fromkeys(pairwise(bare)) if _is_one_name(a, b))]


def _is_one_name(first: str, second: str) -> bool:
    if first.isdecimal():
        return len(first) == len(second) == 1 and second.isalpha()
    return first.isalpha() and second.isdecimal()


@dataclass(frozen=True)
class Question:
    """What somebody looks for: each word as typed and without marks."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    #: Those that were typed side by side.
    neighbours: tuple[tuple[str, str], ...] = ()
    #: All of it as a name.
    whole: str = ""
    #: Where whole words find too little: for each word those of the index that have it in them.
    inside: tuple[tuple[str, ...], ...] = ()
    #: Where they find nothing: every word may be unfinished, not only the last.
    all_are_beginnings: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.folded

    @property
    def has_marks(self) -> bool:
        """Whether the typist wrote accents, and so means exactly these words."""
        return self.exact != self.folded

    @property
    def last_is_beginning(self) -> bool:
        return bool(self.folded) and self.is_beginning(len(self.folded) - 1)

    def is_beginning(self, place: int) -> bool:
        is_open = self.all_are_beginnings or place == len(self.folded) - 1
        return is_open and len(self.folded[place]) >= SHORTEST_BEGINNING

    def with_parts(self, known: Iterable[str], *, found_nothing: bool) -> "Question":
        """The same, but parts of words count: ``known`` are words of the index."""
        compounds = [word for word in known if not _SYLLABLE.fullmatch(word)]
        inside = tuple(_with_inside(part, compounds) for part in self.folded)
        if any(inside) or (found_nothing and len(self.folded) > 1):
            return replace(self, inside=inside, all_are_beginnings=found_nothing)
        return self


def _with_inside(part: str, words: Iterable[str]) -> tuple[str, ...]:
    if len(part) < SHORTEST_BEGINNING:
        return ()
    return tuple(islice((word for word in words if part in word[1:]), _MOST_COMPOUNDS))


def question(text: str) -> Question:
    """Of a typed text the first words of at least two letters, each once."""
    typed = words_of(_APART.sub(r"\1\2", text[:LONGEST_QUESTION]))[: 2 * MOST_WORDS]
    bare = {word: bare_word(word) for word in typed}
    kept = [word for word in dict.fromkeys(typed) if len(bare[word]) >= SHORTEST_WORD]
    kept = kept[:MOST_WORDS]
    side_by_side = dict.fromkeys(
        (bare[a], bare[b]) for a, b in pairwise(typed) if a in kept and b in kept
    )
    return Question(
        tuple(kept),
        tuple(bare[word] for word in kept),
        tuple(side_by_side),
        whole_term(bare[word] for word in typed),
    )
