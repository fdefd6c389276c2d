"""A signature in a PDF file, read byte by byte as RFC 5652 and ISO 32000 lay it down: it shares
nothing with what makes signatures, and nothing with what the site checks them by.
"""

import hashlib
import re

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_VERSION = bytes.fromhex("020101")
#: The attribute, up to the 32 bytes.
_DIGEST = bytes.fromhex("302f06092a864886f70d01090431220420")
#: What reading or checking a broken certificate raises.
_NO_CERTIFICATE = (
    ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.InvalidVersion,
)  # fmt: skip


class BrokenError(Exception):
    """What does not hold."""


def must(holds, what):
    if not holds:
        raise BrokenError(what)


def signer_of(content, authorities, *, at):
    """The certificate of who signed the whole file, believed at a moment through one of the
    authorities. Raises ``BrokenError`` for whatever does not hold.
    """
    found = _RANGE.findall(content)
    must(len(found) == 1, "there is one signature")
    start, length, later, rest = map(int, found[0])
    must((start, later + rest) == (0, len(content)), "it is over the whole file")
    gap = content[length:later]
    must(re.fullmatch(rb"<([0-9A-F]{2})+>", gap), "the gap holds digits")
    certificates, issuer, attributes, signature = _container(bytes.fromhex(gap[1:-1].decode()))
    covered = hashlib.sha256(content[:length] + content[later:]).digest()
    must(_DIGEST + covered in attributes, "the digest is that of the file")
    signer, authority = _chain(certificates)
    must(issuer == signer.issuer.public_bytes() + _number(signer), "it names who signed")
    try:
        signer.public_key().verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise BrokenError("the signature is that of the key") from error
    must(authority in authorities, "the club's authority vouches for the key")
    for one in (signer, authority):
        must(one.not_valid_before_utc <= at <= one.not_valid_after_utc, "it is believed then")
    return signer


def _container(der):
    """Certificates, issuer, signed attributes and signature of the only signer."""
    (whole,) = _elements(der, b"\x30", padded=True)
    kind, explicit = _elements(whole[0], b"\x06\xa0")
    must(kind[1] == _SIGNED_DATA, "it is signed data")
    (signed,) = _elements(explicit[0], b"\x30")
    version, digests, inside, certificates, signers = _elements(signed[0], b"\x02\x31\x30\xa0\x31")
    must((version[1], digests[0], inside[1]) == (_VERSION, _SHA256, _DATA), "its head is right")
    (signer,) = _elements(signers[0], b"\x30")
    order = b"\x02\x30\x30\xa0\x30\x04"
    version, issuer, digest, attributes, algorithm, signature = _elements(signer[0], order)
    said = (version[1], digest[1], algorithm[1])
    must(said == (_VERSION, _SHA256, _ECDSA), "the signer's head is right")
    # Signed as the set that they are, not under the number that they stand under.
    as_set = b"\x31" + attributes[1][1:]
    both = [one[1] for one in _elements(certificates[0], b"\x30\x30")]
    return both, issuer[0], as_set, signature[0]


def _elements(der, tags, *, padded=False):
    """The elements of a DER encoding, of these tags: the content, and all of it. ``padded``: one
    element, and zeros behind it.
    """
    found, seen, at = [], bytearray(), 0
    while at < len(der) and not (padded and found):
        must(at + 2 <= len(der), "an element has tag and length")
        length, start = der[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[at + 2 : start])
            must(length >= 0x80 and der[at + 2], "the length is written shortly")
        must(start + length <= len(der), "an element is whole")
        seen.append(der[at])
        found.append((der[start : start + length], der[at : start + length]))
        at = start + length
    must(not any(der[at:]), "behind the signature are zeros")
    must(seen == tags, "the parts are those that there should be, in order")
    return found


def _chain(certificates):
    """The signer's certificate and its authority's, each signed as it should be."""
    try:
        one, other = map(x509.load_der_x509_certificate, certificates)
        signer, authority = (one, other) if one.issuer != one.subject else (other, one)
        signer.verify_directly_issued_by(authority)
        authority.verify_directly_issued_by(authority)
    except _NO_CERTIFICATE as error:
        raise BrokenError("the certificates are whole") from error
    return signer, authority


def _number(certificate):
    number = certificate.serial_number
    written = number.to_bytes(number.bit_length() // 8 + 1)
    return b"\x02" + bytes([len(written)]) + written
