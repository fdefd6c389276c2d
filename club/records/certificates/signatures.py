"""The signatures in a PDF file, found by their own words and read to the last byte."""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from club.records.certificates.models import SigningKey

_LARGEST = 1 << 15
#: So many of a file's signatures are looked at.
_MOST = 8
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


@dataclass(frozen=True)
class Signature:
    #: What of the file it is over.
    covered: bytes
    #: Whether that is all of the file but the signature itself.
    covers_all: bool
    #: The place that was kept free for it, as digits between their brackets.
    gap: bytes
    encoded: bytes


@dataclass(frozen=True)
class Proof:
    key: SigningKey
    #: Neither what it is over was changed, nor anything around it.
    is_whole: bool


def signatures_in(content: bytes) -> Iterator[Signature]:
    for match in list(_RANGE.finditer(content))[-_MOST:]:
        start, length, later, rest = map(int, match.groups())
        gap = content[start + length : later]
        if start or not 2 < len(gap) <= _LARGEST or later + rest > len(content):
            continue
        try:
            encoded = bytes.fromhex(gap.strip(b"<>").decode("ascii"))
        except ValueError:
            continue
        covered = content[:length] + content[later : later + rest]
        yield Signature(covered, later + rest == len(content), gap, encoded)


def proof_of(signature: Signature, keys: Collection[SigningKey]) -> Proof | None:
    """Which of the club's keys made it, if any did."""
    from asn1crypto import cms

    try:
        (signer,) = cms.ContentInfo.load(signature.encoded)["content"]["signer_infos"]
        attributes = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
        digest = attributes["message_digest"][0].native
        said = signer["signed_attrs"].untag().dump()
        proof = signer["signature"].native
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    for key in keys:
        certificate = x509.load_pem_x509_certificate(key.certificate.encode())
        if _verifies(certificate, proof, said):
            is_whole = (
                signature.covers_all
                and digest == hashlib.sha256(signature.covered).digest()
                and signature.gap == _as_written(key, said, proof, room=len(signature.gap))
            )
            return Proof(key, is_whole)
    return None


def _verifies(certificate: x509.Certificate, proof: bytes, said: bytes) -> bool:
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    try:
        public.verify(proof, said, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _as_written(key: SigningKey, said: bytes, proof: bytes, *, room: int) -> bytes:
    """The gap of a file that the club signed: one way to write the signature, then zeros. What
    the signature is not over, such as the certificates beside it, can thereby not be changed.
    """
    from asn1crypto import algos, cms, core
    from asn1crypto import x509 as asn1_x509

    ders = [
        x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
        for pem in (key.certificate, key.authority)
    ]
    certificates = [asn1_x509.Certificate.load(der) for der in ders]
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256", "parameters": core.Null()})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {
                    "issuer": certificates[0].issuer,
                    "serial_number": certificates[0].serial_number,
                },
            ),
            "digest_algorithm": sha256,
            "signed_attrs": cms.CMSAttributes.load(said),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": proof,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": [signer],
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return b"<" + whole.hex().upper().encode().ljust(room - 2, b"0") + b">"
