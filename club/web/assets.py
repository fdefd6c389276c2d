"""Addresses of static files carry a piece of the file's hash, so they can be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for


def init_assets(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_hashed_files)


def asset(path: str) -> str:
    """The address of ``static/<path>``, with ``?v=`` the start of its SHA-256."""
    folder = current_app.static_folder
    assert folder
    return url_for("static", filename=path, v=_digest(Path(folder) / path))


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _keep_hashed_files(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
