"""Looking after the key: the next one is made in time, and who can help reads why it was not."""

from datetime import datetime, timedelta

from club.records.certificates import queries
from club.records.certificates.keys import (
    DamagedKeyError,
    Pair,
    Places,
    read_authority,
    read_keys,
)
from club.records.certificates.rules import KeyTrouble
from club.records.certificates.signing import key_places, rotate_key

#: The next key is made so long before the present one ends.
_AHEAD = timedelta(days=30)
#: A key that cannot be followed by itself is spoken of so long before it ends.
_SPOKEN_OF = timedelta(days=90)


def trouble_with_the_key(*, now: datetime) -> KeyTrouble | None:
    """``None`` as well where the club never signed: its key is made when it is first needed."""
    places = key_places()
    if not places.signing.exists() and not queries.signing_keys():
        return None
    present = _present(places)
    if present is None:
        return KeyTrouble.MISSING
    if _is_distrusted(present):
        return KeyTrouble.DISTRUSTED
    left = present.signs_until - now
    if left <= timedelta(0):
        return KeyTrouble.OVER
    needs_help = left <= _SPOKEN_OF and not _authority_is_there(places)
    return KeyTrouble.ENDS_SOON if needs_help else None


def renew_in_time(*, now: datetime) -> bool:
    """Make the next key where the present one is about to end, or has ended, and the key of the
    authority is there; returns whether. A stolen or lost key is replaced by people only.
    """
    places = key_places()
    present = _present(places)
    if present is None or now < present.signs_until - _AHEAD:
        return False
    if _is_distrusted(present) or not _authority_is_there(places):
        return False
    rotate_key(with_authority=False, by=None, now=now)
    return True


def _present(places: Places) -> Pair | None:
    try:
        return read_keys(places.signing).signing
    except (OSError, DamagedKeyError):
        return None


def _is_distrusted(pair: Pair) -> bool:
    known = queries.signing_key(pair.fingerprint)
    return known is not None and known.distrusted_from is not None


def _authority_is_there(places: Places) -> bool:
    try:
        read_authority(places)
    except (OSError, DamagedKeyError):
        return False
    return True
