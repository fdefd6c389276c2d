"""What pages with several forms share: a form that is kept, or shown again."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from club.refusal import RefusedError
from club.web.forms import ClubForm, show_refusal


def kept_or_again(
    form: ClubForm, keep: Callable[[], object], again: Callable[[], str], *, said: str, to: str
) -> ResponseReturnValue:
    """Do what the form asks for, say so, and go on to an address; or show its page again, with
    what was typed and what is to be mended. ``keep`` may raise ``RefusedError``.
    """
    if form.validate():
        try:
            keep()
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(said, "success")
            return redirect(to)
    return again(), form.answer_status
