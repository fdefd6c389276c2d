"""How figures are written, and what a source gives of them."""

import re

from club.knowledge.models import FigureShape

_SIGNS = str.maketrans(",.", ".,")


def written(value: float | str | None) -> str | None:
    """A figure of a file the Vietnamese way: 10.27 is ``10,27``, 3814 is ``3.814``.

    A text stays as it is.
    """
    if value is None or isinstance(value, str):
        return value
    whole = int(value) if float(value).is_integer() else value
    return f"{whole:,}".translate(_SIGNS)


def in_english(text: str) -> str:
    """The numbers of a Vietnamese figure with a decimal point: ``< 0,5`` is ``< 0.5``."""
    return re.sub(r"\d[\d.,]*\d", lambda number: number[0].translate(_SIGNS), text)


def shape_of(before: str | None, after: str | None) -> FigureShape:
    if after is None:
        return FigureShape.CHANGE_ONLY
    return FigureShape.AFTER_ONLY if before is None else FigureShape.BEFORE_AND_AFTER
