"""Signed statements for programs: JSON Web Tokens (RFC 7519) of ES256, and public keys as JWK."""

import base64
import json
from collections.abc import Mapping

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from club.records.certificates.keys import Pair

_COORDINATE = 32


def token(payload: Mapping[str, object], pair: Pair, *, key_address: str) -> str:
    """``key_address``: where the public key can be fetched."""
    header = {"alg": "ES256", "kid": key_address, "typ": "JWT"}
    said = f"{_json(header)}.{_json(payload)}"
    r, s = decode_dss_signature(pair.key.sign(said.encode("ascii"), ec.ECDSA(hashes.SHA256())))
    proof = r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")
    return f"{said}.{base64url(proof)}"


def public_jwk(certificate: str) -> dict[str, str]:
    """The public half of a key, of its certificate in PEM (RFC 7517, RFC 7518)."""
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    point = key.public_numbers()
    x, y = (base64url(n.to_bytes(_COORDINATE, "big")) for n in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def base64url(content: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _json(value: Mapping[str, object]) -> str:
    return base64url(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
