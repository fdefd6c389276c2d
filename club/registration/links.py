"""Where letters lead: to a page behind the sign-in, or, for who cannot sign in, by a link.

Its token names one registration, signed, and is the proof. It never grows old: the worst that
somebody else can do with it is to answer for one class, which is written down.
"""

import uuid

from club.courses.models import Run
from club.outbox.telling import Reader
from club.web.seals import Seal

_SEAL = Seal("club.registration.answer")


def page_for(reader: Reader, registration: uuid.UUID | None, run: Run) -> str:
    """Where the reader finds what a letter is about; ``registration`` is ``None`` for who is on
    no list.
    """
    if registration is None:
        return f"/runs/{run.code}"
    return f"/registrations/{registration}" if reader.signs_in else f"/answer/{token(registration)}"


def token(registration: uuid.UUID) -> str:
    return _SEAL.sealed(str(registration))


def registration_in(token: str) -> uuid.UUID | None:
    """The public id that a token names, if it is one of ours."""
    try:
        return uuid.UUID(_SEAL.opened(token))
    except (ValueError, TypeError, AttributeError):
        return None
