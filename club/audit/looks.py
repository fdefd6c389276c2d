"""Who opened what about whom: one entry for each page about somebody, and for each file of a list.

The person reads it at ``/me/privacy/looks``; see ``club.privacy.queries.looks_at``.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club import clock
from club.audit.models import LIST_SAVED, PAGE_OPENED
from club.audit.operations import record
from club.web.access import Audience

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

#: Those who work for the club, the most particular role first. Whoever else may open a page about
#: somebody is the person, or was told so by the person's consent.
_STAFF = (
    Audience.TRAINER,
    Audience.ASSESSOR,
    Audience.COORDINATOR,
    Audience.OFFICIAL,
    Audience.REPORTING_OFFICER,
    Audience.ADMINISTRATOR,
)


def shows_person(
    kind: str, by: str, *, called: Callable[..., object] = str
) -> Callable[[View[P]], Callable[P, Response]]:
    """The page that a view gives is about somebody. ``by``: the part of its address that finds the
    thing of this ``kind``; ``called`` turns that into what the log knows it by.
    """
    return _noted(PAGE_OPENED, kind, by, called)


def gives_list(kind: str, by: str) -> Callable[[View[P]], Callable[P, Response]]:
    """The view gives a file, or all at once, about everybody in a thing of this ``kind``: one entry
    for all of them.
    """
    return _noted(LIST_SAVED, kind, by, str)


def note_list(kind: str, subject: str) -> None:
    """Somebody of the club reads the names in a list; for views that give it with names to some
    readers only.
    """
    _note(LIST_SAVED, kind, subject)


def _noted(
    action: str, kind: str, by: str, called: Callable[..., object]
) -> Callable[[View[P]], Callable[P, Response]]:
    def decorate(view: View[P]) -> Callable[P, Response]:
        @wraps(view)
        def noted(*args: P.args, **kwargs: P.kwargs) -> Response:
            response = make_response(view(*args, **kwargs))
            if response.status_code in {200, 206}:
                _note(action, kind, called((request.view_args or {})[by]))
            return response

        noted.__dict__.update(notes=action, noted_kind=kind)
        return noted

    return decorate


def _note(action: str, kind: str, subject: object) -> None:
    role = _role()
    if role:
        record(
            action,
            subject_kind=kind,
            subject_id=subject,
            by=current_user.id,
            now=clock.now(),
            detail={"acting_as": role},
        )


def _role() -> str | None:
    held = {role.name for role in current_user.roles}
    return next((role.value for role in _STAFF if role.value in held), None)
