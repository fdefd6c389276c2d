"""Nothing typed is lost: input of a refused POST waits until its form is shown again."""

import hashlib
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, g, request
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict

from club import clock
from club.db import db, transaction
from club.web.addresses import is_own_address
from club.web.limits import KEPT_INPUT, has_budget
from club.web.models import KeptInput

COOKIE = "kept"
#: Long enough to find the password again, short enough for a phone that several people share.
LIFETIME = timedelta(hours=2)
_LARGEST = 200_000
_NEVER_KEPT = ("csrf_token", "password", "credential")
#: Of the pages around signing in nothing but this is kept.
_KEPT_AT_THE_DOOR = ("email",)


def keep() -> str:
    """Store what was posted; returns the address of the page whose form it came from."""
    page = form_page()
    fields = _worth_keeping()
    if not fields or not has_budget(KEPT_INPUT):
        return page
    token = secrets.token_urlsafe(24)
    with transaction() as session:
        session.add(
            KeptInput(
                token_hash=_hash(token),
                page=urlsplit(page).path,
                fields=fields,
                kept_at=clock.now(),
            )
        )
    g.kept_token = token
    return page


def _worth_keeping() -> dict[str, list[str]]:
    fields = {
        name: values
        for name, values in request.form.to_dict(flat=False).items()
        if not any(secret in name for secret in _NEVER_KEPT)
        and (request.blueprint != "security" or name in _KEPT_AT_THE_DOOR)
    }
    size = sum(len(value) for values in fields.values() for value in values)
    return fields if size <= _LARGEST else {}


def form_page() -> str:
    """Where a form was shown: the referring page of this site, else the posted address."""
    referrer = urlsplit(request.referrer or "")
    address = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    if referrer.netloc == request.host and is_own_address(address):
        return address
    return request.path


def for_this_page() -> MultiDict[str, str] | None:
    """The input kept for the page that is being shown, if this browser left any."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    kept = db.session.scalars(
        select(KeptInput).where(
            KeptInput.token_hash == _hash(token),
            KeptInput.page == request.path,
            KeptInput.kept_at > clock.now() - LIFETIME,
        )
    ).one_or_none()
    if kept is None:
        return None
    g.kept_shown = True
    return MultiDict([(name, v) for name, values in kept.fields.items() for v in values])


def hand_out(response: Response) -> Response:
    """Give the browser its token; take it back once the input was shown."""
    if "kept_token" in g:
        response.set_cookie(
            COOKIE,
            g.kept_token,
            max_age=int(LIFETIME.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    elif g.get("kept_shown"):
        response.delete_cookie(COOKIE)
    return response


def sweep(*, now: datetime) -> int:
    """Forget what nobody came back for; returns how many."""
    forgotten = delete(KeptInput).where(KeptInput.kept_at < now - LIFETIME)
    with transaction() as session:
        return len(session.scalars(forgotten.returning(KeptInput.id)).all())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
