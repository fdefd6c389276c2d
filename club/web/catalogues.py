"""What the site says in each language: the rooms' catalogues, merged into one.

The source strings are English. Every room keeps its Vietnamese in a catalogue of its own,
``club/translations/vi/<room>.po``. To read them all takes a quarter of a second, so what they come
to is kept in a file for processes to come.
"""

import hashlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import orjson
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel import Domain, get_locale

CATALOGUES = Path(__file__).parent.parent / "translations"
VIETNAMESE = "vi"
#: Rises when the kept file is written in another way.
_FORMAT = 1

#: Sentences, or with the number of a plural form, and what is said for them.
_Words = dict[str | tuple[str, int], str]


class Merged(Translations):
    """What several catalogues say together."""

    words: _Words

    def __init__(self, words: _Words) -> None:
        super().__init__(None)
        self.words = self._catalog = words


class RoomCatalogues(Domain):
    """All catalogues of a language, merged; English needs none."""

    def __init__(self, kept_in: Path) -> None:
        super().__init__()
        self._kept_in = kept_in
        self._merged: dict[str, Merged] = {}

    def get_translations(self) -> Merged:
        locale = get_locale()
        return self.of(locale.language if locale else VIETNAMESE)

    def of(self, language: str) -> Merged:
        if language not in self._merged:
            self._merged[language] = merged_catalogue(language, kept_in=self._kept_in)
        return self._merged[language]


def merged_catalogue(language: str, *, kept_in: Path | None = None) -> Merged:
    """``kept_in``: a folder where it is looked for, and left."""
    paths = sorted((CATALOGUES / language).glob("*.po"))
    if kept_in is None or not paths:
        merged = Merged(_read(paths, language))
    else:
        merged = Merged(_kept_or_read(paths, language, kept_in / f"{language}.json"))
    # A catalogue that was read from no file counts as English does; Vietnamese has one form.
    if language == VIETNAMESE:
        merged.plural = lambda _n: 0
    return merged


def _kept_or_read(paths: list[Path], language: str, kept: Path) -> _Words:
    digest = _digest(paths)
    with suppress(OSError, orjson.JSONDecodeError):
        found = orjson.loads(kept.read_bytes())
        if found["of"] == digest:
            return {_key(text, form): said for text, form, said in found["words"]}
    words = _read(paths, language)
    _keep(kept, orjson.dumps({"of": digest, "words": list(map(_written, words, words.values()))}))
    return words


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256(str(_FORMAT).encode())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _written(key: str | tuple[str, int], said: str) -> tuple[str, int | None, str]:
    text, form = key if isinstance(key, tuple) else (key, None)
    return text, form, said


def _key(text: str, form: int | None) -> str | tuple[str, int]:
    return text if form is None else (text, form)


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all; where nothing can be kept, each process reads for itself."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)


def _read(paths: list[Path], language: str) -> _Words:

    merged = Merged({})
    for path in paths:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged.words
