"""A person's copy of everything that is stored, and who looked at it."""

import uuid

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.privacy import operations, queries
from club.privacy.looking import looked_at
from club.privacy.models import DataCopy
from club.privacy.views.blueprint import bp
from club.web.access import Audience, open_to
from club.web.pages import page_number


@bp.post("/me/privacy/copies")
@open_to(Audience.SIGNED_IN)
def ask_for_copy() -> ResponseReturnValue:
    operations.ask_for_copy(current_user.person_id, now=clock.now())
    flash(gettext("Your copy is being prepared. A letter comes when it is ready."), "success")
    return redirect("/me/privacy#copy")


@bp.get("/me/privacy/copies/<uuid:public_id>.zip")
@open_to(Audience.SIGNED_IN)
def copy(public_id: uuid.UUID) -> Response:
    file = _own_copy_or_404(public_id).file
    assert file
    try:
        return personal_file_response(file)
    except StorageError:
        abort(503)


@bp.post("/me/privacy/copies/<uuid:public_id>/removal")
@open_to(Audience.SIGNED_IN)
def remove_copy(public_id: uuid.UUID) -> ResponseReturnValue:
    _own_copy_or_404(public_id)
    operations.remove_own_copy(current_user.person_id, public_id, now=clock.now())
    flash(gettext("The copy is removed."), "success")
    return redirect("/me/privacy#copy")


@bp.get("/me/privacy/looks")
@open_to(Audience.SIGNED_IN)
def looks() -> str:
    somebody = queries.whose(current_user.person_id)
    found = queries.looks_at(somebody, page=page_number(request.args.get("page")))
    return render_template("privacy/looks.html", found=found, looks=looked_at(found.items))


def _own_copy_or_404(public_id: uuid.UUID) -> DataCopy:
    return queries.own_copy(current_user.person_id, public_id) or abort(404)
