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

#: Headers that proxies add, beside those that begin with ``X-Forwarded-``.
_OF_PROXIES = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-proxy-user"}


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
    """For Prometheus: with METRICS_TOKEN as bearer token; without one from this machine only,
    and not at all where a proxy stands before the site.
    """
    if not may_measure():
        abort(404)
    return Response(metrics_text(now=clock.now()), mimetype="text/plain; version=0.0.4")


def may_measure() -> bool:
    settings: Settings = current_app.extensions["club.settings"]
    if settings.metrics_token:
        shown = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(shown, f"Bearer {settings.metrics_token}".encode())
    # Behind a proxy on the same machine everybody comes from here, and what a proxy says about
    # them can be forged, or taken out on the way (``Connection: X-Forwarded-For``).
    if settings.proxies or settings.production:
        return False
    return request.remote_addr in {"127.0.0.1", "::1"} and not _came_through_proxy()


def _came_through_proxy() -> bool:
    names = {name.lower() for name, _value in request.headers}
    return not names.isdisjoint(_OF_PROXIES) or any(n.startswith("x-forwarded-") for n in names)
