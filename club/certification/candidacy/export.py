"""Everything for the application at the certifying body, in one ZIP file: an index, the training
hours as a signed statement, and the evidence.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext

from club.certification.candidacy.forms import level_words
from club.certification.candidacy.labels import USE_STATES
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.path import PathStep
from club.certification.progress.labels import NEED_STATE_LABELS
from club.certification.schemes.amounts import amount_words
from club.files.models import StoredFile
from club.files.storage import storage
from club.files.zipping import add_pieces, zip_entry
from club.web.language import day, moment, said

#: Bytes of evidence beyond which no more is packed; it is named instead.
ROOM_FOR_EVIDENCE = 200 << 20


def pack(
    candidate: Candidate,
    path: Sequence[PathStep],
    statement: bytes,
    *,
    into: IO[bytes],
    now: datetime,
) -> None:
    """``statement``: the signed file about training hours. Raises ``StorageError``."""
    room, names = ROOM_FOR_EVIDENCE, {}
    folder, index = gettext("Pieces of evidence"), gettext("Index")
    hours = gettext("Training hours, signed")
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        archive.writestr(zip_entry(f"{hours}.pdf", now), statement)
        for number, (evidence_id, file) in enumerate(_files(path).items(), start=1):
            if file.size <= room:
                room -= file.size
                names[evidence_id] = f"{folder}/{number:02d} {file.name}"
                add_pieces(archive, names[evidence_id], storage().pieces(file.key), now=now)
        archive.writestr(zip_entry(f"{index}.txt", now), _index(candidate, path, names, now))


def _files(path: Sequence[PathStep]) -> dict[int, StoredFile]:
    """By the id of the evidence; each once, however many requirements it is used for."""
    return {
        use.evidence_id: use.evidence.file
        for step in path
        for use in step.standing_uses
        if use.evidence.file is not None
    }


def _index(
    candidate: Candidate, path: Sequence[PathStep], names: dict[int, str], now: datetime
) -> str:
    lines = [
        candidate.person.full_name,
        level_words(candidate.level),
        gettext("As of %(moment)s", moment=moment(now)),
        "",
        gettext(
            "The hours of training stand in the signed file. Who doubts it can have it checked"
            " at the club's site."
        ),
    ]
    for number, step in enumerate(path, start=1):
        lines += ["", *_about(number, step, names)]
    return "\n".join(map(str, lines)) + "\n"


def _about(number: int, step: PathStep, names: dict[int, str]) -> Iterator[str]:
    requirement = step.requirement
    name = said(requirement.name, requirement.name_en)
    yield f"{number}. {name}: {NEED_STATE_LABELS[step.standing.state]}"
    if step.standing.amount:
        yield f"   {amount_words(step.standing.amount, requirement.unit)}"
    for use in step.standing_uses:
        left_out = gettext("too large for this file, hand it in by itself")
        where = names.get(use.evidence_id, left_out)
        became = USE_STATES[use.state]
        yield f"   - {use.evidence.title}, {day(use.day)} ({became}): {where}"
