"""Addresses of pictures. They say how large a picture is, so that texts are drawn without asking
anybody, and pages keep its place free while it is loaded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from club.files.pictures import height_at, widths_of

FOLDER = "/knowledge/pictures/"
_NAME = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,3})x([1-9][0-9]{0,3})\.webp")
_WITHIN_TEXT = re.compile(rf"{FOLDER}([0-9a-f]{{32}})-")


@dataclass(frozen=True)
class PictureAddress:
    #: What the file was that somebody sent; see ``club.files.pictures``.
    code: str
    width: int
    height: int

    @classmethod
    def named(cls, name: str) -> Self | None:
        """By the last part of its address."""
        found = _NAME.fullmatch(name)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    @classmethod
    def at(cls, address: str) -> Self | None:
        """``None`` for every address that is none of ours."""
        return cls.named(address.removeprefix(FOLDER)) if address.startswith(FOLDER) else None

    def __str__(self) -> str:
        return f"{FOLDER}{self.code}-{self.width}x{self.height}.webp"

    def narrower(self) -> "Iterator[PictureAddress]":
        """Each width in which it is kept, itself last."""
        for width in widths_of(self.width):
            height = height_at(width, of=(self.width, self.height))
            yield PictureAddress(self.code, width, height)


def codes_in(*texts: str | None) -> set[str]:
    """The codes of all pictures whose addresses stand in these texts."""
    return {code for text in texts for code in _WITHIN_TEXT.findall(text or "")}
