"""The letters' desk: what waits, what could not be delivered and why, what was sent."""

import uuid
from datetime import timedelta

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.outbox import operations, queries, rules
from club.outbox.models import LetterState
from club.outbox.showing import recipient_for_staff, shown_to_staff
from club.outbox.turning_off import turn_off_address
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to
from club.web.headers import CONTENT_SECURITY_POLICY
from club.web.pages import page_number

bp = Blueprint("outbox", __name__)

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
#: Letters leave within seconds; after this the worker is probably not running.
_LATE = timedelta(minutes=10)
#: A letter's style stands in its tags. It is shown in a frame that may do nothing at all.
_LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_PAGE_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"


@bp.get("/office/letters")
@open_to(*_STAFF)
def letter_list() -> str:
    counts = queries.letter_counts()
    state = _asked_for_state(counts)
    recipient = tidy_line(request.args.get("q") or "")[:200]
    return render_template(
        "outbox/letter_list.html",
        counts=counts,
        state=state,
        q=recipient,
        found=queries.letters_in(
            state, recipient=recipient, page=page_number(request.args.get("page"))
        ),
        recipient_of=recipient_for_staff,
        late=queries.due_before(clock.now() - _LATE),
    )


@bp.get("/office/letters/<uuid:public_id>")
@open_to(*_STAFF)
@shows_person("letter", "public_id")
def letter_page(public_id: uuid.UUID) -> ResponseReturnValue:
    """What goes out, in both its forms."""
    letter = queries.letter_by_public_id(public_id) or abort(404)
    page = render_template(
        "outbox/letter.html",
        letter=letter,
        text=shown_to_staff(letter).text,
        recipient=recipient_for_staff(letter),
        turn_off=turn_off_address(letter) is not None,
        refusal=rules.refusal_to_resend(letter.state, letter.last_error),
    )
    return page, {"Content-Security-Policy": _PAGE_POLICY}


@bp.get("/office/letters/<uuid:public_id>/html")
@open_to(*_STAFF)
@shows_person("letter", "public_id")
def letter_html(public_id: uuid.UUID) -> ResponseReturnValue:
    """The letter's HTML form, for the frame on its page."""
    letter = queries.letter_by_public_id(public_id) or abort(404)
    response = make_response(shown_to_staff(letter).html)
    response.headers["Content-Security-Policy"] = _LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.post("/office/letters/<uuid:public_id>/resending")
@open_to(*_STAFF)
def resend(public_id: uuid.UUID) -> ResponseReturnValue:
    queries.letter_by_public_id(public_id) or abort(404)
    operations.resend(public_id, by=current_user.id, now=clock.now())
    flash(gettext("The letter goes out within a minute."), "success")
    return redirect(url_for("outbox.letter_page", public_id=public_id))


def _asked_for_state(counts: dict[LetterState, int]) -> LetterState:
    """What somebody asked for; else the letters that need somebody, else those that wait."""
    typed = request.args.get("state")
    for state in LetterState:
        if state.value == typed:
            return state
    return LetterState.FAILED if counts[LetterState.FAILED] else LetterState.WAITING
