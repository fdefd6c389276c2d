"""Nothing typed is lost: input of a refused POST waits until its form is shown again.

Each refused POST gets a token of its own, which travels in the address of the tab it came
from: two tabs of one form get back what each had typed. An address can be passed on, so it
only counts in the browser that it was made for. And a browser may be shared, so it also
remembers who signed in last, even after the session.
"""

import hashlib
import hmac
import secrets
from collections.abc import Container
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext
from flask_login import current_user, user_logged_in
from markupsafe import escape
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from club import clock
from club.db import db, transaction
from club.web.addresses import is_own_address
from club.web.limits import KEPT_INPUT, has_budget
from club.web.models import KeptInput

#: In the address: which input is to be shown again.
PARAMETER = "kept"
#: What only this browser knows.
BROWSER_COOKIE = "kept"
#: Where a page that is shown again finds what was typed, in the environment of its request.
TYPED = "club.typed"
OWNER_COOKIE = "whose"
#: As long as a browser may stay signed in.
_OWNER_KNOWN_FOR = timedelta(days=30)
#: Long enough to find the password again, short enough for a phone that several people share.
LIFETIME = timedelta(hours=2)
_LARGEST = 200_000
#: Shorter texts are typed anew sooner than copied.
_WORTH_COPYING = 20
#: Secrets, and names that strangers compare with that of a certificate.
_NEVER_KEPT = ("csrf_token", "password", "credential", "name_on_paper")
#: Of the pages around signing in nothing but this is kept.
_KEPT_AT_THE_DOOR = ("email",)


def init_kept_input(app: Flask) -> None:
    app.after_request(hand_out)
    app.jinja_env.globals.update(typed=typed, ticked=ticked)
    user_logged_in.connect(_note_owner, app)


def keep() -> str | None:
    """Store what was posted; returns the address at which its form shows it again. ``None``:
    nothing was kept, because there was nothing, or too much.
    """
    fields = _worth_keeping()
    if not fields or not has_budget(KEPT_INPUT):
        return None
    page, token = form_page(), secrets.token_urlsafe(24)
    g.kept_browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_urlsafe(24)
    owner = request.cookies.get(OWNER_COOKIE, "")
    with transaction() as session:
        session.add(
            KeptInput(
                token_hash=_hash(token, g.kept_browser, owner),
                page=urlsplit(page).path,
                fields=fields,
                kept_at=clock.now(),
            )
        )
    return f"{page}{'&' if '?' in page else '?'}{PARAMETER}={token}"


def _worth_keeping() -> dict[str, list[str]]:
    fields = {
        name: values
        for name, values in request.form.to_dict(flat=False).items()
        if _may_be_shown(name) and (request.blueprint != "security" or name in _KEPT_AT_THE_DOOR)
    }
    size = sum(len(value) for values in fields.values() for value in values)
    return fields if size <= _LARGEST else {}


def _may_be_shown(name: str) -> bool:
    return not any(secret in name for secret in _NEVER_KEPT)


def form_page() -> str:
    """Where a form was shown: the referring page of this site, else the posted address. What
    it had shown again by then is over.
    """
    referrer = urlsplit(request.referrer or "")
    asked = [part for part in referrer.query.split("&") if not part.startswith(f"{PARAMETER}=")]
    query = "&".join(asked)
    address = referrer.path + (f"?{query}" if query else "")
    if referrer.netloc == request.host and is_own_address(address):
        return address
    return request.path


def for_form(form: BaseForm) -> MultiDict[str, str] | None:
    """The input to show in this form: one that has none of the names keeps what it has."""
    typed = for_this_page()
    return typed if typed and not typed.keys().isdisjoint(form._fields) else None


def for_this_page() -> MultiDict[str, str] | None:
    """What was just typed into the page that is shown again, or was kept for it before."""
    typed = request.environ.get(TYPED)
    if typed is not None:
        return MultiDict((k, v) for k, v in typed.items(multi=True) if _may_be_shown(k))
    token, browser = request.args.get(PARAMETER), request.cookies.get(BROWSER_COOKIE)
    if not token or not browser:
        return None
    kept = db.session.scalars(
        select(KeptInput).where(
            KeptInput.token_hash.in_([_hash(token, browser, owner) for owner in _owners_here()]),
            KeptInput.page == request.path,
            KeptInput.kept_at > clock.now() - LIFETIME,
        )
    ).one_or_none()
    if kept is None:
        return None
    g.kept_shown = True
    return MultiDict([(name, v) for name, values in kept.fields.items() for v in values])


def texts_lost_in(page: str = "") -> list[str]:
    """What was just written, rather than chosen, and is not on the page that answers it."""
    written = [
        text
        for name, text in request.form.items(multi=True)
        if _may_be_shown(name) and len(text) >= _WORTH_COPYING and " " in text
    ]
    return [text for text in written if str(escape(text)) not in page]


def words_of(lost: list[str]) -> str:
    """The message that lets whoever wrote them copy them."""
    return str(gettext("What you wrote: %(texts)s", texts=" / ".join(lost)))


def typed(name: str, otherwise: object = "") -> object:
    """For a field that a template draws without a form class: what was typed into it before the
    page is shown again, else what it shows anyway.
    """
    return _typed_here().get(name, otherwise)


def ticked(name: str, otherwise: Container[str]) -> Container[str]:
    """The same for a group of boxes: the values of those that were ticked."""
    return _typed_here().getlist(name) or otherwise


def _typed_here() -> MultiDict[str, str]:
    known = request.form if request.method == "POST" else for_this_page()
    return known or MultiDict()


def hand_out(response: Response) -> Response:
    """Give the browser what only it is to know, for as long as what it has just left."""
    if "kept_browser" in g:
        _give(response, BROWSER_COOKIE, g.kept_browser, LIFETIME)
    if "kept_owner" in g:
        _give(response, OWNER_COOKIE, g.kept_owner, _OWNER_KNOWN_FOR)
    return response


def _give(response: Response, name: str, value: str, lifetime: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lifetime.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def _note_owner(_app: Flask, user: Any, **_more: object) -> None:
    g.kept_owner = _sign_of(user.id)


def _owners_here() -> set[str]:
    """Whose input may be shown: that of nobody known, and that of who is signed in. Pages that
    are open to strangers show their own input to whoever comes back to them.
    """
    if current_user.is_authenticated:
        return {"", _sign_of(current_user.id)}
    return {"", request.cookies.get(OWNER_COOKIE, "")}


def _sign_of(account_id: int) -> str:
    """Tells accounts apart without saying which one it is."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, b"whose input %d" % account_id, hashlib.sha256).hexdigest()[:32]


def sweep(*, now: datetime) -> int:
    """Forget what nobody came back for; returns how many."""
    forgotten = delete(KeptInput).where(KeptInput.kept_at < now - LIFETIME)
    with transaction() as session:
        return len(session.scalars(forgotten.returning(KeptInput.id)).all())


def _hash(token: str, browser: str, owner: str) -> str:
    return hashlib.sha256(f"{token} {browser} {owner}".encode()).hexdigest()
