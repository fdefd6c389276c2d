"""Pages about the site itself: whether it is alive and ready."""

from flask import Blueprint, Response, jsonify

from club.web.access import Audience, open_to

bp = Blueprint("web", __name__)


@bp.get("/healthz")
@open_to(Audience.EVERYONE)
def alive() -> Response:
    return jsonify(alive=True)
