"""Checking many codes at once: what somebody pasted, line by line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from club.records.certificates import codes, finding
from club.records.certificates.kinds import Standing, standing_of
from club.records.certificates.models import Certificate

#: Certificates in one list.
MOST = 300
_BETWEEN_CODES = re.compile(r"[\s,;|]+")


@dataclass(frozen=True)
class Line:
    #: As it was typed, shortened.
    typed: str
    #: Whether the check characters fit: else it was misread or mistyped.
    is_well_formed: bool
    certificate: Certificate | None
    standing: Standing | None


def codes_in(text: str) -> list[str]:
    """What looks like one code each: a cell, or a word of a line. Links to a certificate's page
    are codes as well.
    """
    words = (codes.end_of_link(word) for word in _BETWEEN_CODES.split(text))
    return [word for word in words if any(c.isalnum() for c in word)]


def codes_of_sheet(rows: Iterable[Iterable[object]]) -> list[str]:
    """Every cell of a spreadsheet that holds a code, wherever it stands."""
    cells = (codes_in(cell) for row in rows for cell in row if isinstance(cell, str))
    words = (word for found in cells for word in found)
    return [word for word in words if codes.is_well_formed(codes.typed_code(word))]


def each_once(typed: Iterable[str]) -> list[str]:
    """What stands twice, with or without dashes, is asked once."""
    first: dict[str, str] = {}
    for one in typed:
        first.setdefault(codes.typed_code(one) or one, one)
    return list(first.values())


def checked(typed: Iterable[str], *, day: date) -> list[Line]:
    """One line for each code, in their order, with one query for each kind."""
    read = [(one, codes.typed_code(one)) for one in typed]
    wanted = {code for _one, code in read if codes.is_well_formed(code)}
    found = finding.certificates_of_codes(wanted)
    return list(_lines(read, found, day))


def _lines(
    read: Iterable[tuple[str, str]], found: dict[str, Certificate], day: date
) -> Iterator[Line]:
    for typed, code in read:
        certificate = found.get(code)
        yield Line(
            typed=typed[:40],
            is_well_formed=codes.is_well_formed(code),
            certificate=certificate,
            standing=standing_of(certificate, day=day) if certificate else None,
        )
