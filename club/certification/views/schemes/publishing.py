"""From a draft to a version that never changes, to one that is closed, to the next draft; or to
nothing.
"""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.schemes import operations
from club.certification.schemes.discarding import discard_draft
from club.certification.schemes.doubts import doubts_of
from club.certification.schemes.models import VersionState
from club.certification.views.schemes.blueprint import DESK, KEEPERS, address_of, bp, found_version
from club.web.access import open_to


@bp.get("/office/certification/schemes/<string:key>/<int:number>/publication")
@open_to(*KEEPERS)
def publication(key: str, number: int) -> ResponseReturnValue:
    """What to look at before it is published."""
    found = found_version(key, number)
    if found.state is not VersionState.DRAFT:
        return redirect(address_of(found))
    doubts = doubts_of(found)
    return render_template(
        "certification/schemes/publication.html",
        version=found,
        here=address_of(found),
        forbidding=[doubt for doubt in doubts if doubt[0].forbids],
        doubts=[doubt for doubt in doubts if not doubt[0].forbids],
    )


@bp.post("/office/certification/schemes/<string:key>/<int:number>/publication")
@open_to(*KEEPERS)
def publish(key: str, number: int) -> ResponseReturnValue:
    found = found_version(key, number)
    operations.publish_version(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The version is published. It never changes from now on."), "success")
    return redirect(address_of(found_version(key, number)))


@bp.post("/office/certification/schemes/<string:key>/<int:number>/closing")
@open_to(*KEEPERS)
def close(key: str, number: int) -> ResponseReturnValue:
    found = found_version(key, number)
    operations.close_version(found.id, by=current_user.id, now=clock.now())
    flash(gettext("No candidate starts on this version any more."), "success")
    return redirect(address_of(found_version(key, number)))


@bp.post("/office/certification/schemes/<string:key>/<int:number>/removal")
@open_to(*KEEPERS)
def discard(key: str, number: int) -> ResponseReturnValue:
    found = found_version(key, number)
    discard_draft(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The draft has been thrown away."), "success")
    return redirect(DESK)


@bp.post("/office/certification/schemes/<string:key>/<int:number>/copy")
@open_to(*KEEPERS)
def copy(key: str, number: int) -> ResponseReturnValue:
    found = found_version(key, number)
    draft = operations.copy_version(found.id, by=current_user.id, now=clock.now())
    flash(gettext("This is the copy, a new draft. The original stays as it is."), "success")
    return redirect(address_of(draft))
