"""Reading a stored file whole, and only as it was when it was stored."""

import hashlib
from typing import Protocol

from club.files.storage import MissingFileError, StorageError, storage


class LostFileError(StorageError):
    """What lies in the store is not the file any more, or nothing: trying again does not help."""


class InStore(Protocol):
    """A stored file, or one that was received and has no row yet."""

    @property
    def key(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def content_of(file: InStore) -> bytes:
    """All its bytes, which hash to what is known of it.

    Raises ``LostFileError``, and ``StorageError`` where the store does not answer.
    """
    try:
        content = b"".join(storage().pieces(file.key))
    except MissingFileError as missing:
        raise LostFileError(file.key) from missing
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise LostFileError(file.key)
    return content
