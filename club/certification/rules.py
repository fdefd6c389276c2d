"""What an expert certificate must be, who may check it, and when it stands. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from club.certification.models import ExpertCertificateState, WithdrawalKind
from club.vietnamese import folded

#: The key of the row that all schemes without one of their own share.
UNLISTED = "other"


class CertificationRefusal(StrEnum):
    NO_SUCH_SCHEME = "Choose one of the schemes."
    SCHEME_UNNAMED = "Write which scheme it is."
    ISSUED_LATER = "The day of issue lies in the future. Copy it from the certificate."
    ISSUED_TOO_EARLY = "Check the day of issue: the year cannot be right."
    EXPIRES_BEFORE_ISSUE = "The last valid day lies before the day of issue. Check both."
    NUMBER_WITHOUT_SIGNS = "Write the number as it stands on the certificate."
    NUMBER_KNOWN = "A certificate with this number is recorded under this scheme already."
    OWN_CERTIFICATE = "Nobody checks an own certificate. Somebody else has to."
    ENTERED_IT = "Whoever entered a certificate does not check it. Somebody else has to."
    CHECKED_ALREADY = "This certificate has been checked already."
    WITHDRAWN_ALREADY = "This certificate has been withdrawn already."
    STILL_UNCHECKED = "This certificate has not been checked. Say that it was entered by mistake."
    TAKEN_BACK_BEFORE_ISSUE = "This day lies before the day of issue. Check both."
    TAKEN_BACK_LATER = "Enter it once the day has come. Choose today or an earlier day."
    SAME_NUMBER = "Another entry has the same number. Look at both, and say that you compared them."
    PAPER_MISSING = "There is no paper yet. Add a file of it, or write why there is none."
    SOURCE_NEEDED = "Write where that is written: the body's register, a letter, a link."
    SUSPENDED_ALREADY = "It is suspended in these days already."
    NOT_SUSPENDED = "No suspension of it is open."
    LIFTED_TOO_EARLY = "The suspension began later. Choose its first day or a later one."
    ENDS_BEFORE_IT_BEGINS = "The last day lies before the first. Check both."
    DAY_NEEDED = "Choose the day from which it is no longer valid."
    NOT_YOURS_ANY_MORE = "A checked certificate is withdrawn by the club. Write to a coordinator."


class CertificateStanding(StrEnum):
    """How a certificate stands on a day, for whoever looks at it."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"


class Suspended(Protocol):
    """A time in which its body suspends a certificate."""

    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def lifted_from(self) -> date | None: ...


class Days(Protocol):
    """What validity is read from."""

    @property
    def state(self) -> ExpertCertificateState: ...
    @property
    def withdrawal(self) -> WithdrawalKind | None: ...
    @property
    def withdrawn_from(self) -> date | None: ...
    @property
    def issued_on(self) -> date: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def was_checked(self) -> bool: ...
    @property
    def suspensions(self) -> Sequence[Suspended]: ...


def valid_on(certificate: Days, day: date) -> bool:
    """Whether a checked certificate was valid on a day. One that its body took back was valid
    until then, one that it suspended is not for so long; one entered by mistake never was.
    """
    return held_on(certificate, day) and not suspended_on(certificate, day)


def suspended_on(certificate: Days, day: date) -> bool:
    return any(covers(one, day) for one in certificate.suspensions)


def covers(suspended: Suspended, day: date) -> bool:
    """The day on which it is lifted is free of it."""
    is_over = suspended.until_on is not None and suspended.until_on < day
    is_lifted = suspended.lifted_from is not None and suspended.lifted_from <= day
    return suspended.from_on <= day and not is_over and not is_lifted


def held_on(certificate: Days, day: date) -> bool:
    """``valid_on``, whether or not it is suspended."""
    if not certificate.was_checked or certificate.withdrawal is WithdrawalKind.MISTAKE:
        return False
    taken_back = certificate.withdrawn_from is not None and certificate.withdrawn_from <= day
    return not taken_back and _within(certificate, day)


def standing_on(certificate: Days, day: date) -> CertificateStanding:
    if certificate.withdrawal is WithdrawalKind.MISTAKE:
        return CertificateStanding.WITHDRAWN
    if certificate.withdrawal is WithdrawalKind.TAKEN_BACK:
        return CertificateStanding.TAKEN_BACK
    if certificate.state is ExpertCertificateState.RECORDED:
        return CertificateStanding.UNCHECKED
    if not held_on(certificate, day):
        return CertificateStanding.EXPIRED
    return (
        CertificateStanding.SUSPENDED
        if suspended_on(certificate, day)
        else CertificateStanding.VALID
    )


def _within(certificate: Days, day: date) -> bool:
    expires = certificate.expires_on
    return certificate.issued_on <= day and (expires is None or day <= expires)


