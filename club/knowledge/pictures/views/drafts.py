"""The pictures of a draft at the editors' desk."""

import uuid

from flask.typing import ResponseReturnValue

from club.files import pictures
from club.knowledge.editing.models import Draft
from club.knowledge.editing.views.blueprint import WRITERS, draft_or_404
from club.knowledge.pictures.forms import PicturesForm
from club.knowledge.pictures.markdown import markdown_of
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.rules import MOST_AT_ONCE, MOST_OF_A_DRAFT
from club.knowledge.pictures.views import listing
from club.knowledge.pictures.views.blueprint import bp
from club.web.access import open_to
from club.web.uploads import takes_files

_PATH = "/office/knowledge/drafts/<uuid:public_id>/pictures"


@bp.get(_PATH)
@open_to(*WRITERS)
def of_draft(public_id: uuid.UUID) -> str:
    draft = draft_or_404(public_id)
    return listing.page(draft, _desk(draft), PicturesForm())


@bp.post(_PATH)
@open_to(*WRITERS)
@takes_files(at_most=MOST_AT_ONCE * pictures.LARGEST)
def add(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    return listing.add(draft, _desk(draft))


@bp.post(f"{_PATH}/<string:code>")
@open_to(*WRITERS)
def describe(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    return listing.describe(draft, _desk(draft), code)


@bp.post(f"{_PATH}/<string:code>/removal")
@open_to(*WRITERS)
def remove(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    return listing.remove(draft, _desk(draft), code)


@bp.app_template_filter()
def as_markdown(ready: DraftPicture) -> str:
    """What is pasted into the text; nothing as long as nobody said what is to be seen."""
    if not ready.alt:
        return ""
    return markdown_of(
        ready.picture.address, alt=ready.alt, caption=ready.caption, credit=ready.credit
    )


def _desk(draft: Draft) -> listing.PictureDesk:
    return listing.PictureDesk(
        "knowledge/pictures/of_draft.html",
        f"/office/knowledge/drafts/{draft.public_id}",
        MOST_OF_A_DRAFT,
    )
