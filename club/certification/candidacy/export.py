"""Everything for the application at the certifying body, in one ZIP file: an index, the training
hours as a signed statement, and the evidence.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext

from club.certification.candidacy.forms import level_words
from club.certification.candidacy.labels import USE_STATES
from club.certification.candidacy.models import Candidate, ShownProject
from club.certification.candidacy.path import PathPart, PathStep, steps_on
from club.certification.candidacy.wording import claimed_amount, claimed_days
from club.certification.progress.labels import NEED_STATE_LABELS
from club.certification.schemes.amounts import amount_words
from club.files.models import StoredFile
from club.files.storage import storage
from club.files.zipping import add_pieces, zip_entry
from club.pilots.models import PilotMeasure
from club.pilots.queries import measures_by_project
from club.web.language import day, moment, number, said

#: By the id of the pilot project.
Measures = Mapping[int, Sequence[PilotMeasure]]
#: Bytes of evidence beyond which no more is packed; it is named instead.
ROOM_FOR_EVIDENCE = 200 << 20


def pack(
    candidate: Candidate,
    path: Sequence[PathPart],
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


def _files(path: Sequence[PathPart]) -> dict[int, StoredFile]:
    """By the id of the evidence; each once, however many requirements it is used for."""
    return {
        use.evidence_id: use.evidence.file
        for step in steps_on(path)
        for use in step.standing_uses
        if use.evidence.file is not None
    }


def _index(
    candidate: Candidate, path: Sequence[PathPart], names: dict[int, str], now: datetime
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
    pilots = {line.pilot_id for step in steps_on(path) for line in step.lines if line.pilot_id}
    measures = measures_by_project(pilots)
    for nth, part in enumerate(path, start=1):
        lines += ["", *_about_part(nth, part, names, measures)]
    return "\n".join(map(str, lines)) + "\n"


def _about_part(
    nth: int, part: PathPart, names: dict[int, str], measures: Measures
) -> Iterator[str]:
    """Of several ways, each with the words that say what is enough and what counts together."""
    if len(part.steps) == 1:
        [only] = part.steps
        yield from _about(f"{nth}. ", only, names, measures)
        return
    enough = (
        gettext("One of these is enough")
        if part.has_alternatives
        else gettext("All of these together")
    )
    yield f"{nth}. {enough}: {NEED_STATE_LABELS[part.state]}"
    for way in part.ways:
        if way is not part.ways[0]:
            yield f"   {gettext('or')}"
        for step in way:
            if step is not way[0]:
                yield f"   {gettext('together with')}"
            yield from _about("   ", step, names, measures)


def _about(before: str, step: PathStep, names: dict[int, str], measures: Measures) -> Iterator[str]:
    requirement = step.requirement
    name = said(requirement.name, requirement.name_en)
    yield f"{before}{name}: {NEED_STATE_LABELS[step.standing.state]}"
    yield f"   {_amount_line(step)}"
    for line in step.lines:
        if line.amount:
            brings = amount_words(line.amount, requirement.unit)
            yield f"   - {said(line.name.title, line.name.title_en)} ({line.name.where}): {brings}"
        for measure in measures.get(line.pilot_id or 0, ()):
            yield f"     {_measured(measure.name, measure)}"
    for use in step.standing_uses:
        left_out = gettext("too large for this file, hand it in by itself")
        where = names.get(use.evidence_id, left_out)
        became = USE_STATES[use.state]
        told = [claimed_days(use), claimed_amount(use, step.brings.get(use.id))]
        proves = ", ".join(filter(None, told))
        yield f"   - {use.evidence.title}, {proves} ({became}): {where}"
        if use.project and use.project.pilot:
            yield f"     {gettext('Pilot project: %(title)s.', title=use.project.pilot.title)}"
        if use.project and use.project.measured:
            yield f"     {_measured(use.project.measured, use.project)}"


def _amount_line(step: PathStep) -> str:
    minimum, unit = step.requirement.minimum, step.requirement.unit
    if minimum is None:
        there = amount_words(step.standing.amount, unit)
        so_far = gettext("There is %(amount)s so far.", amount=there)
        return f"{gettext('Minimum to be set')}. {so_far}"
    there, asked = number(step.standing.amount, 2), amount_words(minimum, unit)
    return str(gettext("%(amount)s of %(minimum)s", amount=there, minimum=asked))


def _measured(what: str, figures: PilotMeasure | ShownProject) -> str:
    """``Thời gian chờ: 42 → 17 phút (01/08/2025 – 20/11/2025)``."""
    before, after = number(figures.before, 4), number(figures.after, 4)
    words = gettext("%(what)s: %(before)s → %(after)s", what=what, before=before, after=after)
    unit = f" {figures.unit}" if figures.unit else ""
    return f"{words}{unit} ({day(figures.before_on)} – {day(figures.after_on)})"
