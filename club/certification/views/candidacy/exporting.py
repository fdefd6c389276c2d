"""Everything for the application at the certifying body, as one file."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from flask import Response, abort

from club import clock
from club.audit.looks import shows_person
from club.certification.candidacy import queries
from club.certification.candidacy.export import pack
from club.certification.candidacy.path import path_of
from club.certification.candidacy.standing import progress_of
from club.certification.views.candidacy.blueprint import bp, candidate_or_404
from club.files.names import content_disposition
from club.files.storage import PIECE, StorageError
from club.records.transcripts.signing import signed_transcript
from club.web.access import Audience, open_to


@bp.get("/candidacies/<uuid:public_id>.zip")
@open_to(Audience.SIGNED_IN)
@shows_person("candidate", "public_id")
def export(public_id: UUID) -> Response:
    candidate, now = candidate_or_404(public_id), clock.now()
    uses = queries.uses_in(candidate.id)
    progress = progress_of(candidate, uses, on=clock.local_day(now))
    path = path_of(
        progress, candidate.level.requirements, uses, person_id=candidate.person_id, now=now
    )
    statement = signed_transcript(candidate.person, now=now)
    packed = TemporaryFile()  # noqa: SIM115  closed with the answer
    try:
        pack(candidate, path, statement, into=packed, now=now)
    except StorageError:
        packed.close()
        abort(503)
    size = packed.seek(0, 2)
    name = f"ho-so-chung-nhan-{clock.local_day(now)}.zip"
    headers = {
        "Content-Length": str(size),
        "Content-Disposition": content_disposition(name),
        "Cache-Control": "private, no-store",
    }
    return Response(_pieces(packed), mimetype="application/zip", headers=headers)


def _pieces(packed: IO[bytes]) -> Iterator[bytes]:
    """From its beginning; it is closed with the answer."""
    with packed:
        packed.seek(0)
        while piece := packed.read(PIECE):
            yield piece
