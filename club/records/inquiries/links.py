"""Where people answer: behind the sign-in, or, for who cannot sign in, by a sealed link."""

import uuid

from club.outbox.telling import Reader
from club.records.inquiries.models import Inquiry
from club.web.forms import uuid_in
from club.web.seals import Seal

_SEAL = Seal("club.records.inquiry")


def page_for(reader: Reader, inquiry: Inquiry) -> str:
    if reader.signs_in:
        return f"/me/inquiries/{inquiry.public_id}"
    return f"/inquiry/{token(inquiry.public_id)}"


def token(inquiry: uuid.UUID) -> str:
    return _SEAL.sealed(str(inquiry))


def inquiry_in(token: str) -> uuid.UUID | None:
    """The public id that a token names, if it is one of ours."""
    opened = _SEAL.opened(token)
    return uuid_in(opened) if isinstance(opened, str) else None
