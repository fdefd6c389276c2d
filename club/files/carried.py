"""A received file that a form carries while something else in it is mended.

The form holds what is known of the file, signed for one account, so that nobody has to choose
it again and nobody can hand in another's. Without a row it is swept like any file that came to
nothing (``receiving.sweep_orphans``).
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from club.files.receiving import ReceivedFile

#: Shorter than what is left in the store without a row.
_LIFETIME_SECONDS = 24 * 60 * 60


def ticket_for(received: ReceivedFile, *, account_id: int) -> str:
    return str(_serializer().dumps([account_id, vars(received)]))


def file_of_ticket(ticket: str, *, account_id: int) -> ReceivedFile | None:
    """``None`` for what is no ticket of this account, or too old."""
    try:
        owner, facts = _serializer().loads(ticket, max_age=_LIFETIME_SECONDS)
    except BadSignature:
        return None
    return ReceivedFile(**facts) if owner == account_id else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="club.files.carried")
