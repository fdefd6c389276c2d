"""What this room keeps about a person: which account handed a file in. What is in a file belongs
to the thing that it was handed in for, perhaps somebody else's.
"""

from functools import partial

from flask_babel import lazy_gettext

from club.files.models import StoredFile
from club.files.storage import storage
from club.web.personal_data import PersonalFile, PersonalPart


def personal_file(file: StoredFile) -> PersonalFile:
    return PersonalFile(file.name, file.size, partial(storage().pieces, file.key, end=file.size))


PERSONAL_DATA = PersonalPart(
    "files", lazy_gettext("Files"), [], acted=("stored_file.uploaded_by_id",)
)
