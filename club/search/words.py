"""Texts as words: the same cut for what is indexed, what is asked for and what is shown."""

import re
from dataclasses import dataclass

from club.vietnamese import folded, nfc

LONGEST_QUESTION = 200
MOST_WORDS = 10
#: A single letter finds nearly everything; it counts only inside longer questions' order.
SHORTEST_WORD = 2
#: The last word may still be being typed; with fewer letters that finds too much, too slowly.
SHORTEST_BEGINNING = 3

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, with their marks."""
    return _WORD.findall(nfc(text).lower())


def folded_words(text: str) -> str:
    """The words of a text without marks, joined by single spaces."""
    return " ".join(_WORD.findall(folded(text)))


@dataclass(frozen=True)
class Question:
    """What somebody looks for: each word as typed and without marks."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.folded

    @property
    def has_marks(self) -> bool:
        """Whether the typist wrote accents, and so means exactly these words."""
        return self.exact != self.folded

    @property
    def last_is_beginning(self) -> bool:
        return bool(self.folded) and len(self.folded[-1]) >= SHORTEST_BEGINNING


def question(text: str) -> Question:
    """Of a typed text the first words of at least two letters, each once."""
    typed = words_of(text[:LONGEST_QUESTION])
    kept = [word for word in dict.fromkeys(typed) if len(folded(word)) >= SHORTEST_WORD]
    kept = kept[:MOST_WORDS]
    return Question(tuple(kept), tuple(folded(word) for word in kept))
