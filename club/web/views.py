"""Pages about the site itself: whether it is alive and ready."""

from flask import Blueprint, Response, current_app, jsonify

from club.config import Settings
from club.web.access import Audience, open_to
from club.web.described import described
from club.web.openapi import openapi

bp = Blueprint("web", __name__)


@bp.get("/healthz")
@open_to(Audience.EVERYONE)
def alive() -> Response:
    return jsonify(alive=True)


@bp.get("/api/openapi.json")
@open_to(Audience.EVERYONE)
@described("This description", {"type": "object"})
def description() -> Response:
    settings: Settings = current_app.extensions["club.settings"]
    return jsonify(openapi(current_app, server=settings.public_url))
