"""Is this PDF file one that the club signed, and is it unchanged?

The file is never opened as PDF: its bytes are hashed, and the place of its signature is found by
its own words. What a hostile file holds is thereby never interpreted; only a signature of a few
kilobytes is decoded.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from club.records.certificates import codes, finding, queries
from club.records.certificates.models import Certificate, SigningKey
from club.refusal import RefusedError

#: In bytes. A certificate with pictures has a few hundred thousand.
LARGEST = 5 << 20
_LARGEST_SIGNATURE = 1 << 15
#: So many of a file's signatures and codes are looked at.
_MOST = 8
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_CODE = re.compile(rb"(?<![0-9A-Z])(?:[0-9A-Z]{4}-){3}[0-9A-Z]{2}(?![0-9A-Z])")


class FileVerdict(StrEnum):
    UNCHANGED = "unchanged"
    ALTERED = "altered"
    #: Whole, but no file that the club keeps: signed by whoever has a key of the club's.
    UNPROVEN = "unproven"
    FOREIGN = "foreign"


class FileRefusal(StrEnum):
    NOT_A_PDF = "This is not a PDF file. Choose the file of the certificate as you received it."


@dataclass(frozen=True)
class Examined:
    verdict: FileVerdict
    #: Whose certificate it is, or claims to be.
    certificate: Certificate | None = None
    #: The key that signed it, also where it was altered afterwards.
    key: SigningKey | None = None


@dataclass(frozen=True)
class _Signature:
    #: What of the file it is over.
    covered: bytes
    #: Whether that is all of the file but the signature itself.
    covers_all: bool
    encoded: bytes


def examine(content: bytes) -> Examined:
    """Raises ``RefusedError`` for what is no PDF file at all."""
    if b"%PDF-" not in content[:1024]:
        raise RefusedError(FileRefusal.NOT_A_PDF, field="file")
    certificate = finding.certificate_by_file(hashlib.sha256(content).hexdigest())
    if certificate:
        return Examined(FileVerdict.UNCHANGED, certificate, certificate.signing_key)
    claimed = finding.certificate_of_codes(_codes_in(content))
    keys = queries.signing_keys()
    key, unchanged = None, False
    for signature in _signatures_in(content):
        found, is_intact = _signed_by(signature, keys)
        if found:
            key, unchanged = found, is_intact and signature.covers_all
    if key is None:
        return Examined(FileVerdict.ALTERED if claimed else FileVerdict.FOREIGN, claimed)
    if not unchanged:
        return Examined(FileVerdict.ALTERED, claimed, key)
    proves = _proves_by_itself(key, claimed)
    return Examined(FileVerdict.UNCHANGED if proves else FileVerdict.UNPROVEN, claimed, key)


def _proves_by_itself(key: SigningKey, claimed: Certificate | None) -> bool:
    """Whether a whole signature is enough. The club signs each certificate once and keeps the
    file, so it is only where the club's own is gone, and the key was never in wrong hands:
    whoever has a key also writes the date, and an earlier one proves nothing either.
    """
    return key.distrusted_from is None and claimed is not None and claimed.file_id is None


def _codes_in(content: bytes) -> list[str]:
    """Codes of certificates that the file names in its description, which is never compressed."""
    found = (codes.typed_code(match.decode()) for match in _CODE.findall(content)[:_MOST])
    return [code for code in found if codes.is_well_formed(code)]


def _signatures_in(content: bytes) -> Iterator[_Signature]:
    for match in list(_RANGE.finditer(content))[-_MOST:]:
        start, length, later, rest = map(int, match.groups())
        gap = content[start + length : later]
        if start or not 2 < len(gap) <= _LARGEST_SIGNATURE or later + rest > len(content):
            continue
        try:
            encoded = bytes.fromhex(gap.strip(b"<>").decode("ascii"))
        except ValueError:
            continue
        covered = content[:length] + content[later : later + rest]
        yield _Signature(covered, later + rest == len(content), encoded)


def _signed_by(
    signature: _Signature, keys: Collection[SigningKey]
) -> tuple[SigningKey | None, bool]:
    """Which of the club's keys made it, and whether what it is over is unchanged."""
    from asn1crypto import cms

    try:
        signed = cms.ContentInfo.load(signature.encoded)["content"]
        (signer,) = signed["signer_infos"]
        attributes = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
        digest = attributes["message_digest"][0].native
        said = signer["signed_attrs"].untag().dump()
        proof = signer["signature"].native
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None, False
    for key in keys:
        if _verifies(key, proof, said):
            return key, digest == hashlib.sha256(signature.covered).digest()
    return None, False


def _verifies(key: SigningKey, proof: bytes, said: bytes) -> bool:
    public = x509.load_pem_x509_certificate(key.certificate.encode()).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    try:
        public.verify(proof, said, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
