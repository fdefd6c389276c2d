"""Addresses of static files carry a piece of the file's hash, so they can be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request


def init_assets(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_hashed_files)


def asset(path: str) -> str:
    """The address of ``static/<path>``, with ``?v=`` the start of its SHA-256."""
    folder = current_app.static_folder
    assert folder
    return _address(current_app.static_url_path, Path(folder), path)


@cache
def _address(root: str, folder: Path, path: str) -> str:
    digest = hashlib.sha256((folder / path).read_bytes()).hexdigest()[:12]
    return f"{root}/{path}?v={digest}"


def _keep_hashed_files(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
