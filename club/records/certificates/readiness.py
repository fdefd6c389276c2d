"""What coordinators should see to before certificates are issued."""

from datetime import datetime
from enum import StrEnum

from club.records.certificates import queries
from club.records.certificates.key_care import trouble_with_the_key
from club.records.certificates.rules import Lack


def lacks(*, now: datetime) -> list[StrEnum]:
    """None of them keeps a certificate from being issued."""
    trouble = trouble_with_the_key(now=now)
    return [*([] if has_signer() else [Lack.SIGNER]), *([trouble] if trouble else [])]


def has_signer() -> bool:
    present = queries.present_design()
    return present is not None and bool(present.signer_name or present.signer_title)
