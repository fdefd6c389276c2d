"""The pictures themselves: for everybody from their publication on."""

from flask import Response, abort

from club.files.serving import file_response
from club.knowledge.pictures import queries
from club.knowledge.pictures.addresses import FOLDER, PictureAddress
from club.knowledge.pictures.permissions import may_see_unpublished
from club.knowledge.pictures.views.blueprint import bp
from club.web.access import Audience, open_to, who_asks

#: What is at such an address never changes.
_FOR_A_YEAR = "public, max-age=31536000, immutable"
#: But a firm may take back what it agreed to.
_ASKED_AGAIN = "public, no-cache"


@bp.get(f"{FOLDER}<string:name>")
@open_to(Audience.EVERYONE)
def picture(name: str) -> Response:
    address = PictureAddress.named(name) or abort(404)
    found = queries.version_at(address) or abort(404)
    if not found.is_published and not may_see_unpublished(
        who_asks(), queries.drafts_with(found.picture_id)
    ):
        abort(404)
    response = file_response(found.file)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if found.is_published:
        response.headers["Cache-Control"] = _ASKED_AGAIN if found.is_agreed_to else _FOR_A_YEAR
        # Readers of the feeds show it elsewhere.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
