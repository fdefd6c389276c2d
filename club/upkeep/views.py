"""Pages for those who watch the site: is it ready, and how much of everything is there."""

import hmac

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from club import clock
from club.config import Settings
from club.upkeep import readiness
from club.upkeep.metrics import metrics_text
from club.web.access import Audience, open_to

bp = Blueprint("upkeep", __name__)


@bp.get("/readyz")
@open_to(Audience.EVERYONE)
def ready() -> ResponseReturnValue:
    """Whether to send people here: 503 tells a balancer to wait."""
    checks = readiness.checks(now=clock.now())
    is_ready = all(checks.values())
    return jsonify(ready=is_ready, checks=checks), 200 if is_ready else 503


@bp.get("/metrics")
@open_to(Audience.EVERYONE)
def metrics() -> Response:
    """For Prometheus: with METRICS_TOKEN as bearer token, else from this machine only."""
    if not may_measure():
        abort(404)
    return Response(metrics_text(now=clock.now()), mimetype="text/plain; version=0.0.4")


def may_measure() -> bool:
    settings: Settings = current_app.extensions["club.settings"]
    if settings.metrics_token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), settings.metrics_token.encode())
    # Behind a proxy on the same machine everybody comes from here, but says for whom.
    came_through_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.remote_addr in {"127.0.0.1", "::1"} and not came_through_proxy
