"""What makes the trainer's desk an app that works without network: its worker and its manifest."""

from pathlib import Path

from flask import Response, current_app, jsonify, render_template, request
from flask_babel import get_locale, gettext

from club.records.views.blueprint import bp
from club.web.access import Audience, open_to


@bp.get("/teaching/service-worker.js")
@open_to(Audience.EVERYONE)
def service_worker() -> Response:
    """Served from here and not from ``/static/``: a worker reaches what lies below its address."""
    script = Path(str(current_app.static_folder), "js/teaching-worker.js").read_bytes()
    answer = Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@bp.get("/teaching/manifest.webmanifest")
@open_to(Audience.EVERYONE)
def manifest() -> Response:
    icons = {"192x192": "img/app-192.png", "512x512": "img/app-512.png"}
    asset = current_app.jinja_env.globals["asset"]
    response = jsonify(
        id="/teaching/",
        name=gettext("Attendance"),
        short_name=gettext("Attendance"),
        lang=str(get_locale()),
        start_url="/teaching/",
        scope="/teaching/",
        display="standalone",
        background_color="#ffffff",
        theme_color="#083b40",
        icons=[
            {"src": asset(path), "sizes": size, "type": "image/png"}  # type: ignore[operator]
            for size, path in icons.items()
        ],
    )
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/teaching/offline")
@open_to(Audience.EVERYONE)
def offline() -> str:
    """Kept on the phone, for pages that are not."""
    return render_template("records/offline.html")
