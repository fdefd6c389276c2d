"""The key that the club signs certificates with, and the club's own authority that vouches for it.

The private keys lie in a file that only the site's user can read (``SIGNING_KEY``), in no table
and in no backup: who gets hold of a copy of the club's data cannot sign in its name. That of the
authority may lie elsewhere (``AUTHORITY_KEY``), since it is needed for a new key alone. A lost
file costs nothing but a new key, because the public halves of all keys that ever signed stay in
the database.
"""

import os
import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

_YEAR = timedelta(days=365)
#: So long a key signs.
KEY_SIGNS_FOR = 3 * _YEAR
#: So long readers of PDF files believe it: what it signed last can be looked at for twelve years.
KEY_LASTS = 15 * _YEAR
_AUTHORITY_LASTS = 40 * _YEAR
_BLOCK = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----\n", re.DOTALL)
#: The most bytes that X.509 allows a common name.
_LONGEST_NAME = 64


@dataclass(frozen=True)
class Pair:
    """A private key and the certificate of its public half."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def expires_at(self) -> datetime:
        return self.certificate.not_valid_after_utc

    @property
    def signs_until(self) -> datetime:
        """From this moment on the key of a signer signs nothing more."""
        return self.expires_at - (KEY_LASTS - KEY_SIGNS_FOR)


@dataclass(frozen=True)
class Keys:
    """What signing takes."""

    signing: Pair
    #: The certificate of the authority that vouches for the key.
    authority: x509.Certificate


@dataclass(frozen=True)
class Places:
    """Where the private keys lie: in one file, or the authority's in one of its own."""

    signing: Path
    authority: Path

    @property
    def are_apart(self) -> bool:
        return self.signing != self.authority


class DamagedKeyError(Exception):
    """The file holds something else than what was written into it."""


def new_keys(club: str, *, authority: Pair | None = None, now: datetime) -> tuple[Keys, Pair]:
    """A new key, and the authority that vouches for it: a new one unless it is given, so that
    whoever trusts it trusts the key at once. ``club`` is the name that readers of the signature
    see.
    """
    authority = authority or _new_authority(club, now=now)
    return Keys(_vouched_for(club, authority, now=now), authority.certificate), authority


def read_keys(path: Path) -> Keys:
    """Raises ``FileNotFoundError`` and ``DamagedKeyError``."""
    blocks = _blocks(path, counts={3, 4})
    return Keys(_pair(path, *blocks[:2]), _certificate_in(path, blocks[-1]))


def read_authority(places: Places) -> Pair:
    """With its private key, which still lies beside the other where it was not moved yet.

    Raises ``FileNotFoundError`` and ``DamagedKeyError``.
    """
    if places.are_apart and places.authority.exists():
        return _pair(places.authority, *_blocks(places.authority, counts={2}))
    blocks = _blocks(places.signing, counts={3, 4})
    if len(blocks) == 3:
        raise FileNotFoundError(places.authority)
    return _pair(places.signing, *blocks[2:])


def keep_first(club: str, places: Places, *, now: datetime) -> None:
    """Make the files unless there are any: of two processes that begin at once, one wins."""
    authority = None
    if places.are_apart:
        _, made = new_keys(club, now=now)
        _put_first(_pem(made), places.authority)
        authority = read_authority(places)
    keys, authority = new_keys(club, authority=authority, now=now)
    _put_first(_content(keys, authority, places), places.signing)


def keep_instead(keys: Keys, authority: Pair, places: Places) -> None:
    """Put the keys in the place of those in the files, each wholly or not at all."""
    if places.are_apart:
        _written(_pem(authority), places.authority).replace(places.authority)
    _written(_content(keys, authority, places), places.signing).replace(places.signing)


def _content(keys: Keys, authority: Pair, places: Places) -> bytes:
    certificate = authority.certificate.public_bytes(Encoding.PEM)
    return _pem(keys.signing) + (certificate if places.are_apart else _pem(authority))


def _pem(pair: Pair) -> bytes:
    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + pair.certificate.public_bytes(Encoding.PEM)


def _put_first(content: bytes, path: Path) -> None:
    half_written = _written(content, path)
    try:
        os.link(half_written, path)
    except FileExistsError:
        pass
    finally:
        half_written.unlink()


def _written(content: bytes, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Made readable by its owner only.
    handle, half_written = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(half_written)


def _blocks(path: Path, *, counts: Collection[int]) -> list[str]:
    blocks: list[str] = _BLOCK.findall(path.read_text(encoding="ascii", errors="replace"))
    if len(blocks) not in counts:
        raise DamagedKeyError(path)
    return blocks


def _certificate_in(path: Path, block: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(block.encode())
    except ValueError as damage:
        raise DamagedKeyError(path) from damage


def _pair(path: Path, key: str, certificate: str) -> Pair:
    try:
        private = load_pem_private_key(key.encode(), password=None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
    except (ValueError, TypeError, AssertionError) as damage:
        raise DamagedKeyError(path) from damage
    return Pair(private, _certificate_in(path, certificate))


def _new_authority(club: str, *, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"CA {club}")
    certificate = (
        _certificate(name, name, key.public_key(), now=now, lasts=_AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Pair(key, certificate)


def _vouched_for(club: str, authority: Pair, *, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate.subject
    vouching = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    certificate = (
        _certificate(_name(club), issuer, key.public_key(), now=now, lasts=KEY_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(vouching, critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    return Pair(key, certificate)


def _certificate(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # Readers' clocks may be a little behind.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _fitting(name: str) -> str:
    """As many whole words of the name as there is room for."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words).encode()) > _LONGEST_NAME:
        words.pop()
    return " ".join(words).encode()[:_LONGEST_NAME].decode(errors="ignore")


def _name(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(name)),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
