"""Looking after the documents of the plan, for editors."""

from flask import Blueprint, abort, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.knowledge.library import operations, queries
from club.web.access import Audience, open_to

bp = Blueprint("library_desk", __name__, url_prefix="/office/knowledge/documents")


@bp.post("/<string:slug>/check")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def check(slug: str) -> ResponseReturnValue:
    found = queries.document_by_slug(slug)
    if found is None or found.retired_at:
        abort(404)
    operations.check_document(slug, by=current_user.id, now=clock.now())
    flash(gettext("Noted: checked today, nothing to change."), "success")
    return redirect("/office/knowledge/#due")
