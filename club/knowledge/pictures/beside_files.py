"""Pictures that lie beside the files of ``content/``, and are named in their texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from club.files.content_error import Fault
from club.files.pictures import code_of
from club.knowledge.pictures.addresses import PictureAddress
from club.knowledge.pictures.keeping import StoredPicture, store_picture
from club.knowledge.pictures.queries import pictures_coded
from club.refusal import RefusedError

#: What begins with a sign such as ``/`` or ``https:`` is no file beside the text.
_NAMED = re.compile(r"(!\[[^\]\n]*\]\()([^\s()/:#][^\s():#]*)(?=[\s)])")


@dataclass
class PicturesBesideFiles:
    """``folder``: the one of ``content/``."""

    folder: Path
    #: What came with the texts, to be added with them; by code.
    stored: dict[str, StoredPicture] = field(default_factory=dict)

    def contents(self, path: str, text: str) -> Iterator[bytes]:
        """What is in the pictures of a file: another picture makes it another file."""
        for name in dict.fromkeys(found[2] for found in _NAMED.finditer(text)):
            place = self._place(path, name)
            yield place.read_bytes() if place else b""

    def taken_in(self, path: str, text: str) -> tuple[str, list[Fault]]:
        """The text with the addresses that its pictures have on the site, and what is wrong."""
        faults: list[Fault] = []

        def address(found: re.Match[str]) -> str:
            try:
                return f"{found[1]}{self._address(path, found[2])}"
            except (RefusedError, FileNotFoundError) as wrong:
                line = text.count("\n", 0, found.start()) + 1
                faults.append(Fault(path, line, "", f"{found[2]}: {_in_words(wrong)}"))
                return found[0]

        return _NAMED.sub(address, text), faults

    def _address(self, path: str, name: str) -> PictureAddress:
        place = self._place(path, name)
        if place is None:
            raise FileNotFoundError(name)
        data = place.read_bytes()
        code = code_of(data)
        known = pictures_coded({code}).get(code)
        if known:
            return known.address
        if code not in self.stored:
            self.stored[code] = store_picture(BytesIO(data))
        return self.stored[code].address

    def _place(self, path: str, name: str) -> Path | None:
        """Never outside the folder, whatever the name says."""
        place = (self.folder / path).parent.joinpath(name).resolve()
        is_inside = place.is_relative_to(self.folder.resolve())
        return place if is_inside and place.is_file() else None


def _in_words(wrong: Exception) -> str:
    return wrong.refusal.value if isinstance(wrong, RefusedError) else "there is no such picture"
