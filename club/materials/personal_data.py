"""What this room keeps about a person: what the person published for a class or a course."""

from collections.abc import Iterator

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.db import db
from club.files.models import StoredFile
from club.files.personal_data import personal_file
from club.materials.models import Material, MaterialVersion
from club.web.personal_data import Kept, PersonalFile, PersonalPart, Rows, Whose


def _published(whose: Whose) -> Rows:
    return (
        select(
            Material.title,
            MaterialVersion.number.label("version"),
            MaterialVersion.note,
            StoredFile.name.label("file"),
            MaterialVersion.link,
            MaterialVersion.body,
            MaterialVersion.published_at,
        )
        .join(Material, Material.id == MaterialVersion.material_id)
        .outerjoin(StoredFile, StoredFile.id == MaterialVersion.file_id)
        .where(MaterialVersion.published_by_id == whose.account_id)
        .order_by(MaterialVersion.id)
    )


def _files(whose: Whose) -> Iterator[PersonalFile]:
    query = (
        select(StoredFile)
        .join(MaterialVersion, MaterialVersion.file_id == StoredFile.id)
        .where(MaterialVersion.published_by_id == whose.account_id)
        .order_by(MaterialVersion.id)
    )
    return map(personal_file, db.session.scalars(query))


PERSONAL_DATA = PersonalPart(
    "materials",
    lazy_gettext("Materials"),
    [
        Kept(
            lazy_gettext("Files, links and pages that you published for a class or a course"),
            lazy_gettext("They belong to the class, for those who take part"),
            lazy_gettext("As long as the class; after erasure without your name"),
            lazy_gettext("Whoever the material is for"),
        )
    ],
    rows={"material_version": _published},
    files={"material_version.file_id": _files},
)
