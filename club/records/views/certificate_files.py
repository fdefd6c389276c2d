"""The file of a certificate, handed out to whoever may have it."""

import logging

from flask import Response, abort

from club import clock
from club.documents.pdf import PdfError
from club.files.storage import StorageError
from club.records.certificates.kinds import standing_of
from club.records.certificates.models import Certificate
from club.records.certificates.rules import refusal_to_give_out
from club.records.certificates.signing import signed_content
from club.refusal import RefusedError

log = logging.getLogger("club.records")


def certificate_response(found: Certificate) -> Response:
    """Raises ``RefusedError`` where nobody gets it now."""
    if refusal := refusal_to_give_out(standing_of(found, day=clock.today()).state):
        raise RefusedError(refusal)
    try:
        file, content = signed_content(found, now=clock.now())
    except (PdfError, StorageError):
        log.exception("the file of certificate %s cannot be given out", found.number)
        abort(503)
    return Response(
        content,
        mimetype=file.media_type,
        headers={"Content-Disposition": f'inline; filename="{found.number}.pdf"'},
    )
