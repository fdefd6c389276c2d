"""Which letters somebody gets: a page of switches, and the link at the foot of letters."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.outbox import queries, reading
from club.outbox.kinds import Matter
from club.outbox.models import Channel
from club.outbox.turning_off import turn_off_in
from club.web.access import Audience, open_to
from club.web.seals import needs_no_form_token

bp = Blueprint("letter_choices", __name__)


@bp.get("/me/notices/settings")
@open_to(Audience.SIGNED_IN)
def settings() -> str:
    choices = queries.choices_of(current_user.person_id)
    return render_template(
        "outbox/settings.html",
        choices=choices,
        wanted={matter.value for matter, wants in choices.items() if wants},
        needed=[matter for matter in Matter if not matter.is_optional],
    )


@bp.post("/me/notices/settings")
@open_to(Audience.SIGNED_IN)
def choose() -> ResponseReturnValue:
    wanted = set(request.form.getlist("wanted"))
    reading.choose_all(
        current_user.person_id,
        {matter: matter.value in wanted for matter in Matter if matter.is_optional},
        now=clock.now(),
    )
    flash(gettext("Saved."), "success")
    return redirect(url_for("letter_choices.settings"))


@bp.get("/letters/off/<string:token>")
@open_to(Audience.EVERYONE)
def turning_off(token: str) -> ResponseReturnValue:
    """Mail programs follow links by themselves, so looking changes nothing."""
    return _page(token)


@bp.post("/letters/off/<string:token>")
@open_to(Audience.EVERYONE)
def turn_off(token: str) -> ResponseReturnValue:
    """Off, or on again with ``wants=1``. The token is the proof, as in the mail program's own
    button, which comes without cookies and follows no redirect (RFC 8058).
    """
    wish = turn_off_in(token)
    if wish:
        is_mail_program = request.form.get("List-Unsubscribe") == "One-Click"
        reading.choose_letters(
            wish.person_id,
            wish.matter,
            wants=request.form.get("wants") == "1",
            channel=Channel.ONE_CLICK if is_mail_program else Channel.LINK,
            now=clock.now(),
        )
    return _page(token)


def _page(token: str) -> ResponseReturnValue:
    wish = turn_off_in(token)
    if wish is None:
        return render_template("outbox/turned_off.html", wish=None), 404
    wants = queries.wants_letters(wish.person_id, wish.matter)
    return render_template("outbox/turned_off.html", wish=wish, wants=wants, token=token)


needs_no_form_token(bp, turn_off)
