"""Papers that whoever complains brings along, with an account or by the link of a letter."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, abort, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.objections.forms import PaperForm
from club.certification.objections.models import Complaint
from club.certification.objections.operations import complaining
from club.certification.views.objections.blueprint import LARGEST_PAPER, STAFF, bp
from club.certification.views.objections.complaining import (
    BY_VISITORS,
    complaint_of_link,
    own_complaint_or_404,
    own_complaint_page,
)
from club.certification.views.objections.handling import complaint_or_404
from club.files.forms import say_not_stored
from club.files.receiving import receive
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.limits import spend
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files


@bp.post("/complaints/<uuid:public_id>/papers")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_PAPER)
def add_complaint_paper(public_id: UUID) -> ResponseReturnValue:
    here, by = f"/complaints/{public_id}", current_user.id
    return _added(lambda: own_complaint_or_404(public_id), here=here, by=by)


@bp.get("/complaints/<uuid:public_id>/papers/<uuid:paper_id>")
@open_to(Audience.SIGNED_IN)
def own_complaint_paper(public_id: UUID, paper_id: UUID) -> Response:
    return _file(own_complaint_or_404(public_id), paper_id)


@bp.post("/complaints/by-link/<string:token>/papers")
@open_to(Audience.EVERYONE)
@takes_files(at_most=LARGEST_PAPER)
def add_paper_by_link(token: str) -> ResponseReturnValue:
    complaint_of_link(token)
    spend(BY_VISITORS)
    here = f"/complaints/by-link/{token}"
    return _added(lambda: complaint_of_link(token), here=here, by=None)


@bp.get("/complaints/by-link/<string:token>/papers/<uuid:paper_id>")
@open_to(Audience.EVERYONE)
def paper_by_link(token: str, paper_id: UUID) -> Response:
    return _file(complaint_of_link(token), paper_id)


@bp.get("/office/certification/objections/complaints/<uuid:public_id>/papers/<uuid:paper_id>")
@open_to(*STAFF)
@shows_person("complaint", "public_id")
def complaint_paper(public_id: UUID, paper_id: UUID) -> Response:
    return _file(complaint_or_404(public_id), paper_id)


def _added(find: Callable[[], Complaint], *, here: str, by: int | None) -> ResponseReturnValue:
    found, form = find(), PaperForm()
    try:
        if form.validate():
            with letting_others_go_on():
                given = form.file.data
                received = receive(given.stream, name=given.filename, type_of=form.takes)
            complaining.add_paper(found.id, received, by=by, now=clock.now())
            flash(gettext("The paper is with your complaint."), "success")
            return redirect(here)
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return own_complaint_page(find(), form, here=here), form.answer_status


def _file(complaint: Complaint, paper_id: UUID) -> Response:
    papers = {paper.public_id: paper for paper in complaint.papers}
    paper = papers.get(paper_id) or abort(404)
    try:
        return personal_file_response(paper.file or abort(404))
    except StorageError:
        abort(503)
