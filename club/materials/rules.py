"""Who may read a material, and what one must be like. Pure: facts in, verdicts out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from club.materials.models import Material, MaterialKind, Visibility

_LINK = re.compile(r"https?://[^\s/@]+\.[^\s]+", re.IGNORECASE)
LONGEST_PAGE = 50_000
LONGEST_LINK = 2000


class MaterialRefusal(StrEnum):
    LINK = "Write the whole address, beginning with https://."
    UNCHANGED = "This is what is published already. Change something, or leave it as it is."
    TAKEN_DOWN = "This material has been taken down. Put it back before you change it."
    OTHER_VERSION = (
        "Somebody else published a new version meanwhile. Look at it, then publish yours again."
    )


#: The form field to mend; of ``UNCHANGED`` it is the one that holds the content.
FIELDS: dict[MaterialRefusal, str] = {MaterialRefusal.LINK: "link"}
CONTENT_FIELDS: dict[MaterialKind, str] = {
    MaterialKind.FILE: "file",
    MaterialKind.LINK: "link",
    MaterialKind.PAGE: "body",
}


@dataclass(frozen=True)
class Reader:
    """How somebody stands towards a run or a course."""

    #: Publishes materials there: sees everything, older versions too.
    publishes: bool = False
    is_member: bool = False
    #: Has a place, or came without registering.
    takes_part: bool = False
    #: The same, in a run that is over.
    took_part: bool = False


STRANGER = Reader()


def may_read(visibility: Visibility, reader: Reader) -> bool:
    """Whether a material of this visibility is for this reader."""
    opened_by = {
        Visibility.EVERYBODY: True,
        Visibility.MEMBERS: reader.is_member or reader.takes_part,
        Visibility.PARTICIPANTS: reader.takes_part,
        Visibility.PARTICIPANTS_AFTER: reader.took_part,
    }
    return reader.publishes or opened_by[visibility]


def refusal_of_link(link: str) -> MaterialRefusal | None:
    fits = len(link) <= LONGEST_LINK and _LINK.fullmatch(link)
    return None if fits else MaterialRefusal.LINK


def refusal_of_version(material: Material, *, seen: int | None) -> MaterialRefusal | None:
    """Why there can be no new version now. ``seen``: the newest one its author knew of."""
    if not material.is_shown:
        return MaterialRefusal.TAKEN_DOWN
    if seen is not None and seen != material.version:
        return MaterialRefusal.OTHER_VERSION
    return None
