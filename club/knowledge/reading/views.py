from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club import clock
from club.knowledge.reading.models import MarkKind
from club.knowledge.reading.operations import set_mark
from club.knowledge.reading.queries import reading_list
from club.web.access import Audience, open_to

bp = Blueprint("reading", __name__)
#: The last part of an address, and the mark that is made there.
_MARKS = {"reading-list": MarkKind.KEPT, "helped": MarkKind.HELPED}


@bp.get("/me/reading")
@open_to(Audience.SIGNED_IN)
def my_reading() -> str:
    return render_template(
        "knowledge/reading/my_reading.html", texts=reading_list(current_user.person_id)
    )


@bp.post("/knowledge/<string:slug>/reading-list", defaults={"mark": "reading-list"})
@bp.post("/knowledge/<string:slug>/helped", defaults={"mark": "helped"})
@open_to(Audience.SIGNED_IN)
def mark_text(slug: str, mark: str) -> ResponseReturnValue:
    """``wanted`` is 1 or 0, so that sending it twice says the same twice."""
    wanted = request.form.get("wanted")
    if wanted not in {"0", "1"}:
        abort(400)
    person_id, kind = current_user.person_id, _MARKS[mark]
    if not set_mark(person_id, slug, kind, wanted=wanted == "1", now=clock.now()):
        abort(404)
    if request.form.get("back") == "list":
        return redirect("/me/reading")
    return redirect(f"/knowledge/{slug}#for-reader")
