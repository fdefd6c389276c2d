from enum import StrEnum


class RestoreRefusal(StrEnum):
    NOT_A_BACKUP = "This file is not a backup of this site."
    DAMAGED = "The backup is damaged: a part of it is not as it was written. Nothing was restored."
    OTHER_REVISION = (
        "The backup was made by another version of this site. Restore it with that version, "
        "then update. Nothing was restored."
    )
    NOT_EMPTY = (
        "The database is not empty. Name an empty one in DATABASE_URL. Nothing was restored."
    )
    UNKNOWN_DATABASE = (
        "The database was made by a newer version of this site. Name an empty one in "
        "DATABASE_URL. Nothing was restored."
    )
    UNSAFE_NAME = "The backup names a file outside of its folder. Nothing was restored."
