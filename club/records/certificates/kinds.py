"""The kinds of certificates that the club issues: how each is printed, how it stands, and what
whoever checks one is told. Rooms above add theirs (``club.rooms``); numbers, codes, signatures and
checks are the same for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy.orm.interfaces import ORMOption

from club.records.certificates.models import Certificate, CertificateState
from club.web.described import Schema


@dataclass(frozen=True)
class Standing:
    """How a certificate stands on a day, as anybody may know."""

    state: CertificateState
    #: Since when it has been suspended, revoked or replaced, and why in public words.
    since: datetime | None = None
    reason: str | None = None
    #: The number of the certificate that took its place.
    replaced_by: str | None = None


@dataclass(frozen=True)
class CertificateKind:
    """Functions take certificates of ``model`` only."""

    #: For programs.
    name: str
    #: What one is, in a few words.
    title: LazyString
    #: The first letters of its numbers.
    series: str
    model: type[Certificate]
    #: What a check reads beside the row.
    links: Sequence[ORMOption]
    standing: Callable[[Any, date], Standing]
    #: What it certifies, in Vietnamese and English.
    about: Callable[[Any], tuple[str, str]]
    #: The PDF, unsigned; takes the site's public address. Raises ``StorageError``.
    printed: Callable[[Any, str], bytes]
    #: The holder's own address of it.
    address: Callable[[Any], str]
    #: The template whose macro ``certified(certificate, holder, code, masked)`` says what it says.
    template: str
    #: What it is not taken for.
    is_not: LazyString
    is_expert_certification: bool
    #: What it says, for programs, and the form of that.
    said: Callable[[Any], dict[str, Any]]
    form: dict[str, Schema]
    #: One in each state that there is on a day; asked only where the club is invented.
    samples: Callable[[date], Sequence[Certificate]]


#: All of them; ``club.rooms`` says which.
KINDS: list[CertificateKind] = []


def kind_of(certificate: Certificate) -> CertificateKind:
    return next(kind for kind in KINDS if isinstance(certificate, kind.model))


def standing_of(certificate: Certificate, *, day: date) -> Standing:
    return kind_of(certificate).standing(certificate, day)
