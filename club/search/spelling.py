"""Which words of the index a mistyped word may mean.

Each word is kept under every form that it has with one letter left out, and a typed word is looked
for under its own: two words that meet differ by one letter that is missing, too much, wrong or
out of place (SymSpell's idea). One table does it on both engines, in one question.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

#: Of shorter words nearly every other word is a misspelling.
SHORTEST = 4
_LONGEST = 24
_MOST_MEANINGS = 4
_MOST_READINGS = 4
_MOST_MISTYPED = 3


def forms_of(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters."""
    if not SHORTEST <= len(word) <= _LONGEST:
        return {word}
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def can_be_spelled(word: str) -> bool:
    """Whether anybody could mean it by mistyping: numbers and codes are none."""
    return 2 <= len(word) <= _LONGEST and word.isalpha()


def meanings(typed: str, known: Iterable[str]) -> list[str]:
    """Of the known words those that ``typed`` may mean, the likeliest first."""
    far = {word: distance(typed, word) for word in known}
    near = [word for word, steps in far.items() if steps <= _most_steps(typed)]
    # Whoever mistypes seldom errs in the first letter, and rather leaves out than adds.
    near.sort(key=lambda word: (far[word], word[0] != typed[0], -len(word), word))
    return near[:_MOST_MEANINGS]


def _most_steps(typed: str) -> int:
    return 1 if len(typed) <= SHORTEST + 1 else 2


def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, change or swap with the next (Damerau, Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
    return row[-1]


def readings(words: Sequence[str], likely: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The question with its mistyped words replaced, in the likeliest ways first. Nothing where
    none is mistyped, or too many, or one has no meaning.
    """
    if not 0 < len(likely) <= _MOST_MISTYPED or not all(likely.values()):
        return []
    ways = product(*(enumerate(likely.get(word, (word,))) for word in words))
    ordered = sorted(ways, key=lambda way: sum(rank for rank, _word in way))
    return [tuple(word for _rank, word in way) for way in ordered[:_MOST_READINGS]]
