"""The signed file of a certificate: made once, stored, and the same bytes ever after.

The certificate itself is its row. The file is made from it when it is first needed, so issuing
depends neither on the key nor on room on a disk: where one is missing, the certificate holds, can
be checked by its code, and its file is made when the trouble is over. Nobody gets bytes that
differ from those that were stored: where they are lost or damaged, the file is made anew.
"""

import logging
from datetime import datetime
from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding
from flask import current_app
from sqlalchemy.exc import IntegrityError

from club import clock
from club.audit.operations import record
from club.config import Settings
from club.db import transaction
from club.files.models import StoredFile
from club.files.reading import LostFileError, content_of
from club.files.receiving import add_file, let_go, receive
from club.records.certificates import queries
from club.records.certificates.issuer import name_on_the_key
from club.records.certificates.keys import (
    DamagedKeyError,
    Keys,
    Pair,
    Places,
    keep_first,
    keep_instead,
    new_keys,
    read_authority,
    read_keys,
)
from club.records.certificates.kinds import kind_of
from club.records.certificates.models import Certificate, SigningKey
from club.records.certificates.rules import Refusal
from club.refusal import RefusedError

log = logging.getLogger("club.records")


def signed_content(certificate: Certificate, *, now: datetime) -> tuple[StoredFile, bytes]:
    """The file of a certificate and its bytes as they were stored; made anew where those are lost.

    Raises ``RefusedError`` where no key can sign it, and ``StorageError``.
    """
    file = signed_file(certificate, now=now)
    try:
        return file, content_of(file)
    except LostFileError:
        log.exception("the file of certificate %s is lost and made anew", certificate.number)
    made = _made(certificate, instead_of=file, now=now)
    return made, content_of(made)


def signed_file(certificate: Certificate, *, now: datetime) -> StoredFile:
    """The file of a certificate, made now unless there is one.

    Raises ``RefusedError`` where no key can sign it, and ``StorageError``.
    """
    return certificate.file or _made(certificate, instead_of=None, now=now)


def _made(certificate: Certificate, *, instead_of: StoredFile | None, now: datetime) -> StoredFile:
    from club.records.certificates.sealing import signed

    keys = _keys(now=now)
    content = signed(kind_of(certificate).printed(certificate, _settings().public_url), keys)
    received = receive(BytesIO(content), name=f"{certificate.number}.pdf")
    with transaction() as database:
        held = database.get_one(
            type(certificate), certificate.id, with_for_update=True, populate_existing=True
        )
        if held.file is instead_of:
            # Else somebody was faster: that file stands, and this one is swept like any orphan.
            held.file = add_file(received, by=None, now=now)
            held.signing_key = known_key(keys, now=now)
            if instead_of:
                _note_loss(held, instead_of, now=now)
        assert held.file
        return held.file


def _note_loss(certificate: Certificate, lost: StoredFile, *, now: datetime) -> None:
    with transaction() as database:
        certificate.lost_sha256 = lost.sha256
        record(
            "records.remake_file",
            subject_kind=type(certificate).__tablename__,
            subject_id=certificate.number,
            by=None,
            now=now,
        )
        database.flush()
        let_go(lost)


def known_key(keys: Keys, *, now: datetime) -> SigningKey:
    """The row that keeps the public half of the key that signs now."""
    with transaction() as database:
        key = queries.signing_key(keys.signing.fingerprint)
        if key is None:
            try:
                with database.begin_nested():
                    database.add(_row_of(keys, now=now))
            except IntegrityError:
                # Another process signed its first certificate in this very moment.
                pass
            key = queries.signing_key(keys.signing.fingerprint)
        assert key
        return key


def _row_of(keys: Keys, *, now: datetime) -> SigningKey:
    return SigningKey(
        fingerprint=keys.signing.fingerprint,
        certificate=keys.signing.certificate.public_bytes(Encoding.PEM).decode(),
        authority=keys.authority.public_bytes(Encoding.PEM).decode(),
        known_since=now,
        expires_at=keys.signing.expires_at,
    )


def keys_in_use(*, now: datetime) -> tuple[Keys, SigningKey]:
    """What signs now, and the row of its public half. Raises ``RefusedError``."""
    keys = _keys(now=now)
    return keys, queries.signing_key(keys.signing.fingerprint) or known_key(keys, now=now)


def make_first_key(*, now: datetime) -> SigningKey:
    """Raises ``RefusedError`` where the club has had a key: a new one is a rotation then."""
    places = key_places()
    if places.signing.exists() or queries.signing_keys():
        raise RefusedError(Refusal.KEY_EXISTS)
    keep_first(_club(now), places, now=now)
    return known_key(read_keys(places.signing), now=now)


def rotate_key(*, with_authority: bool, by: int | None, now: datetime) -> SigningKey:
    """Sign with a new key from now on. What older ones signed stays good: their public halves
    are kept. ``with_authority``: also where the authority's key may be in wrong hands. Raises
    ``RefusedError`` where that key is kept apart and is not there.
    """
    places = key_places()
    old = None if with_authority else _old_authority(places)
    keys, authority = new_keys(_club(now), authority=old, now=now)
    with transaction():
        key = known_key(keys, now=now)
        for other in queries.signing_keys():
            if other is not key and other.retired_at is None:
                other.retired_at = now
        record(
            "records.rotate_key",
            subject_kind="signing_key",
            subject_id=key.fingerprint,
            by=by,
            now=now,
        )
        # Last: whatever fails before leaves the old key at work.
        keep_instead(keys, authority, places)
    return key


def _old_authority(places: Places) -> Pair | None:
    try:
        return read_authority(places)
    except (FileNotFoundError, DamagedKeyError) as missing:
        if places.are_apart:
            raise RefusedError(Refusal.AUTHORITY_MISSING) from missing
        return None


def _keys(*, now: datetime) -> Keys:
    """What signs now; made by itself where the club never had a key."""
    places = key_places()
    if not places.signing.exists():
        if queries.signing_keys():
            raise RefusedError(Refusal.KEY_MISSING)
        keep_first(_club(now), places, now=now)
    try:
        keys = read_keys(places.signing)
    except DamagedKeyError as damage:
        raise RefusedError(Refusal.KEY_MISSING) from damage
    if keys.signing.signs_until <= now:
        raise RefusedError(Refusal.KEY_EXPIRED)
    known = queries.signing_key(keys.signing.fingerprint)
    if known and known.distrusted_from:
        raise RefusedError(Refusal.KEY_DISTRUSTED)
    return keys


def _club(now: datetime) -> str:
    return name_on_the_key(clock.local_day(now))


def key_places() -> Places:
    settings = _settings()
    return Places(settings.signing_key, settings.authority_key or settings.signing_key)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["club.settings"]
    return settings
