"""Where letters lead: to a page behind the sign-in, or, for who cannot sign in, by a link.

Its token names one registration, signed, and is the proof. It never grows old: the worst that
somebody else can do with it is to answer for one class, which is written down.

Whom no letter reaches gets a link passed on by who nominated them, or by the club. As others have
seen it, it shows no answers that were given, and changes none.
"""

import uuid

from club.courses.models import Run
from club.outbox.telling import Reader
from club.web.seals import Seal

_SEAL = Seal("club.registration.answer")
_PASSED_ON = Seal("club.registration.answer-passed-on")


def page_for(reader: Reader, registration: uuid.UUID | None, run: Run) -> str:
    """Where the reader finds what a letter is about; ``registration`` is ``None`` for who is on
    no list.
    """
    if registration is None:
        return f"/runs/{run.code}"
    return f"/registrations/{registration}" if reader.signs_in else f"/answer/{token(registration)}"


def token(registration: uuid.UUID) -> str:
    return _SEAL.sealed(str(registration))


def page_to_pass_on(registration: uuid.UUID) -> str:
    """The same page, for who is told of it by others."""
    return f"/answer/{_PASSED_ON.sealed(str(registration))}"


def registration_in(token: str) -> uuid.UUID | None:
    """The public id that a token names, if it is one of ours."""
    return _named_by(_SEAL, token) or _named_by(_PASSED_ON, token)


def is_passed_on(token: str) -> bool:
    """Whether others have seen it before the person it is about."""
    return _named_by(_PASSED_ON, token) is not None


def _named_by(seal: Seal, token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(seal.opened(token))
    except (ValueError, TypeError, AttributeError):
        return None
