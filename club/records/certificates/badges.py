"""The same certificate for programs: an Open Badges 3.0 credential, signed as VC-JWT (ES256), and
the status lists (W3C Bitstring Status List 1.0) that say which of them were revoked or suspended.

Addresses that stand in a credential never change: wallets ask them years later.
"""

import gzip
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from club import clock
from club.hours import hours_in_file
from club.records.certificates.keys import Keys
from club.records.certificates.models import CertificateState, CompletionCertificate, SigningKey
from club.records.certificates.scores import NAMES, Score, said_by
from club.records.certificates.tokens import base64url, token

_VC = "https://www.w3.org/ns/credentials/v2"
_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
#: The least that the standard allows, so that an entry says little about whom it is about.
LIST_SIZE = 131_072
#: How long a verifier may keep a list.
LIST_LASTS = timedelta(minutes=15)


class StatusPurpose(StrEnum):
    REVOCATION = "revocation"
    SUSPENSION = "suspension"


#: For which states the bit of a list is set.
SET_FOR: dict[StatusPurpose, frozenset[CertificateState]] = {
    StatusPurpose.REVOCATION: frozenset({CertificateState.REVOKED, CertificateState.REPLACED}),
    StatusPurpose.SUSPENSION: frozenset({CertificateState.SUSPENDED}),
}


def key_address(key: SigningKey, *, public_url: str) -> str:
    return f"{public_url}/verify/keys/{key.fingerprint}.json"


def profile(name: str, *, public_url: str) -> dict[str, Any]:
    """The club as an issuer. Its address stays; its name is that of the day."""
    return {
        "id": f"{public_url}/verify/issuer.json",
        "type": ["Profile"],
        "name": name,
        "url": f"{public_url}/",
    }


def credential(certificate: CompletionCertificate, *, public_url: str) -> dict[str, Any]:
    """What is signed: the holder's full name, so it is given to the holder alone."""
    address = f"{public_url}/verify/{certificate.code}"
    holder = f"{address}#holder"
    scores = said_by(certificate)
    said: dict[str, Any] = {
        "@context": [_VC, _OPEN_BADGES],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.course_title,
        "issuer": profile(certificate.issuer_name, public_url=public_url),
        "validFrom": _moment(certificate.issued_at),
        "credentialSubject": {
            "id": holder,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": certificate.holder_name,
                    "hashed": False,
                }
            ],
            "licenseNumber": certificate.number,
            # Whole days where the club is, as the moments that the standard asks for.
            "activityStartDate": _local_moment(certificate.first_day, time.min),
            "activityEndDate": _local_moment(certificate.last_day, time(23, 59, 59)),
            # Hours that were attended, and the class in which that was.
            "creditsEarned": hours_in_file(certificate.attended_minutes),
            "term": certificate.run_code,
            "achievement": _achievement(certificate, scores, public_url=public_url),
            "result": [_completed(address), *(_reached(score, address) for score in scores)],
        },
        "credentialStatus": [
            _entry(certificate.id, purpose, public_url=public_url) for purpose in StatusPurpose
        ],
    }
    return said | _end(certificate)


def _achievement(
    certificate: CompletionCertificate, scores: Sequence[Score], *, public_url: str
) -> dict[str, Any]:
    address = f"{public_url}/verify/{certificate.code}"
    return {
        "id": f"{public_url}/courses/{certificate.course_slug}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": certificate.course_title,
        "description": f"{certificate.course_title} ({certificate.course_code})",
        "criteria": {"narrative": "Hoàn thành lớp theo quy định của câu lạc bộ."},
        "humanCode": certificate.course_code,
        "inLanguage": "vi",
        "resultDescription": [
            _completion(address),
            *(_described(score, address) for score in scores),
        ],
    }


def _completion(address: str) -> dict[str, Any]:
    """That there is one result in any case: the course was completed."""
    return {
        "id": f"{address}#completion",
        "type": ["ResultDescription"],
        "name": "Kết quả",
        "resultType": "Status",
    }


def _completed(address: str) -> dict[str, Any]:
    return {
        "type": ["Result"],
        "resultDescription": f"{address}#completion",
        "status": "Completed",
    }


def _described(score: Score, address: str) -> dict[str, Any]:
    """What a score is measured by."""
    measured = {"resultType": "Status"}
    if score.maximum is not None:
        measured = {"resultType": "RawScore", "valueMin": "0", "valueMax": _written(score.maximum)}
    return {
        "id": f"{address}#{score.part.value}",
        "type": ["ResultDescription"],
        "name": NAMES[score.part][0],
    } | measured


def _reached(score: Score, address: str) -> dict[str, Any]:
    reached = {"status": "Completed"}
    if score.maximum is not None:
        reached = {"value": _written(score.points)}
    return {
        "type": ["Result"],
        "resultDescription": f"{address}#{score.part.value}",
    } | reached


def _written(points: Decimal) -> str:
    return f"{points.normalize():f}"


def badge(
    certificate: CompletionCertificate, keys: Keys, key: SigningKey, *, public_url: str
) -> str:
    """The signed credential, as a compact JWS."""
    said = credential(certificate, public_url=public_url)
    claims: dict[str, object] = {
        "iss": said["issuer"]["id"],
        "jti": said["id"],
        "sub": said["credentialSubject"]["id"],
        "nbf": int(certificate.issued_at.timestamp()),
    }
    if "validUntil" in said:
        claims["exp"] = int(datetime.fromisoformat(said["validUntil"]).timestamp())
    return token(said | claims, keys.signing, key_address=key_address(key, public_url=public_url))


def status_list(  # noqa: PLR0913  what it says, and who says it
    purpose: StatusPurpose,
    number: int,
    ids: Iterable[int],
    keys: Keys,
    key: SigningKey,
    *,
    public_url: str,
    now: datetime,
) -> str:
    """The signed list ``number`` (from 0): the bits of the certificates ``ids`` are set."""
    address = _list_address(purpose, number, public_url=public_url)
    since = now.replace(microsecond=0)
    club = profile("", public_url=public_url)["id"]
    said = {
        "@context": [_VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": club,
        "validFrom": _moment(since),
        "validUntil": _moment(since + LIST_LASTS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encoded(id_ - number * LIST_SIZE for id_ in ids),
        },
        "iss": club,
        "jti": address,
        "nbf": int(since.timestamp()),
        "exp": int((since + LIST_LASTS).timestamp()),
    }
    return token(said, keys.signing, key_address=key_address(key, public_url=public_url))


def encoded(positions: Iterable[int]) -> str:
    """A bitstring as the standard writes it: gzip, then multibase base64url. Position 0 is the
    highest bit of the first byte.
    """
    bits = bytearray(LIST_SIZE // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def _entry(certificate_id: int, purpose: StatusPurpose, *, public_url: str) -> dict[str, str]:
    number, position = divmod(certificate_id, LIST_SIZE)
    address = _list_address(purpose, number, public_url=public_url)
    return {
        "id": f"{address}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose.value,
        "statusListIndex": str(position),
        "statusListCredential": address,
    }


def _list_address(purpose: StatusPurpose, number: int, *, public_url: str) -> str:
    return f"{public_url}/verify/status/{purpose.value}/{number}"


def _end(certificate: CompletionCertificate) -> dict[str, str]:
    if certificate.expires_on is None:
        return {}
    return {"validUntil": _moment(clock.instant_of(certificate.expires_on + timedelta(days=1)))}


def _local_moment(day: date, at: time) -> str:
    """With the club's own offset, so that it shows the day that is meant."""
    return clock.local(clock.instant_of(day, at)).isoformat()


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
