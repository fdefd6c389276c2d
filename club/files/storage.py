"""Where stored files lie: a folder, or a bucket of an S3 service. ``STORAGE_URL`` says which.

One program for both, by obstore. Files appear whole or not at all, under keys that are made
here. Whatever the store refuses is a ``StorageError``, which pages answer with 503.

obstore's threads do not survive a fork, so no process may use the store before it forks.
A process loads it with its first file: it is heavy, and most pages have none.
"""

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from flask import current_app

from club.config import ROOT, Settings

if TYPE_CHECKING:
    from obstore.store import ObjectStore

#: Read in pieces: a slow reader then holds no connection to the store, and little memory.
PIECE = 1 << 20
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
_PROBE = ".probe"
#: How long a bucket may take for one piece, and how often it is asked again. It is asked without
#: encryption only where AWS_ENDPOINT_URL says so.
_PATIENCE: dict[str, Any] = {
    "client_options": {"timeout": "20s", "connect_timeout": "5s", "allow_http": True},
    "retry_config": {"max_retries": 2, "retry_timeout": timedelta(seconds=30)},
}


class StorageError(OSError):
    """The store did not take or give what it should. Trying again later may help."""


class MissingFileError(StorageError):
    """There is nothing under this key."""


@dataclass(frozen=True)
class StoredObject:
    key: str
    size: int
    modified_at: datetime


def new_key() -> str:
    """A place for a new file: random, spread over folders of reasonable size."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


def is_key(key: str) -> bool:
    """Whether ``key`` was made by ``new_key``; a store may hold what is not ours."""
    return _KEY.fullmatch(key) is not None


def storage() -> "Storage":
    """The store of this site."""
    if "club.storage" not in current_app.extensions:
        settings: Settings = current_app.extensions["club.settings"]
        current_app.extensions["club.storage"] = Storage(settings.storage_url)
    return cast(Storage, current_app.extensions["club.storage"])


class Storage:
    """``url``: a folder, relative to the project's, or ``s3://bucket/prefix`` or ``memory:///``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opened: ObjectStore | None = None

    @property
    def folder(self) -> Path | None:
        """Where the files lie on this machine; ``None`` for a bucket."""
        if self.url.startswith("file://"):
            return Path(self.url.removeprefix("file://"))
        return None if "://" in self.url else ROOT / self.url

    def put(self, key: str, content: IO[bytes]) -> None:
        """Keep what ``content`` holds from where it stands. Returns when it is safe."""
        with _trouble(key):
            self._store.put(key, content, max_concurrency=2)
            if self.folder:
                _make_last(self.folder / key)

    def size(self, key: str) -> int:
        with _trouble(key):
            return self._store.head(key)["size"]

    def pieces(self, key: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` up to but without ``end``, whole unless told."""
        end = self.size(key) if end is None else end
        for begin in range(start, end, PIECE):
            with _trouble(key):
                stop = min(begin + PIECE, end)
                piece = bytes(self._store.get_range(key, start=begin, end=stop))
            if len(piece) < stop - begin:
                raise MissingFileError(key)
            yield piece

    def delete(self, key: str) -> None:
        with _trouble(key):
            self._store.delete(key)

    def objects(self) -> Iterator[StoredObject]:
        """Everything in the store, in no particular order."""
        with _trouble(self.url):
            for batch in self._store.list():
                for found in batch:
                    if found["path"] != _PROBE:
                        yield StoredObject(found["path"], found["size"], found["last_modified"])

    def trouble(self) -> str | None:
        """Why nothing can be stored now; ``None`` where a small file came and went."""
        try:
            self.put(_PROBE, BytesIO(b"?"))
            self.delete(_PROBE)
        except StorageError as error:
            return str(error)
        return None

    @property
    def _store(self) -> "ObjectStore":
        if self._opened is None:
            from obstore.store import LocalStore, from_url

            folder = self.folder
            if folder:
                self._opened = LocalStore(prefix=str(folder), mkdir=True)
            else:
                patience = _PATIENCE if not self.url.startswith("memory:") else {}
                self._opened = from_url(self.url, **patience)
        return self._opened


@contextmanager
def _trouble(what: str) -> Iterator[None]:
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        raise MissingFileError(what) from error
    except (BaseError, OSError, ValueError) as error:
        raise StorageError(str(error).partition("\n")[0]) from error


def _make_last(path: Path) -> None:
    """Make the system write it to the disk: a row that is committed must find its file."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
