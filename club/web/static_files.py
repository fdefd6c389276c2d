"""Static files as the server hands them out: before any Python page, compressed, for ever.

``flask run`` and the tests serve ``static/`` through Flask; behind granian this does.
"""

import gzip
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from servestatic import ServeStatic

_WORTH_COMPRESSING = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".html", ".xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


class StaticFiles(ServeStatic):
    """Addresses with a piece of the file's hash (``?v=``) may be kept for ever."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if not query.startswith("v=") or environ.get("PATH_INFO", "") not in self.files:
            return self._answer(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [(n, v) for n, v in headers if n.lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", _FOR_EVER)], *rest)

        return self._answer(environ, start)

    def _answer(self, environ: WSGIEnvironment, start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer


def with_static_files(app: WSGIApplication, *, static: Path, var: Path) -> WSGIApplication:
    """``app``, with the files of ``static`` answered before it is asked."""
    published = publish(static, var / "static")
    return StaticFiles(
        app,
        root=published,
        prefix="static/",
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )


def publish(static: Path, target: Path) -> Path:
    """Copy what is new to ``target``, with a ``.gz`` beside what it makes smaller.

    Several processes may do this at once: each file appears whole or not at all.
    """
    sources = {p.relative_to(static): p for p in static.rglob("*") if p.is_file()}
    for name, source in sources.items():
        copy = target / name
        if not _is_current(copy, source):
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix in _WORTH_COMPRESSING:
                _compress(source, copy.with_name(copy.name + ".gz"))
            _replace(copy, source.read_bytes())
            shutil.copystat(source, copy)
    for copy in target.rglob("*"):
        name = copy.relative_to(target)
        # What begins with a dot is another process's half-written file.
        if name.name.startswith("."):
            continue
        if copy.is_file() and name not in sources and name.with_suffix("") not in sources:
            copy.unlink(missing_ok=True)
    return target


def _is_current(copy: Path, source: Path) -> bool:
    if not copy.exists():
        return False
    had, has = copy.stat(), source.stat()
    return (had.st_size, had.st_mtime_ns) == (has.st_size, has.st_mtime_ns)


def _compress(source: Path, target: Path) -> None:
    _replace(target, gzip.compress(source.read_bytes(), 9, mtime=0))


def _replace(target: Path, content: bytes) -> None:
    half_written = target.with_name(f".{target.name}.{os.getpid()}")
    half_written.write_bytes(content)
    half_written.replace(target)


def _add_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
