"""When certificates are not issued or not corrected, and how strangers see the holder's name."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from club.records.certificates.models import (
    CertificateException,
    CertificateState,
    CertificateStepKind,
    CompletionCertificate,
)
from club.records.certificates.states import MEANINGS, TRANSITIONS
from club.records.models import TrainingRecord
from club.vietnamese import folded, text_sort_key


class Refusal(StrEnum):
    NOT_CLOSED_YET = "Close this class first: certificates rest on its records."
    EARLIER = "This class came with a list of earlier years. No certificates are issued for it."
    REASON_MISSING = "Write the reason."
    NOT_VALID_ANY_MORE = "This certificate is not valid any more."
    NOTHING_TO_ISSUE = "Everybody who completed this class has had a certificate."
    NOT_GIVEN_OUT = (
        "This certificate is suspended. Its file is given out again when the club has looked into"
        " it and lets it hold again."
    )
    SUSPENDED_ALREADY = "This certificate is suspended already."
    NOT_SUSPENDED = "This certificate is not suspended, so there is nothing to resume."
    SUSPENDED = "This certificate is suspended. Resume it first, then correct it."
    NAME_MISSING = "Write the name as it should be printed."
    HOURS_IMPOSSIBLE = "Write hours above zero and not above those of the class."
    NOTHING_CORRECTED = (
        "Name and hours are those of the certificate, so there is nothing to correct."
    )
    NOT_MADE = (
        "A file could not be made or stored, perhaps for want of room. It is tried again by itself."
    )
    COMPLETED = "This person completed the class: issue the missing certificates instead."
    NEVER_THERE = "This person was in no session of the class, so there is nothing to certify."
    HAS_ONE = "This person has a certificate of this class."
    ASKED_ALREADY = "Somebody has asked for this already; it waits for a second person."
    RECORD_OUTDATED = "The class was reopened meanwhile. Close it first, then ask anew."
    DECIDED_ALREADY = "Somebody has decided about this already."
    SECOND_PERSON = "You asked for this yourself: somebody else has to agree."
    OTHER_DESIGN = (
        "Somebody else kept a new version meanwhile. Nothing of yours was saved: look at theirs"
        " under Versions, then keep yours again."
    )
    KEY_EXISTS = (
        "The club has a signing key. To replace it: flask --app club certificates rotate-key"
    )
    KEY_MISSING = (
        "The file cannot be signed now, because the club's signing key is not in its place. The"
        " certificate holds and can be checked by its code. Please tell the club."
    )
    AUTHORITY_MISSING = (
        "The key of the club's authority is not where AUTHORITY_KEY says. Bring it there, or make"
        " a new authority: flask --app club certificates rotate-key --new-authority"
    )
    KEY_DISTRUSTED = (
        "The file cannot be signed now, because the club's signing key may be in wrong hands. The"
        " certificate holds and can be checked by its code. Please tell the club."
    )
    KEY_EXPIRED = (
        "The file cannot be signed now, because the club's signing key is too old. The certificate"
        " holds and can be checked by its code. Please tell the club."
    )


class Lack(StrEnum):
    """What certificates are better not issued without."""

    SIGNER = "No signer is named yet, so nobody's name stands at the foot of certificates."


class KeyTrouble(StrEnum):
    """Why files are not signed, or soon will not be; as coordinators read it."""

    MISSING = (
        "The club's signing key is not in its place, so the files of certificates are not signed."
        " Certificates hold and can be checked by their codes. Tell whoever looks after the site."
    )
    DISTRUSTED = (
        "The club's signing key may be in wrong hands and signs nothing any more. Certificates"
        " hold and can be checked by their codes. Tell whoever looks after the site: a new key is"
        " needed."
    )
    OVER = (
        "The club's signing key has signed for three years and signs nothing any more. Certificates"
        " hold and can be checked by their codes. Tell whoever looks after the site: a new key is"
        " needed."
    )
    ENDS_SOON = (
        "The club's signing key will soon have signed for three years, and the site cannot make the"
        " next one by itself. Tell whoever looks after the site."
    )


#: After each time that a certificate could not be printed; then always the last.
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
#: The form field in which a refusal can be mended, for those that can.
_FIELDS: dict[StrEnum, str] = {
    Refusal.REASON_MISSING: "reason",
    Refusal.NAME_MISSING: "holder_name",
    Refusal.HOURS_IMPOSSIBLE: "hours",
}


@dataclass(frozen=True)
class Correction:
    """What the certificate should have said."""

    holder_name: str | None
    attended_minutes: int | None


def field_of(refusal: StrEnum) -> str | None:
    return _FIELDS.get(refusal)


def refusal_to_give_out(state: CertificateState) -> Refusal | None:
    """Why nobody gets the file or the badge of a certificate in this state. Those of an expired
    one say themselves until when.
    """
    if state is CertificateState.SUSPENDED:
        return Refusal.NOT_GIVEN_OUT
    holds = state is CertificateState.EXPIRED or MEANINGS[state].holds
    return None if holds else Refusal.NOT_VALID_ANY_MORE


def refusal_to_step(
    kind: CertificateStepKind, state: CertificateState, reason: str | None
) -> Refusal | None:
    leads_from, _to = TRANSITIONS[kind]
    if state in leads_from:
        return None if reason else Refusal.REASON_MISSING
    if not MEANINGS[state].stands:
        return Refusal.NOT_VALID_ANY_MORE
    if kind is CertificateStepKind.SUSPENDED:
        return Refusal.SUSPENDED_ALREADY
    return Refusal.NOT_SUSPENDED


def refusal_to_correct(
    certificate: CompletionCertificate, correction: Correction
) -> Refusal | None:
    """The hours of a class are never exceeded, whatever somebody remembers."""
    if certificate.state is CertificateState.SUSPENDED:
        return Refusal.SUSPENDED
    most = certificate.training_record.planned_minutes
    if not correction.holder_name:
        return Refusal.NAME_MISSING
    if correction.attended_minutes is None or not 0 < correction.attended_minutes <= most:
        return Refusal.HOURS_IMPOSSIBLE
    said = (certificate.holder_name, certificate.attended_minutes)
    if said == (correction.holder_name, correction.attended_minutes):
        return Refusal.NOTHING_CORRECTED
    return None


def refusal_to_ask_for_exception(
    record: TrainingRecord, reason: str | None, *, has_one: bool, is_asked: bool
) -> Refusal | None:
    refusal = _refusal_to_certify(record)
    if refusal:
        return refusal
    if has_one:
        return Refusal.HAS_ONE
    if is_asked:
        return Refusal.ASKED_ALREADY
    return None if reason else Refusal.REASON_MISSING


def _refusal_to_certify(record: TrainingRecord) -> Refusal | None:
    """Why no certificate can be given by exception upon this record."""
    if record.run.is_earlier:
        return Refusal.EARLIER
    if record.superseded_at is not None:
        return Refusal.RECORD_OUTDATED
    if record.completed:
        return Refusal.COMPLETED
    return Refusal.NEVER_THERE if record.attended_minutes == 0 else None


def refusal_to_decide(exception: CertificateException, *, by: int) -> Refusal | None:
    """Two different accounts, whoever they are."""
    if exception.decided_at is not None:
        return Refusal.DECIDED_ALREADY
    return Refusal.SECOND_PERSON if exception.asked_by_id == by else None


def pause_after(failed_prints: int) -> timedelta:
    """How long the worker leaves a certificate alone that could not be printed so often."""
    return _PAUSES[min(failed_prints, len(_PAUSES)) - 1]


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last one where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_the_name(typed: str, holder: str) -> bool:
    """Letter by letter and with every mark; the case, and on which vowel a tone is set, do not
    tell names apart (``Hoà``, ``Hòa``).
    """
    return folded(typed) == folded(holder) and text_sort_key(typed) == text_sort_key(holder)


def masked_name(full_name: str) -> str:
    """``Nguyễn Thị Dung`` as strangers see it: ``Nguyễn Thị D.``"""
    *before, given = full_name.split()
    return " ".join([*before, f"{given[0].upper()}."])
