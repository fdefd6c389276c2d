"""Checking in by the code on the trainer's screen: the screen, and what people see on a phone."""

from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup

from club import clock
from club.config import Settings
from club.courses.models import Run, Session
from club.documents.qr import qr_drawing
from club.people.queries import person_by_public_id
from club.records.attendance import codes, desk, operations, queries, rules
from club.records.attendance.codes import Scan
from club.records.attendance.forms import StrikeOutForm
from club.records.attendance.models import Mark
from club.records.attendance.rules import Refusal
from club.records.views.blueprint import TRAINERS, bp, taught_run_or_404
from club.records.views.meetings import (
    check_in_address,
    chosen_session,
    list_address,
    number_of,
)
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import ClubForm

#: Under this name the browser's session holds what was scanned last.
_SCANNED = "scanned"


@bp.get("/teaching/runs/<string:code>/check-in")
@open_to(*TRAINERS)
def check_in_screen(code: str) -> str:
    run = taught_run_or_404(code)
    meeting = chosen_session(run) or abort(404)
    return render_template(
        "records/check_in_screen.html",
        number=number_of(run, meeting),
        back=list_address(run, meeting),
        **_on_screen(run, meeting),
    )


@bp.get("/teaching/runs/<string:code>/check-in/now")
@open_to(*TRAINERS)
def check_in_now(code: str) -> str:
    """The part of the screen that changes; its script fetches it every few seconds."""
    run = taught_run_or_404(code)
    meeting = chosen_session(run) or abort(404)
    return render_template("records/_check_in_now.html", **_on_screen(run, meeting))


@bp.post("/teaching/runs/<string:code>/check-in/strike-out")
@open_to(*TRAINERS)
def strike_out(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    meeting, form = chosen_session(run) or abort(404), StrikeOutForm()
    if not form.validate():
        abort(422)
    assert form.person.data
    person = person_by_public_id(form.person.data) or abort(404)
    operations.mark_attendance(
        meeting.id, person.id, mark=Mark.ABSENT, by=current_user.id, now=clock.now()
    )
    flash(gettext("%(name)s is marked as absent.", name=person.full_name), "success")
    return redirect(check_in_address(run, meeting))


@bp.get("/check-in/<string:token>")
@open_to(Audience.EVERYONE)
def scan(token: str) -> ResponseReturnValue:
    """What the camera leads to. What was scanned is noted at once: signing in takes time."""
    code, now = codes.code_of(token) or abort(404), clock.now()
    refusal = rules.refusal_of_code(code.left_screen_at, now=now)
    if refusal:
        return render_template("records/check_in_refused.html", refusal=refusal), 409
    session[_SCANNED] = [code.session_id, code.shown_by, now.timestamp()]
    if not current_user.is_authenticated:
        flash(
            gettext(
                "Without an account you need not sign in: tell the trainer your name. One tap "
                "marks you as well, and it counts the same."
            ),
            "info",
        )
    return redirect("/check-in")


@bp.get("/check-in")
@open_to(Audience.SIGNED_IN)
def own_check_in() -> ResponseReturnValue:
    """What was scanned, to be confirmed; afterwards how one was marked."""
    found = _scanned()
    if found is None:
        return render_template("records/check_in_refused.html", refusal=Refusal.NOTHING_SCANNED)
    meeting, scan = found
    mark = queries.mark_of(meeting.id, current_user.person_id)
    on_list = queries.is_on_list(meeting.run_id, current_user.person_id)
    refusal = rules.refusal_to_check_in(mark, on_list=on_list) or rules.refusal_to_open_check_in(
        meeting.run, meeting, now=scan.at
    )
    return render_template(
        "records/check_in.html",
        run=meeting.run,
        meeting=meeting,
        mark=mark,
        refusal=refusal,
        form=ClubForm(),
    )


@bp.post("/check-in")
@open_to(Audience.SIGNED_IN)
def check_in() -> ResponseReturnValue:
    found = _scanned()
    if found is None:
        raise RefusedError(Refusal.NOTHING_SCANNED)
    meeting, scan = found
    operations.check_in(
        meeting.id, current_user.person_id, scan=scan, by=current_user.id, now=clock.now()
    )
    return redirect("/check-in")


def _scanned() -> tuple[Session, Scan] | None:
    """What this browser scanned last, if there is still time to confirm it."""
    noted = session.get(_SCANNED)
    if noted is None:
        return None
    session_id, shown_by, scanned_at = noted
    scan = Scan(shown_by, datetime.fromtimestamp(scanned_at, UTC))
    if rules.refusal_of_scan(scan.at, now=clock.now()):
        return None
    meeting = queries.session_by_id(session_id)
    return (meeting, scan) if meeting else None


def _on_screen(run: Run, meeting: Session) -> dict[str, object]:
    """What the screen shows at this moment."""
    now = clock.now()
    refusal = rules.refusal_to_open_check_in(run, meeting, now=now)
    settings: Settings = current_app.extensions["club.settings"]
    code = codes.code_shown(meeting.id, by=current_user.id, now=now)
    address = f"{settings.public_url}/check-in/{code}"
    return {
        "run": run,
        "meeting": meeting,
        "refusal": refusal,
        "address": address,
        "drawing": None if refusal else Markup(qr_drawing(address)),  # noqa: S704  made by us
        "screen": desk.check_in_desk(run.id, meeting.id),
    }
