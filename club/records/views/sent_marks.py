"""Where phones send the marks that were made on them."""

from typing import Any

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.records.attendance.sent_form import made_marks
from club.records.attendance.sent_marks import Received, take_in
from club.records.labels import LABELS
from club.records.views.blueprint import TRAINERS, bp, taught_run_or_404
from club.records.views.meetings import chosen_session
from club.records.views.tally import tally
from club.web.access import open_to
from club.web.language import moment


@bp.post("/teaching/runs/<string:code>/attendance/marks")
@open_to(*TRAINERS)
def sent_marks(code: str) -> ResponseReturnValue:
    """Answers ``{"marks": [{"id", "held", "held_version", "error", "contradiction"}], …}`` and
    the tally: what has no ``error`` is in the club's list, and the phone may forget it.
    """
    run = taught_run_or_404(code)
    meeting, now = chosen_session(run) or abort(404), clock.now()
    sent = _sent()
    made = made_marks(sent, now=now)
    if made is None:
        return jsonify(error=gettext("These marks could not be read. Reload the page.")), 422
    if sent.get("account") != str(current_user.person.public_id):
        # A phone that is passed on sends nothing in the name of who has it now.
        return jsonify(error=gettext("Somebody else made these marks. Sign in as they did.")), 409
    received = take_in(meeting.id, made, by=current_user.id, now=now)
    return jsonify(marks=_answers(received), **tally(run, meeting, now))


def _sent() -> Any:
    """``None`` for what is no JSON, or nested deeper than anything can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _answers(received: list[Received]) -> list[dict[str, object]]:
    others = {r.contradiction.by for r in received if r.contradiction and r.contradiction.by}
    names = names_of(others)
    return [
        {
            "id": str(answer.id),
            "held": answer.held.value if answer.held else None,
            "held_version": answer.held_version,
            "error": gettext(answer.refusal.value) if answer.refusal else None,
            "contradiction": _contradiction(answer, names),
        }
        for answer in received
    ]


def _contradiction(answer: Received, names: dict[int, str]) -> str | None:
    other = answer.contradiction
    if other is None or answer.held is None:
        return None
    said = {
        "other": str(LABELS[other.mark]).lower(),
        "time": moment(other.at),
        "held": str(LABELS[answer.held]).lower(),
    }
    if other.by == current_user.id:
        words = gettext(
            "Your account had marked elsewhere: %(other)s, %(time)s. What counts now: %(held)s. "
            "Both are in the history.",
            **said,
        )
    else:
        words = gettext(
            "%(name)s had marked: %(other)s, %(time)s. What counts now: %(held)s. "
            "Both are in the history.",
            name=names.get(other.by or 0) or gettext("Another trainer"),
            **said,
        )
    return str(words)
