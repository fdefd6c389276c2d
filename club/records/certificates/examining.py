"""Is this PDF file one that the club signed, and is it unchanged?

The file is never opened as PDF: its bytes are hashed, and the place of its signature is found by
its own words. What a hostile file holds is thereby never interpreted; only a signature of a few
kilobytes is decoded.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from club.records.certificates import codes, finding, queries
from club.records.certificates.models import Certificate, SigningKey
from club.records.certificates.signatures import Proof, proof_of, signatures_in
from club.records.on_paper import TRANSCRIPT_TITLE
from club.refusal import RefusedError

#: In bytes. A certificate with pictures has a few hundred thousand.
LARGEST = 5 << 20
#: So many of a file's codes are looked at.
_MOST = 8
_CODE = re.compile(rb"(?<![0-9A-Z])(?:[0-9A-Z]{4}-){3}[0-9A-Z]{2}(?![0-9A-Z])")


class FileVerdict(StrEnum):
    UNCHANGED = "unchanged"
    ALTERED = "altered"
    #: Whole, but no file that the club keeps: signed by whoever has a key of the club's.
    UNPROVEN = "unproven"
    #: A statement of training, by its own title: the certificates in it are to be checked.
    TRANSCRIPT = "transcript"
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


def examine(content: bytes) -> Examined:
    """Raises ``RefusedError`` for what is no PDF file at all."""
    if b"%PDF-" not in content[:1024]:
        raise RefusedError(FileRefusal.NOT_A_PDF, field="file")
    certificate = finding.certificate_by_file(hashlib.sha256(content).hexdigest())
    proof = _last_proof(content)
    if certificate:
        return Examined(FileVerdict.UNCHANGED, certificate, proof.key if proof else None)
    claimed = finding.certificate_of_codes(_codes_in(content))
    if claimed is None and _is_plain_transcript(content, proof):
        return Examined(FileVerdict.TRANSCRIPT, None, proof.key if proof else None)
    if proof is None:
        return Examined(FileVerdict.ALTERED if claimed else FileVerdict.FOREIGN, claimed)
    if not proof.is_whole:
        return Examined(FileVerdict.ALTERED, claimed, proof.key)
    proves = _proves_by_itself(proof.key, claimed)
    return Examined(FileVerdict.UNCHANGED if proves else FileVerdict.UNPROVEN, claimed, proof.key)


def _is_plain_transcript(content: bytes, proof: Proof | None) -> bool:
    """Whether it calls itself one, which anybody can write, and carries no broken signature and
    none of a key that others may have.
    """
    is_sound = proof is None or (proof.is_whole and proof.key.distrusted_from is None)
    return is_sound and f"{TRANSCRIPT_TITLE}: ".encode() in content


def _last_proof(content: bytes) -> Proof | None:
    """The last of the file's signatures that a key of the club's made."""
    keys = queries.signing_keys()
    proofs = (proof_of(signature, keys) for signature in signatures_in(content))
    return next((proof for proof in reversed([*proofs]) if proof), None)


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
