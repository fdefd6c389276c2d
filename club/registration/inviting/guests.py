"""Who stands behind invitations now: to whom to write about them."""

from collections.abc import Iterable, Sequence

from club.accounts.readers import readers_of
from club.outbox.telling import Reader
from club.registration.inviting import queries
from club.registration.inviting.models import RunInvitation

#: For who has no account, so that nothing is known of them but the address.
_LANGUAGE = "vi"


def guests_behind(invitations: Iterable[RunInvitation]) -> list[tuple[RunInvitation, Reader]]:
    """An account may have been made for an address since; in two statements."""
    listed = list(invitations)
    known = readers_of([one.person_id for one in listed if one.person_id is not None])
    others = readers_at([one.email for one in listed if one.person_id is None])
    return [
        (one, others[one.email] if one.person_id is None else known[one.person_id])
        for one in listed
    ]


def readers_at(emails: Sequence[str]) -> dict[str, Reader]:
    """What is known of an address' holder is known by the address that signs in."""
    holders = queries.holders_of(emails)
    return {
        email: holders.get(email)
        or Reader(0, email, email, _LANGUAGE, signs_in=False, is_known=False)
        for email in emails
    }
