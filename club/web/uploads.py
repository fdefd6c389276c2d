"""Which addresses take files, and how large ones. All others take what fits into a form."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from club.web.access import check_entry
from club.web.turns import LARGEST_FORM, letting_others_go_on

V = TypeVar("V", bound=Callable[..., object])


class TooLargeError(RequestEntityTooLarge):
    """More was sent than the address takes; ``megabytes`` is how much that is."""

    def __init__(self, *, megabytes: int) -> None:
        super().__init__()
        self.megabytes = megabytes


def takes_files(*, at_most: int) -> Callable[[V], V]:
    """For views: a POST may bring files of ``at_most`` bytes. Stands below ``open_to``.

    Nothing of the body is read before it is known that the sender may enter, and that it is
    not too large. What comes goes to a temporary file, not into memory.
    """

    def decorate(view: V) -> V:
        view.__dict__["takes_at_most"] = at_most
        return view

    return decorate


def init_uploads(app: Flask) -> None:
    """Before anything that looks into a form."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_FORM
    app.before_request(_take_in)


def _take_in() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, "takes_at_most", None)
    if request.method != "POST" or largest is None:
        return
    check_entry(view.audiences)  # type: ignore[union-attr]
    if (request.content_length or 0) > largest + LARGEST_FORM:
        raise TooLargeError(megabytes=largest >> 20)
    request.max_content_length = largest + LARGEST_FORM
    if (request.content_length or LARGEST_FORM + 1) <= LARGEST_FORM:
        return  # It is there already (see ``turns``), so nobody waits for it.
    with letting_others_go_on():
        request.form.get("csrf_token")
