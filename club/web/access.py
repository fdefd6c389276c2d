"""Who may enter: every route carries ``@open_to(…)``; ``tests/sweeps`` fails on one without.

Roles decide about doors. Whether somebody may touch *this* run or *that* organisation is
decided by the room's ``permissions.py``; ``permit`` turns its verdict into an answer.
"""

import enum
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort
from flask_login import current_user
from werkzeug.exceptions import Forbidden

P = ParamSpec("P")
R = TypeVar("R")


class Audience(enum.StrEnum):
    """Values are role names, but for the first two."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"
    REPRESENTATIVE = "representative"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    OFFICIAL = "official"
    REPORTING_OFFICER = "reporting_officer"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"


class OtherRoleError(Forbidden):
    """403 for somebody who has signed in, but for whom the page is not."""

    def __init__(self, audiences: tuple[Audience, ...]) -> None:
        super().__init__()
        self.audiences = audiences


def open_to(*audiences: Audience) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let in whoever belongs to one of ``audiences``; answer 401 or 403 to the others."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            check_entry(audiences)
            return view(*args, **kwargs)

        guarded.__dict__["audiences"] = audiences
        return guarded

    return decorate


def check_entry(audiences: tuple[Audience, ...]) -> None:
    """401 for those who may enter after signing in, 403 for those who may not."""
    if Audience.EVERYONE in audiences:
        return
    if not current_user.is_authenticated:
        abort(401)
    if Audience.SIGNED_IN in audiences:
        return
    held = {role.name for role in current_user.roles}
    if not any(audience.value in held for audience in audiences):
        raise OtherRoleError(audiences)


def who_asks() -> Any:
    """The signed-in account itself, or nobody. ``current_user`` only stands for it and looks the
    account up anew for everything that is asked of it, a few dozen times in a page.
    """
    found = current_user._get_current_object()  # noqa: SLF001  the documented way
    return found if found and found.is_authenticated else None


def permit(allowed: bool) -> None:  # noqa: FBT001  the verdict is the whole question
    """Answer 404 where the object is none of this account's business."""
    if not allowed:
        abort(404)
