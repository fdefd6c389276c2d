"""What this room keeps about a person."""

from collections.abc import Iterator
from functools import partial

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.db import db
from club.files.models import StoredFile
from club.files.storage import storage
from club.web.personal_data import Kept, PersonalFile, PersonalPart, Rows, Whose


def _uploaded(whose: Whose) -> Rows:
    return (
        select(
            StoredFile.name,
            StoredFile.media_type,
            StoredFile.size,
            StoredFile.sha256,
            StoredFile.uploaded_at,
        )
        .where(StoredFile.uploaded_by_id == whose.account_id)
        .order_by(StoredFile.id)
    )


def personal_file(file: StoredFile) -> PersonalFile:
    return PersonalFile(file.name, file.size, partial(storage().pieces, file.key, end=file.size))


def _files(whose: Whose) -> Iterator[PersonalFile]:
    query = select(StoredFile).where(StoredFile.uploaded_by_id == whose.account_id)
    return map(personal_file, db.session.scalars(query.order_by(StoredFile.id)))


PERSONAL_DATA = PersonalPart(
    "files",
    lazy_gettext("Files you handed in"),
    [
        Kept(
            lazy_gettext("The files themselves, their names, and when you handed them in"),
            lazy_gettext("They belong to an answer of yours, or to a class that you teach"),
            lazy_gettext(
                "Answers until you ask for them to be erased; materials as long as their class"
            ),
            lazy_gettext("Whoever may see the answer or the material"),
        )
    ],
    rows={"stored_file": _uploaded},
    files=_files,
)
