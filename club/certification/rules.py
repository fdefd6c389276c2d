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
    TAKEN_BACK_BEFORE_ISSUE = "It cannot have been taken back before it was issued."
    TAKEN_BACK_LATER = "Enter it once the day has come. Choose today or an earlier day."
    DAY_NEEDED = "Choose the day from which it is no longer valid."
    NOT_YOURS_ANY_MORE = "A checked certificate is withdrawn by the club. Write to a coordinator."


class Standing(StrEnum):
    """How a certificate stands on a day, for whoever looks at it."""

    UNCHECKED = "unchecked"
    VALID = "valid"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"


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


def valid_on(certificate: Days, day: date) -> bool:
    """Whether a checked certificate was valid on a day. One that its body took back was valid
    until then; one entered by mistake never was.
    """
    if not certificate.was_checked or certificate.withdrawal is WithdrawalKind.MISTAKE:
        return False
    taken_back = certificate.withdrawn_from is not None and certificate.withdrawn_from <= day
    return not taken_back and _within(certificate, day)


def standing_on(certificate: Days, day: date) -> Standing:
    if certificate.withdrawal is WithdrawalKind.MISTAKE:
        return Standing.WITHDRAWN
    if certificate.withdrawal is WithdrawalKind.TAKEN_BACK:
        return Standing.TAKEN_BACK
    if certificate.state is ExpertCertificateState.RECORDED:
        return Standing.UNCHECKED
    return Standing.VALID if valid_on(certificate, day) else Standing.EXPIRED


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


def refusal_to_check(
    certificate: Entry, *, by: int, checker_person_id: int | None
) -> CertificationRefusal | None:
    """Four eyes: neither the holder nor the account that entered it. ``by``: the account that
    checks.
    """
    if certificate.person_id == checker_person_id:
        return CertificationRefusal.OWN_CERTIFICATE
    if certificate.state is ExpertCertificateState.CHECKED:
        return CertificationRefusal.CHECKED_ALREADY
    if certificate.state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY
    return CertificationRefusal.ENTERED_IT if certificate.recorded_by_id == by else None


def refusal_to_withdraw(
    certificate: Days, *, kind: WithdrawalKind, taken_back_from: date | None, today: date
) -> tuple[CertificationRefusal, str | None] | None:
    if certificate.state is ExpertCertificateState.WITHDRAWN:
        return CertificationRefusal.WITHDRAWN_ALREADY, None
    if kind is WithdrawalKind.MISTAKE:
        return None
    if not certificate.was_checked:
        return CertificationRefusal.STILL_UNCHECKED, "kind"
    return _refusal_of_day(certificate.issued_on, taken_back_from, today=today)


def _refusal_of_day(
    issued_on: date, taken_back_from: date | None, *, today: date
) -> tuple[CertificationRefusal, str | None] | None:
    if taken_back_from is None:
        return CertificationRefusal.DAY_NEEDED, "taken_back_from"
    if taken_back_from < issued_on:
        return CertificationRefusal.TAKEN_BACK_BEFORE_ISSUE, "taken_back_from"
    if taken_back_from > today:
        return CertificationRefusal.TAKEN_BACK_LATER, "taken_back_from"
    return None


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
    bare = re.sub(r"[^a-z0-9]", "", folded(number))
    return f"{folded(scheme_name)}/{bare}" if scheme_name and bare else bare


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
