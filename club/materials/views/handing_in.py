"""Forms with contents, handed in by a browser or by the script that shows its progress."""

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club.files.receiving import receive
from club.files.storage import StorageError
from club.materials.models import MaterialKind
from club.materials.operations import Content
from club.refusal import RefusedError
from club.web.forms import show_refusal
from club.web.requested import wants_data
from club.web.turns import letting_others_go_on


def handed_in(form: Any, kind: MaterialKind, act: Callable[[Content], object]) -> int:
    """Take what the form brings and do ``act`` with it. The status of the answer: 201, or that
    of the page that shows what is wrong, which the form says then.
    """
    if not form.validate():
        return 422
    try:
        act(_content(form, kind))
    except RefusedError as refused:
        show_refusal(form, refused)
        return int(form.answer_status)
    except StorageError:
        form.form_errors.append(
            gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
        )
        return 503
    return 201


def _content(form: Any, kind: MaterialKind) -> Content:
    if kind is MaterialKind.LINK:
        return Content(link=form.link.data)
    if kind is MaterialKind.PAGE:
        return Content(body=form.body.data)
    given = form.file.data
    with letting_others_go_on():
        return Content(file=receive(given.stream, name=given.filename))


def done(address: str, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return jsonify(next=address) if wants_data() else redirect(address)


def not_done(form: Any, status: int, page: Callable[[], str]) -> ResponseReturnValue:
    if not wants_data():
        return page(), status
    errors = {field.name: [str(e) for e in field.errors] for field in form if field.errors}
    return jsonify(errors=errors, general=[str(e) for e in form.form_errors]), status
