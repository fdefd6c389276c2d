"""The piece of a found text that shows why it was found, with the words marked."""

import re
import unicodedata

from markupsafe import Markup, escape

from club.search.words import Question

_LENGTH = 220
_LEAD = 60


class _LowerCase(dict[int, str]):
    """Letter to small letter, always one for one, so that places in both texts agree."""

    def __missing__(self, code: int) -> str:
        small = chr(code).lower()
        self[code] = small if len(small) == 1 else chr(code)
        return self[code]


class _Folding(dict[int, str]):
    """Letter to bare letter, one for one as well."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = "".join(
            c
            for c in unicodedata.normalize("NFD", letter.casefold())
            if not unicodedata.combining(c)
        ).replace("đ", "d")
        self[code] = bare if len(bare) == 1 else letter
        return self[code]


_LOWER_CASE = _LowerCase()
_FOLDING = _Folding()


def highlighted(text: str, question: Question) -> Markup:
    """The whole text, escaped, with every found word in ``<mark>``."""
    return _marked(text, _places(text, question))


def extract(text: str, question: Question) -> Markup:
    """About two lines of the text around the place where most of the words stand together."""
    places = _places(text, question)
    start = _best_start(text, places)
    end = min(len(text), start + _LENGTH)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    inside = [(a - start, b - start) for a, b in places if a >= start and b <= end]
    piece = _marked(text[start:end], inside)
    return Markup("{}{}{}").format("… " if start else "", piece, " …" if end < len(text) else "")


def _places(text: str, question: Question) -> list[tuple[int, int]]:
    """Where the words stand: as typed, if accents were typed and are found, else in any dress."""
    if question.is_empty:
        return []
    typed = []
    if question.has_marks:
        typed = _matches(text.translate(_LOWER_CASE), question.exact, question)
    return typed or _matches(text.translate(_FOLDING), question.folded, question)


def _matches(text: str, chosen: tuple[str, ...], question: Question) -> list[tuple[int, int]]:
    words = [
        re.escape(word) + (r"[^\W_]*" if question.is_beginning(place) else "")
        for place, word in enumerate(chosen)
    ]
    words += [re.escape(word) for others in question.inside for word in others]
    pattern = rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])"
    return [match.span() for match in re.finditer(pattern, text)]


def _best_start(text: str, places: list[tuple[int, int]]) -> int:
    """Where the window with the most different words begins; of equals the first."""
    best, most = 0, 0
    for index, (start, _end) in enumerate(places):
        seen = {
            text[a:b].translate(_FOLDING)
            for a, b in places[index : index + 20]
            if b <= start + _LENGTH - _LEAD
        }
        if len(seen) > most:
            best, most = start, len(seen)
    return max(0, best - _LEAD) if best > _LEAD else 0


def _marked(text: str, places: list[tuple[int, int]]) -> Markup:
    pieces, done = [], 0
    for start, end in places:
        pieces += [escape(text[done:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        done = end
    return Markup("").join([*pieces, escape(text[done:])])
