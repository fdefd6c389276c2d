"""What the values that experts are cut by are called: in addresses and files, and on pages."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from flask_babel import gettext

from club.certification.candidacy.models import Candidate
from club.certification.figures import queries
from club.certification.figures.experts import By, Line
from club.certification.figures.queries import Name
from club.web.language import said

#: The key of no organisation, no ward.
NONE = "none"
Value = int | bool | None


@dataclass(frozen=True)
class Named:
    key: str
    name: str
    line: Line


def named_lines(by: By, lines: Sequence[Line]) -> list[Named]:
    """With the names in the reader's language."""
    names = names_of(by, [line.value for line in lines])
    return [
        Named(names[line.value].key, said(names[line.value].name, names[line.value].name_en), line)
        for line in lines
    ]


def names_of(by: By, values: Collection[Value]) -> dict[Value, Name]:
    if by is By.FUNDED:
        return {
            True: Name("plan", gettext("Paid for by the plan"), None),
            False: Name("other", gettext("Not paid for by the plan"), None),
        }
    known = _known(by, {value for value in values if value is not None})
    nowhere = gettext("No ward is known") if by is By.WARD else gettext("No organisation")
    return {value: Name(NONE, nowhere, None) if value is None else known[value] for value in values}


def _known(by: By, ids: Collection[int]) -> Mapping[int, Name]:
    match by:
        case By.ORGANISATION:
            return queries.organisation_names(ids)
        case By.WARD:
            return queries.ward_names(ids)
        case _:
            return queries.scheme_names()


def candidate_key(candidate: Candidate) -> str:
    """Tells candidates apart in lists without names, the same each time. Lists of experts have
    names and other keys, so that the two lists together name nobody.
    """
    secret = str(current_app.secret_key).encode()
    digest = hmac.digest(secret, b"candidate " + candidate.person.public_id.bytes, "sha256")
    return str(UUID(bytes=digest[:16]))
