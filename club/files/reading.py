"""Reading a stored file whole, and only as it was when it was stored."""

import hashlib

from club.files.models import StoredFile
from club.files.storage import MissingFileError, StorageError, storage


class LostFileError(StorageError):
    """What lies in the store is not the file any more, or nothing: trying again does not help."""


def content_of(file: StoredFile) -> bytes:
    """All its bytes, which hash to what its row says.

    Raises ``LostFileError``, and ``StorageError`` where the store does not answer.
    """
    try:
        content = b"".join(storage().pieces(file.key))
    except MissingFileError as missing:
        raise LostFileError(file.key) from missing
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise LostFileError(file.key)
    return content
