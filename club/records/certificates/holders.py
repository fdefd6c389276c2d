"""Whom a certificate names, as strangers read it."""

from club.records.certificates.rules import masked_name
from club.web.personal_data import ERASED_NAME


def names_nobody(holder_name: str) -> bool:
    """Its holder had the name erased: no paper can be compared with it."""
    return holder_name == ERASED_NAME


def shown_name(holder_name: str) -> str:
    return holder_name if names_nobody(holder_name) else masked_name(holder_name)
