"""What every page needs and hardly ever changes, kept in each process for some seconds."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

from cachelib.serializers import SimpleSerializer
from flask import Flask, current_app
from flask_caching import Cache

from club.web.shared_answers import SharedAnswers

T = TypeVar("T")

#: How long another process may show the old state after a change.
SECONDS = 10
#: Whole pages are kept, too: so many of the largest are some 15 MB.
_MOST = 200

_cache = Cache()


class Unchanging:
    """What nobody can change once it is made, such as a page's texts: kept as it is, since to
    unpickle a page takes longer than to look up all else that a reader of it needs.
    """


class _AsTheyAre(SimpleSerializer):
    """Pickles all else, so that each who asks may change what is given."""

    def dumps(self, value: Any, *more: Any) -> Any:
        return value if isinstance(value, Unchanging) else super().dumps(value, *more)

    def loads(self, bvalue: Any) -> Any:
        return bvalue if isinstance(bvalue, Unchanging) else super().loads(bvalue)


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
    _cache.cache.serializer = _AsTheyAre()
    app.extensions["club.shared_answers"] = (
        None
        if app.testing
        else SharedAnswers(app.extensions["club.settings"].var / "kept", seconds=SECONDS)
    )


def kept(key: str, make: Callable[[], T]) -> T:
    """What ``make`` gave within the last seconds, else what it gives now."""
    found: T | None = _cache.get(key)
    if found is None:
        found = make()
        _cache.set(key, found)
    return found


def kept_for_all(
    key: str, make: Callable[[], Any], read: Callable[[Any], Any] = lambda made: made
) -> Any:
    """The same, worked out by one process for all others, too: what takes long and many ask for at
    once. What ``make`` gives is handed on as JSON holds it, and ``read`` once in each process.
    """
    shared: SharedAnswers | None = current_app.extensions["club.shared_answers"]
    if shared is None:
        return read(make())
    found = _cache.get(key)
    if found is None:
        made, seconds = shared.get(key, make)
        found = read(made)
        _cache.set(key, found, timeout=math.ceil(seconds))
    return found


def forget_all() -> None:
    """In this process: called after a change that the next page should show."""
    _cache.clear()
