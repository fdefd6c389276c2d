"""The pictures that a member adds to a proposal; who completes it puts them into the text."""

import uuid

from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club.files import pictures
from club.knowledge.editing.models import Draft
from club.knowledge.editing.permissions import is_proposer
from club.knowledge.editing.queries import draft_by_public_id
from club.knowledge.pictures.forms import PicturesForm
from club.knowledge.pictures.rules import MOST_OF_A_PROPOSAL
from club.knowledge.pictures.views import listing
from club.knowledge.pictures.views.blueprint import bp
from club.web.access import Audience, open_to, permit, who_asks
from club.web.limits import Limit, limited
from club.web.uploads import takes_files

_PATH = "/me/proposals/<uuid:public_id>/pictures"
_ADDING = Limit(
    "proposal-pictures", per_name="60 per day", name=lambda: str(current_user.fs_uniquifier)
)


@bp.get(_PATH)
@open_to(Audience.SIGNED_IN)
def of_proposal(public_id: uuid.UUID) -> str:
    draft = _own(public_id)
    return listing.page(draft, _desk(draft), PicturesForm())


@bp.post(_PATH)
@open_to(Audience.SIGNED_IN)
@limited(_ADDING)
@takes_files(at_most=MOST_OF_A_PROPOSAL * pictures.LARGEST)
def add_to_proposal(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = _own(public_id)
    return listing.add(draft, _desk(draft))


@bp.post(f"{_PATH}/<string:code>")
@open_to(Audience.SIGNED_IN)
def describe_own(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft = _own(public_id)
    return listing.describe(draft, _desk(draft), code)


@bp.post(f"{_PATH}/<string:code>/removal")
@open_to(Audience.SIGNED_IN)
def remove_own(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft = _own(public_id)
    return listing.remove(draft, _desk(draft), code)


def _own(public_id: uuid.UUID) -> Draft:
    draft = draft_by_public_id(public_id) or abort(404)
    permit(is_proposer(who_asks(), draft))
    return draft


def _desk(draft: Draft) -> listing.PictureDesk:
    return listing.PictureDesk(
        "knowledge/pictures/of_proposal.html",
        f"/me/proposals/{draft.public_id}",
        MOST_OF_A_PROPOSAL,
    )
