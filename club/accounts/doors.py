"""Every page of Flask-Security that is used here: who may enter, whether its POST writes, and
how often it may be tried. A page that is not in the table answers 404.

Flask-Security saves through its own session commit, outside ``transaction()``. Its writing
pages are therefore run inside one, which takes the write lock, and on PostgreSQL the
account's row, before the account is read: a code that comes twice at once opens once.
Signing in, which spends its time on Argon2, only reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from club.accounts import queries
from club.accounts.hashing import compare_ahead, hash_ahead
from club.accounts.models import Account
from club.accounts.security_parts import passkey_shown
from club.accounts.sign_ins import handle_in
from club.db import transaction
from club.web.access import Audience, check_entry
from club.web.addresses import is_own_address
from club.web.limits import Limit, limited, named_account

View = Callable[..., Any]

_CAME_BY_MAILBOX = "came_by_mailbox"
_GUESSES = ("60 per 10 minutes", "10 per 10 minutes")


def _account_tried() -> str:
    """Whose password is being guessed. An account goes by its handle, which changes with the
    password: whoever sets a new one by way of the mailbox gets in at once, in every process.
    """
    typed = named_account()
    return queries.handle_of(typed) or typed


def note_came_by_mailbox(_app: Flask, user: Account, **_more: object) -> None:
    session[_CAME_BY_MAILBOX] = user.fs_uniquifier


def _came_by_mailbox() -> bool:
    """Whether this browser has just set the password of the account that is tried: then it does
    not wait because somebody else guesses behind the same gateway.
    """
    came_for = session.get(_CAME_BY_MAILBOX)
    return came_for is not None and came_for == _account_tried()


SIGN_IN = Limit(
    "sign-in", *_GUESSES, only_refused=True, name=_account_tried, is_known=_came_by_mailbox
)
SECOND_STEP = Limit(
    "second-step", *_GUESSES, only_refused=True, name=lambda: session.get("tf_user_id", "")
)
PASSWORD_AGAIN = Limit(
    "password-again", *_GUESSES, only_refused=True, name=lambda: current_user.fs_uniquifier
)


def _passkey_tried() -> str:
    """The passkey that is shown, if the club knows it: none but its own device can name it."""
    shown = passkey_shown()
    return shown.hex() if shown and queries.knows_passkey(shown) else ""


#: Whoever shows a passkey of the club's does not wait because others tried their own invention
#: behind the same gateway. Asking to be asked for one costs no more than the page to sign in.
PASSKEY = Limit(
    "passkey",
    "120 per 10 minutes",
    "30 per 10 minutes",
    name=_passkey_tried,
    is_known=lambda: bool(_passkey_tried()),
)


@dataclass(frozen=True)
class Door:
    audience: Audience = Audience.EVERYONE
    writes: bool = False
    limit: Limit | None = None
    #: Fields with a new and with the present password, dealt with before the lock is taken.
    hashes: str = ""
    compares: str = ""
    #: A POST that succeeds always redirects: a page in answer to it means it was refused.
    redirects: bool = False
    #: For whose password was right and whose code is missing. Flask-Security signs out everybody
    #: else, be it by a link that somebody sent them.
    second_step: bool = False


_MINE = Audience.SIGNED_IN
DOORS = {
    "login": Door(limit=SIGN_IN, redirects=True),
    "logout": Door(writes=True),
    "verify": Door(_MINE, limit=PASSWORD_AGAIN, redirects=True),
    "reset_password": Door(writes=True, redirects=True, hashes="password"),
    "change_password": Door(
        _MINE,
        writes=True,
        limit=PASSWORD_AGAIN,
        redirects=True,
        hashes="new_password",
        compares="password",
    ),
    "two_factor_setup": Door(_MINE, writes=True),
    "two_factor_setup_validate": Door(_MINE, writes=True),
    "two_factor_token_validation": Door(
        writes=True, limit=SECOND_STEP, redirects=True, second_step=True
    ),
    "mf_recovery_codes": Door(_MINE, writes=True),
    "mf_recovery": Door(writes=True, limit=SECOND_STEP, redirects=True, second_step=True),
    "wan_register": Door(_MINE, writes=True),
    "wan_register_response": Door(_MINE, writes=True),
    "wan_delete": Door(_MINE, writes=True),
    "wan_signin": Door(),
    "wan_signin_response": Door(writes=True, limit=PASSKEY),
    "wan_verify": Door(_MINE),
    "wan_verify_response": Door(_MINE, writes=True),
}
#: Pages that this house has itself; Flask-Security still sends people to its own.
MOVED = {"forgot_password": "/reset", "send_confirmation": "/confirm"}


def hang_doors(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        blueprint, _, name = endpoint.rpartition(".")
        if blueprint == "security":
            door = DOORS.get(name)
            app.view_functions[endpoint] = _hung(view, door) if door else _not_used(view, name)


def _hung(view: View, door: Door) -> View:
    entered = _entered(view, door)
    if door.limit:
        entered = limited(door.limit)(entered)

    @wraps(view)
    def guarded(**kwargs: Any) -> ResponseReturnValue:
        check_entry((door.audience,))
        if request.is_json:
            # Flask-Security would read its forms from it, whatever it holds.
            abort(415)
        if door.second_step and current_user.is_authenticated:
            return redirect("/me/")
        _drop_foreign_next()
        answer: ResponseReturnValue = entered(**kwargs)
        return answer

    guarded.__dict__["audiences"] = (door.audience,)
    return guarded


def _entered(view: View, door: Door) -> View:
    @wraps(view)
    def entered(**kwargs: Any) -> Response:
        if request.method != "POST":
            return make_response(view(**kwargs))
        if door.hashes:
            hash_ahead(door.hashes)
        if door.compares:
            compare_ahead(door.compares)
        if door.writes:
            with transaction():
                queries.hold_account(_handle_here())
                answer = make_response(view(**kwargs))
        else:
            answer = make_response(view(**kwargs))
        return _refused_as_422(answer) if door.redirects else answer

    return entered


def _handle_here() -> str:
    """Of the account that is signed in, or whose password was right and whose code is missing."""
    return str(session.get("tf_user_id") or handle_in(session.get("_user_id", "")))


def _refused_as_422(answer: Response) -> Response:
    if answer.status_code == 200:
        answer.status_code = 422
    return answer


def _not_used(view: View, name: str) -> View:
    @wraps(view)
    def elsewhere(**_kwargs: Any) -> ResponseReturnValue:
        return redirect(MOVED[name]) if name in MOVED else abort(404)

    elsewhere.__dict__["audiences"] = (Audience.EVERYONE,)
    return elsewhere


def _drop_foreign_next() -> None:
    """After signing in one stays on this site, whatever address asked for something else."""
    for source in ("args", "form"):
        given: ImmutableMultiDict[str, str] = getattr(request, source)
        if any(not is_own_address(address) for address in given.getlist("next")):
            kept = [(k, v) for k, v in given.items(multi=True) if k != "next"]
            setattr(request, source, ImmutableMultiDict(kept))
