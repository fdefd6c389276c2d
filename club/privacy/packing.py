"""Packing everything that is stored about somebody into one ZIP file, room by room.

Rows are read and written one after the other, files in pieces, so that much data takes time
and no memory.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import force_locale, gettext

from club.db import db
from club.files.zipping import add_pieces, zip_entry
from club.privacy import queries
from club.privacy.looking import looked_at
from club.web.language import moment
from club.web.personal_data import PersonalFile, PersonalPart, Rows, Whose, personal_parts

#: Bytes of files beyond which no more are packed; they are named instead.
_ROOM_FOR_FILES = 1 << 30
_LOOKS = "looks.json"


def pack(whose: Whose, *, into: IO[bytes], language: str, now: datetime) -> None:
    """``language``: in which the guide to the copy is written. Raises ``StorageError``."""
    left_out: list[str] = []
    entries = queries.entries_of(whose)
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        room = _ROOM_FOR_FILES
        for part in personal_parts():
            with archive.open(zip_entry(f"{part.room}.json", now), "w") as file:
                for text in _told(part, entries):
                    file.write(text.encode())
            for name, found in _named(part, entries):
                if found.size > room:
                    left_out.append(name)
                    continue
                room -= found.size
                add_pieces(archive, name, found.content(), now=now)
        with force_locale(language):
            guide = _guide(left_out, now)
            with archive.open(zip_entry(_LOOKS, now), "w") as file:
                for text in _who_looked(whose):
                    file.write(text.encode())
        archive.writestr(zip_entry("README.txt", now), guide)


def _named(part: PersonalPart, entries: list[Whose]) -> Iterator[tuple[str, PersonalFile]]:
    """Each file under a name of its own, also where two are called the same."""
    found = chain.from_iterable(files(one) for files in part.files.values() for one in entries)
    for number, file in enumerate(found, start=1):
        yield f"{part.room}/{number:03d} {file.name}", file


def _told(part: PersonalPart, entries: list[Whose]) -> Iterator[str]:
    """The room's rows as JSON: each table a list. What the account did is a number for each
    column: the rows themselves are about other things and people.
    """
    yield "{"
    before = "\n"
    for table, rows in part.rows.items():
        yield f'{before}"{table}": '
        yield from _json_list(_rows(map(rows, entries)))
        before = ",\n"
    deeds: Counter[str] = Counter()
    for entry in entries:
        if entry.account_id:
            deeds += Counter(queries.deeds_of(entry.account_id, part.acted))
    if deeds:
        yield f'{before}"what_you_did": {_json(deeds)}'
    yield "\n}\n"


def _who_looked(somebody: Whose) -> Iterator[str]:
    """In the words that the person reads on the site, without names."""
    looks = chain.from_iterable(map(looked_at, queries.every_look_at(somebody)))
    yield from _json_list(map(vars, looks))
    yield "\n"


def _rows(statements: Iterable[Rows]) -> Iterator[dict[str, object]]:
    for rows in statements:
        found: Iterable[Any] = db.session.execute(rows.execution_options(yield_per=500)).mappings()
        yield from map(dict, found)


def _json_list(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    yield "["
    before = "\n  "
    for row in rows:
        yield before + _json(row)
        before = ",\n  "
    yield "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str | int | float:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _guide(left_out: list[str], now: datetime) -> str:
    lines = [
        gettext(
            "Everything that the club's site stored about you at %(moment)s.", moment=moment(now)
        ),
        gettext(
            "Each .json file holds what one part of the site keeps; moments are in UTC. In the"
            " folders are your certificates and the files you handed in."
        ),
        gettext(
            "Where you decided something about others for the club, it only says how often: those"
            " rows are about them."
        ),
        *(f"- {part.room}.json: {part.title}" for part in personal_parts()),
        f"- {_LOOKS}: {gettext('Who looked at your data')}",
    ]
    reasons = [reason for part in personal_parts() for reason in part.files_left_out.values()]
    lines.append(gettext("These files are not in it:"))
    lines += [f"- {reason}" for reason in reasons]
    if left_out:
        lines.append(gettext("These files were too large for the copy; ask the club for them:"))
        lines += [f"- {name}" for name in left_out]
    return "\n".join(map(str, lines)) + "\n"