def problems_of_days(
    *, issued_on: date, expires_on: date | None, today: date
) -> list[tuple[CertificationRefusal, str]]:
    """The verdicts, each with the form's field it is about."""
    found = []
    if issued_on > today:
        found.append((CertificationRefusal.ISSUED_LATER, "issued_on"))
    # The oldest of the known schemes certifies since 1976.
    if issued_on.year < 1976:
        found.append((CertificationRefusal.ISSUED_TOO_EARLY, "issued_on"))
    if expires_on is not None and expires_on < issued_on:
        found.append((CertificationRefusal.EXPIRES_BEFORE_ISSUE, "expires_on"))
    return found


class Entry(Protocol):
    @property
    def state(self) -> ExpertCertificateState: ...
    @property
    def person_id(self) -> int: ...
    @property
    def recorded_by_id(self) -> int | None: ...
    @property
    def has_paper(self) -> bool: ...


def refusal_to_check(
    certificate: Entry, *, by: int, checker_person_id: int | None
) -> CertificationRefusal | None:
    """Four eyes: neither the holder nor the account that entered it; and there is a paper to look
    at, or a reason why not. ``by``: the account that checks.
    """
    if certificate.person_id == checker_person_id:
        return CertificationRefusal.OWN_CERTIFICATE
    if certificate.state is ExpertCertificateState.CHECKED:
        return CertificationRefusal.CHECKED_ALREADY
    if certificate.state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY
    if certificate.recorded_by_id == by:
        return CertificationRefusal.ENTERED_IT
    return None if certificate.has_paper else CertificationRefusal.PAPER_MISSING


def refusal_to_withdraw(
    certificate: Days,
    *,
    kind: WithdrawalKind,
    taken_back_from: date | None,
    source: str | None,
    today: date,
) -> tuple[CertificationRefusal, str | None] | None:
    if certificate.state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY, None
    if kind is WithdrawalKind.MISTAKE:
        return None
    if not certificate.was_checked:
        return CertificationRefusal.STILL_UNCHECKED, "kind"
    field = "taken_back_from"
    if refusal := _refusal_of_day(certificate.issued_on, taken_back_from, today=today, field=field):
        return refusal
    return None if source else (CertificationRefusal.SOURCE_NEEDED, "source")


def _refusal_of_day(
    issued_on: date, day: date | None, *, today: date, field: str
) -> tuple[CertificationRefusal, str | None] | None:
    """Of the first day on which it is not valid any more."""
    if day is None:
        return CertificationRefusal.DAY_NEEDED, field
    if day < issued_on:
        return CertificationRefusal.TAKEN_BACK_BEFORE_ISSUE, field
    return (CertificationRefusal.TAKEN_BACK_LATER, field) if day > today else None


def refusal_to_suspend(
    certificate: Days, *, from_on: date, until_on: date | None, today: date
) -> tuple[CertificationRefusal, str | None] | None:
    if certificate.state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY, None
    if not certificate.was_checked:
        return CertificationRefusal.STILL_UNCHECKED, None
    refusal = _refusal_of_day(certificate.issued_on, from_on, today=today, field="from_on")
    if refusal:
        return refusal
    if until_on is not None and until_on < from_on:
        return CertificationRefusal.ENDS_BEFORE_IT_BEGINS, "until_on"
    if any(covers(one, from_on) or from_on <= one.from_on for one in certificate.suspensions):
        return CertificationRefusal.SUSPENDED_ALREADY, "from_on"
    return None


def open_suspension(certificate: Days, day: date) -> Suspended | None:
    """What can be lifted that day."""
    return next((one for one in certificate.suspensions if covers(one, day)), None)


def refusal_to_take_back_own(state: ExpertCertificateState) -> CertificationRefusal | None:
    """A holder may remove what nobody has checked yet."""
    if state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY
    if state is ExpertCertificateState.CHECKED:
        return CertificationRefusal.NOT_YOURS_ANY_MORE
    return None


def number_key(number: str, *, scheme_name: str | None = None) -> str:
    """What a number is told apart by: letters and digits only. Unlisted schemes share one row,
    so their name is part of it.
    """
    bare = bare_number(number)
    return f"{folded(scheme_name)}/{bare}" if scheme_name and bare else bare


def bare_number(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(number))


def named_scheme(scheme_key: str, scheme_name: str | None) -> str | None:
    """The typed name of a scheme that has no row of its own; ``None`` of the others."""
    return scheme_name if scheme_key == UNLISTED else None


class LookAlike(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def look_alike(self) -> Sequence[str]: ...


def look_alike_of(
    scheme_key: str, written: Iterable[str | None], schemes: Iterable[LookAlike]
) -> str | None:
    """The key of another scheme whose words stand on a paper entered under ``scheme_key``."""
    text = " ".join(folded(words) for words in written if words)
    for scheme in schemes:
        if scheme.key != scheme_key and any(folded(w) in text for w in scheme.look_alike):
            return scheme.key
    return None
