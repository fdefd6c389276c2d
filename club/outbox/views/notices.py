"""What a person was told, on the site: the same words as in the letters."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club import clock
from club.outbox import queries, reading
from club.outbox.showing import notice_text
from club.web.access import Audience, open_to
from club.web.pages import page_number

bp = Blueprint("notices", __name__, url_prefix="/me/notices")


@bp.get("")
@open_to(Audience.SIGNED_IN)
def notice_list() -> str:
    page = page_number(request.args.get("page"))
    return render_template(
        "outbox/notices.html",
        found=queries.notices_of(current_user.person_id, page=page),
        unread=current_user.unread_notices,
    )


@bp.get("/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def notice_page(public_id: uuid.UUID) -> str:
    """Opening it is reading it; what only looks ahead (HEAD) has not read anything."""
    notice = queries.notice_of(current_user.person_id, public_id) or abort(404)
    if notice.read_at is None and request.method == "GET":
        reading.mark_read(current_user.person_id, public_id, now=clock.now())
    return render_template("outbox/notice.html", notice=notice, paragraphs=notice_text(notice))


@bp.post("/reading")
@open_to(Audience.SIGNED_IN)
def mark_all_read() -> ResponseReturnValue:
    """The form names the newest notice that its page showed."""
    up_to = page_number(request.form.get("up_to"))
    reading.mark_all_read(current_user.person_id, up_to=up_to, now=clock.now())
    return redirect(url_for("notices.notice_list"))
