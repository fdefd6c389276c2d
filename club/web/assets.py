"""Addresses of static files carry a piece of the file's hash, so they can be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup


def init_assets(app: Flask) -> None:
    """Give templates ``asset(path)``, ``asset_links(paths)`` and ``icon(name)``."""
    root, folder = app.static_url_path, Path(app.static_folder or "")

    # What they answer never changes while the process lives, and every page asks often.
    @cache
    def asset(path: str) -> str:
        digest = hashlib.sha256((folder / path).read_bytes()).hexdigest()[:12]
        return f"{root}/{path}?v={digest}"

    @cache
    def stylesheets(*paths: str) -> Markup:
        link = Markup('<link rel="stylesheet" href="{}">')
        return Markup("\n").join(link.format(asset(path)) for path in paths)

    @cache
    def icon(name: str, extra: str = "") -> Markup:
        drawing = Markup(
            '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        )
        return drawing.format(f"icon {extra}".strip(), asset("vendor/icons.svg"), name)

    app.jinja_env.globals.update(asset=asset, stylesheets=stylesheets, drawn_icon=icon)
    app.after_request(_keep_hashed_files)


def _keep_hashed_files(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
