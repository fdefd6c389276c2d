"""One look for everything that goes wrong: what happened, what to do next, a number to quote."""

import errno
import logging
from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    SecurityError,
    TooManyRequests,
)

from club.refusal import RefusedError
from club.web import kept_input
from club.web.access import OtherRoleError
from club.web.journal import request_number
from club.web.requested import wants_data
from club.web.shown_again import shown_again
from club.web.uploads import TooLargeError

log = logging.getLogger("club.errors")
_POSTGRESQL_DISK_FULL = "53100"


@dataclass(frozen=True)
class Advice:
    headline: LazyString
    what_to_do: LazyString


ADVICE = {
    400: Advice(
        lazy_gettext("This request could not be read"),
        lazy_gettext("Go back, reload the page and try again."),
    ),
    401: Advice(
        lazy_gettext("Please sign in first"),
        lazy_gettext("Sign in, then open the page again."),
    ),
    403: Advice(
        lazy_gettext("Your account may not open this page"),
        lazy_gettext("It needs another role. If you think you should have it, write to the club."),
    ),
    404: Advice(
        lazy_gettext("There is nothing at this address"),
        lazy_gettext("Check the address, or search for what you wanted."),
    ),
    405: Advice(
        lazy_gettext("This address cannot be used in that way"),
        lazy_gettext("Go back and use the buttons of the page."),
    ),
    409: Advice(
        lazy_gettext("Somebody was faster"),
        lazy_gettext("Go back, reload the page and look at how things stand now."),
    ),
    413: Advice(
        lazy_gettext("This file or text is too large"),
        lazy_gettext("Send a smaller one."),
    ),
    422: Advice(
        lazy_gettext("Something in the form needs to be mended"),
        lazy_gettext("Go back; the form says what and how."),
    ),
    429: Advice(
        lazy_gettext("Too many attempts"),
        lazy_gettext("Wait a few minutes, then try again. Nothing has been lost."),
    ),
    500: Advice(
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext(
            "Nothing was half saved. Try again; if it happens again, tell us the number below."
        ),
    ),
    503: Advice(
        lazy_gettext("The site is being looked after"),
        lazy_gettext("Try again in a few minutes."),
    ),
}


def init_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(RefusedError, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)
    kept_input.init_kept_input(app)


def stale_form(_error: CSRFError) -> ResponseReturnValue:
    again = _kept_page()
    what_to_do = (
        gettext(
            "What you typed has been kept, but no passwords and no files. Open the form again, "
            "look it over and send it."
        )
        if again
        else gettext("Nothing could be kept. Open the form again and send it anew.")
    )
    return error_answer(
        400,
        gettext("This form had been open for too long"),
        what_to_do,
        next_url=again or kept_input.form_page(),
    )


def refused(error: RefusedError) -> ResponseReturnValue:
    """What an operation refused and no view dealt with: said on the page the form stood on."""
    reason = gettext(error.refusal.value)
    page = shown_again(reason) if request.method == "POST" and _wants_a_page() else None
    if page is not None:
        page.status_code = 409
        return page
    return error_answer(
        409,
        reason,
        gettext("Go back to see how things stand now."),
        next_url=kept_input.form_page(),
    )


def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):
        return _not_our_name()
    code = error.code or 500
    if code == 401:
        return _ask_to_sign_in()
    advice = ADVICE.get(code, ADVICE[400] if code < 500 else ADVICE[500])
    what_to_do = _when_to_try_again(error) or _how_small(error) or _for_whom(error)
    again = _kept_page() if code == 429 and request.blueprint != "security" else None
    if again:
        what_to_do += " " + gettext("What you typed has been kept, but no passwords and no files.")
    response = error_answer(
        code, str(advice.headline), what_to_do or str(advice.what_to_do), next_url=again
    )
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _not_our_name() -> Response:
    """Only words: no address of a page or a style can be written for a host that is not ours."""
    lines = (
        gettext("This site does not answer under that name."),
        gettext("Use the address that the club has given you."),
        request_number(),
    )
    return Response("".join(f"{line}\n" for line in lines), 400, mimetype="text/plain")


def _when_to_try_again(error: HTTPException) -> str:
    seconds = error.retry_after if isinstance(error, TooManyRequests) else None
    if not isinstance(seconds, int):
        return ""
    minutes = -(-seconds // 60)
    return str(ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes))


def _how_small(error: HTTPException) -> str:
    if not isinstance(error, TooLargeError):
        return ""
    return str(
        gettext(
            "A file may have at most %(size)s MB. Go back and choose a smaller one.",
            size=error.megabytes,
        )
    )


def _for_whom(error: HTTPException) -> str:
    if not isinstance(error, OtherRoleError):
        return ""
    words = current_app.extensions["club.labels"]
    return str(
        gettext(
            "It is for these roles: %(roles)s. You are signed in as %(name)s. "
            "Sign in with an account that has one of them, or ask the club to give you the role.",
            roles=", ".join(str(words[audience]) for audience in error.audiences),
            name=current_user.display_name,
        )
    )


def unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected %s", request_number(), exc_info=error)
    if not _lacks_room(error):
        return http_error(InternalServerError())
    return error_answer(
        503,
        gettext("There is no room left to save anything"),
        gettext("Nothing was saved, not even in part. Tell the club, then try again later."),
    )


def _lacks_room(error: Exception) -> bool:
    """Whether the disk is full: that of the files, or that of the database."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    cause = error.orig if isinstance(error, DBAPIError) else None
    sqlite, postgresql = getattr(cause, "sqlite_errorname", ""), getattr(cause, "sqlstate", "")
    return sqlite == "SQLITE_FULL" or postgresql == _POSTGRESQL_DISK_FULL


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method == "GET" and _wants_a_page():
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    again, advice = _kept_page(), ADVICE[401]
    what_to_do = (
        gettext(
            "What you typed has been kept, but no passwords and no files. Sign in and it will be "
            "in the form again."
        )
        if again
        else str(advice.what_to_do)
    )
    return error_answer(
        401, str(advice.headline), what_to_do, next_url=again or kept_input.form_page()
    )


def _kept_page() -> str | None:
    """Where what was typed is shown again, if it was kept and the answer can say so. Nobody
    reads a large file only to keep its title.
    """
    try:
        return kept_input.keep() if _wants_a_page() and request.form else None
    except RequestEntityTooLarge:
        return None


def error_answer(
    code: int, headline: str, what_to_do: str, *, next_url: str | None = None
) -> Response:
    """The one look: a page, or data where data was asked for."""
    if not _wants_a_page():
        body = {"error": headline, "advice": what_to_do, "request": request_number()}
        response = jsonify(body)
    else:
        response = Response(
            render_template(
                "web/error.html",
                code=code,
                headline=headline,
                what_to_do=what_to_do,
                next_url=next_url,
            )
        )
    response.status_code = code
    return response


def _wants_a_page() -> bool:
    asked_for_data = request.path.startswith("/api/") or request.path.endswith(
        (".json", ".csv", ".ics", ".xlsx", ".docx")
    )
    return not asked_for_data and not wants_data()
