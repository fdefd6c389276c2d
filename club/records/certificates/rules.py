"""When certificates are not issued or not revoked, and how strangers see the holder's name."""

from enum import StrEnum

from club.records.certificates.models import CertificateState


class Refusal(StrEnum):
    NOT_CLOSED_YET = "Close this class first: certificates rest on its records."
    REASON_MISSING = "Write the reason."
    NOT_VALID_ANY_MORE = "This certificate is not valid any more."
    NOTHING_TO_ISSUE = "Everybody who completed this class has had a certificate."
    KEY_EXISTS = (
        "The club has a signing key. To replace it: flask --app club certificates rotate-key"
    )
    KEY_MISSING = (
        "The file cannot be signed now, because the club's signing key is not in its place. The"
        " certificate holds and can be checked by its code. Please tell the club."
    )
    KEY_EXPIRED = (
        "The file cannot be signed now, because the club's signing key is too old. The certificate"
        " holds and can be checked by its code. Please tell the club."
    )


def field_of(refusal: Refusal) -> str | None:
    """The form field in which a refusal about a reason can be mended."""
    return "reason" if refusal is Refusal.REASON_MISSING else None


def refusal_to_revoke(state: CertificateState, reason: str | None) -> Refusal | None:
    if state is not CertificateState.VALID:
        return Refusal.NOT_VALID_ANY_MORE
    return None if reason else Refusal.REASON_MISSING


def masked_name(full_name: str) -> str:
    """``Nguyễn Thị Dung`` as strangers see it: ``Nguyễn Thị D.``"""
    *before, given = full_name.split()
    return " ".join([*before, f"{given[0].upper()}."])
