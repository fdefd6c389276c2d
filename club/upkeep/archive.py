"""The file that ``backup`` writes and ``restore`` reads.

A zip of ``manifest.json``, one ``tables/<name>.jsonl`` for each table, and the stored files
below ``files/``. It is the same whichever engine it was made on, so it also moves a club from
SQLite to PostgreSQL.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

import orjson

FORMAT = 1
MANIFEST = "manifest.json"
#: The site's secret key, where the site keeps it in a file of its own.
SECRET_ENTRY = "secret"  # noqa: S105  the name of an entry
_PIECE = 1 << 20


@dataclass
class Part:
    """One entry of the zip: how many rows (1 for a file), and what it must hash to."""

    rows: int
    sha256: str


@dataclass
class Manifest:
    made_at: str
    #: The migration that the rows fit.
    revision: str
    engine: str
    #: The key that seals the seeds of second factors; here is only its hash.
    secret_sha256: str
    tables: dict[str, Part] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


class DamagedBackupError(Exception):
    """The file is not a backup of this site, or not as it was written."""


def write_lines(archive: zipfile.ZipFile, name: str, lines: Iterator[bytes]) -> Part:
    rows, seen = 0, hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as entry:
        for line in lines:
            entry.write(line)
            seen.update(line)
            rows += 1
    return Part(rows, seen.hexdigest())


def write_file(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> Part:
    return Part(1, write_lines(archive, name, pieces).sha256)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        known: dict[str, Any] = orjson.loads(archive.read(MANIFEST))
        for kind in ("tables", "files"):
            known[kind] = {name: Part(**part) for name, part in known[kind].items()}
        manifest = Manifest(**known)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as damage:
        raise DamagedBackupError("manifest.json") from damage
    if manifest.format != FORMAT:
        raise DamagedBackupError(f"format {manifest.format}")
    return manifest


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read everything once, before anything is written anywhere."""
    parts = {table_entry(name): part for name, part in manifest.tables.items()}
    parts |= {file_entry(name): part for name, part in manifest.files.items()}
    for entry, part in parts.items():
        try:
            with archive.open(entry) as content:
                matches = _hash(content) == part.sha256
        except (KeyError, zipfile.BadZipFile) as damage:
            raise DamagedBackupError(entry) from damage
        if not matches:
            raise DamagedBackupError(entry)


def table_entry(name: str) -> str:
    return f"tables/{name}.jsonl"


def file_entry(name: str) -> str:
    return f"files/{name}"


def _hash(content: IO[bytes]) -> str:
    seen = hashlib.sha256()
    while piece := content.read(_PIECE):
        seen.update(piece)
    return seen.hexdigest()
