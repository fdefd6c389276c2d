"""What every answer tells the browser: what it may load, and that it may not be framed."""

from http.client import NOT_MODIFIED

from flask import Flask, Response, current_app, g, request, session

from club.web.access import Audience

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
_BEHIND_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


#: What a session holds of somebody about whom nothing is known.
_SAYS_NOTHING = {"csrf_token", "_fresh", "_permanent"}


def init_headers(app: Flask) -> None:
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """What a view has said itself stays as it is."""
    headers = response.headers
    said = {name.lower() for name in headers.keys()}  # noqa: SIM118  these are no dictionary
    # Whoever has the answer has these with it, and calendar programs hear little else than 304.
    if response.status_code != NOT_MODIFIED:
        wanted = _ALWAYS | _BEHIND_HTTPS if request.is_secure else _ALWAYS
        headers.extend([pair for pair in wanted.items() if pair[0].lower() not in said])
    if "cache-control" not in said:
        if _is_personal():
            headers["Cache-Control"] = "private, no-store"
        elif response.mimetype == "text/html":
            headers["Cache-Control"] = "private, no-cache"
    return response


def _is_personal() -> bool:
    """Whether the answer may say something about who asks: no phone that several people share,
    and nothing on the way to it, keeps such answers.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(
        request.method not in {"GET", "HEAD"}
        or Audience.EVERYONE not in getattr(view, "audiences", (Audience.EVERYONE,))
        or "token" in (request.view_args or {})
        or "kept_shown" in g
        or session.keys() - _SAYS_NOTHING
    )
