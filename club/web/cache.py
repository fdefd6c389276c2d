"""What every page needs and hardly ever changes, kept in each process for some seconds."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask_caching import Cache

T = TypeVar("T")

#: How long another process may show the old state after a change.
SECONDS = 10
#: Whole pages are kept, too: so many of the largest are some 15 MB.
_MOST = 200

_cache = Cache()


def init_cache(app: Flask) -> None:
    """Tests keep nothing, so that each sees what it has just written."""
    kind = "NullCache" if app.testing else "SimpleCache"
    _cache.init_app(
        app,
        {
            "CACHE_TYPE": kind,
            "CACHE_DEFAULT_TIMEOUT": SECONDS,
            "CACHE_THRESHOLD": _MOST,
            "CACHE_NO_NULL_WARNING": True,
        },
    )


def kept(key: str, make: Callable[[], T]) -> T:
    """What ``make`` gave within the last seconds, else what it gives now."""
    found: T | None = _cache.get(key)
    if found is None:
        found = make()
        _cache.set(key, found)
    return found


def forget_all() -> None:
    """In this process: called after a change that the next page should show."""
    _cache.clear()
