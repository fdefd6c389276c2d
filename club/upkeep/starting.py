"""What a start needs to know, so that a second one takes no time."""

import hashlib
from pathlib import Path

from club.config import ROOT


def content_fingerprint() -> str:
    """Of the reference data and of the code that reads it."""
    seen = hashlib.sha256()
    for path in sorted([*_files(ROOT / "content"), *(ROOT / "club").glob("*/importing*")]):
        for file in _files(path) if path.is_dir() else [path]:
            seen.update(f"{file.relative_to(ROOT)}\0".encode())
            seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
