"""Certificates as Open Badges 3.0 credentials, read as a foreign program would."""

import base64
import gzip
import json
from datetime import timedelta

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from club.accounts.models import RoleName
from club.db import transaction
from club.records.certificates import signing
from club.records.certificates.badges import LIST_SIZE, encoded
from club.records.certificates.operations import (
    correct_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from club.records.certificates.rules import Correction
from club.records.operations import close_run
from tests.records.badge_rules import breaches
from tests.records.kit import a_taught_run, certificates, on_the_list, present
from tests.support.factories import NOW, a_course, a_person, an_account, reload


@pytest.fixture(autouse=True)
def _now(key_file):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def holder():
    return an_account(person=a_person(full_name="Nguyễn Thị Dung"))


@pytest.fixture
def certificate(holder):
    run = a_taught_run(course=a_course(title="Đo lường năng suất", certificate_months=12))
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    return certificates()[0]


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def believed(client, text):
    """The payload of a token, once its signature fits the key that its header leads to."""
    header, payload, proof = text.split(".")
    said = json.loads(decoded(header))
    assert (said["alg"], said["typ"], set(said)) == ("ES256", "JWT", {"alg", "typ", "kid"})
    jwk = client.get(said["kid"].removeprefix("http://localhost")).json
    assert set(jwk) == {"kty", "crv", "x", "y"}
    x, y = (int.from_bytes(decoded(jwk[axis])) for axis in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    raw = decoded(proof)
    assert len(raw) == 64
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(der, f"{header}.{payload}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(decoded(payload))


def the_badge(client, certificate):
    answer = client.get(f"/certificates/{certificate.public_id}.jwt")
    assert (answer.status_code, answer.mimetype) == (200, "application/vc+jwt")
    return answer.text


def bit(client, entry):
    """Whether a credential's bit is set in the list that its entry leads to."""
    answer = client.get(entry["statusListCredential"].removeprefix("http://localhost"))
    assert answer.mimetype == "application/vc+jwt"
    said = believed(client, answer.text)
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert said["id"] == entry["statusListCredential"]
    subject = said["credentialSubject"]
    assert subject["statusPurpose"] == entry["statusPurpose"]
    assert subject["encodedList"][0] == "u"
    bits = gzip.decompress(decoded(subject["encodedList"][1:]))
    assert len(bits) * 8 == LIST_SIZE
    place = int(entry["statusListIndex"])
    return bool(bits[place // 8] & (0x80 >> place % 8))


def bits_of(client, badge):
    entries = badge["credentialStatus"]
    assert [e["type"] for e in entries] == ["BitstringStatusListEntry"] * 2
    return {e["statusPurpose"]: bit(client, e) for e in entries}


def test_the_badge_says_what_the_certificate_says(client, sign_in, holder, certificate):
    said = believed(client, the_badge(sign_in(holder), certificate))
    assert said["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["id"] == said["jti"] == f"http://localhost/verify/{certificate.code}"
    assert said["issuer"]["id"] == said["iss"] == "http://localhost/verify/issuer.json"
    assert said["issuer"]["name"] == certificate.issuer_name
    assert (said["validFrom"], said["nbf"]) == ("2026-03-03T02:00:00Z", int(NOW.timestamp()))
    subject = said["credentialSubject"]
    assert said["sub"] == subject["id"]
    assert subject["identifier"][0]["identityHash"] == "Nguyễn Thị Dung"
    assert (subject["licenseNumber"], subject["activityEndDate"]) == (
        certificate.number, "2026-03-01T23:59:59+07:00"
    )  # fmt: skip
    assert (subject["creditsEarned"], subject["term"]) == (8, certificate.run_code)
    (result,) = subject["result"]
    (described,) = subject["achievement"]["resultDescription"]
    assert (result["status"], described["resultType"]) == ("Completed", "Status")
    assert result["resultDescription"] == described["id"]
    assert subject["achievement"]["name"] == "Đo lường năng suất"
    assert subject["achievement"]["type"] == ["Achievement"]


def test_a_course_keeps_its_name_for_programs(client, sign_in, holder, certificate):
    browser = sign_in(holder)
    before = believed(client, the_badge(browser, certificate))
    with transaction():
        reload(certificate).run.course.slug = "mot-dia-chi-khac"
    after = believed(client, the_badge(browser, reload(certificate)))
    named = [said["credentialSubject"]["achievement"]["id"] for said in (before, after)]
    assert named == [f"http://localhost/courses/{reload(certificate).course_slug}"] * 2


def test_the_badge_keeps_every_rule_of_the_standard(client, sign_in, holder, certificate):
    assert breaches(believed(client, the_badge(sign_in(holder), certificate))) == []


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        ({"validFrom": "2026-03-03"}, "validFrom"),
        ({"type": ["VerifiableCredential"]}, "type"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, "credentialSubject"),
        ({"credentialStatus": [{"type": "BitstringStatusListEntry"}]}, "credentialStatus"),
    ],
)
def test_a_breach_of_the_standard_is_found(client, sign_in, holder, certificate, change, breach):
    said = believed(client, the_badge(sign_in(holder), certificate)) | change
    assert any(found.startswith(breach) for found in breaches(said))


def test_the_badge_ends_with_the_last_valid_day(client, sign_in, holder, certificate):
    said = believed(client, the_badge(sign_in(holder), certificate))
    # Until the end of 03/03/2027 where the club is.
    assert said["validUntil"] == "2027-03-03T17:00:00Z"
    assert said["exp"] == int((NOW.replace(year=2027) + timedelta(hours=15)).timestamp())


def test_a_changed_badge_is_not_believed(client, sign_in, holder, certificate):
    header, payload, proof = the_badge(sign_in(holder), certificate).split(".")
    forged = json.loads(decoded(payload)) | {"name": "Khóa khác"}
    other = base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()
    with pytest.raises(InvalidSignature):
        believed(client, f"{header}.{other}.{proof}")


def test_the_lists_follow_what_becomes_of_the_certificate(client, sign_in, holder, certificate):
    badge = believed(client, the_badge(sign_in(holder), certificate))
    given = {"by": None, "now": NOW}
    assert bits_of(client, badge) == {"revocation": False, "suspension": False}
    suspend_certificate(certificate.id, reason="Xem lại", **given)
    assert bits_of(client, badge) == {"revocation": False, "suspension": True}
    resume_certificate(certificate.id, reason="Đã rõ", **given)
    assert bits_of(client, badge) == {"revocation": False, "suspension": False}
    revoke_certificate(certificate.id, reason="Nhầm", **given)
    assert bits_of(client, badge) == {"revocation": True, "suspension": False}


def test_what_was_replaced_counts_as_revoked(client, sign_in, holder, certificate):
    badge = believed(client, the_badge(sign_in(holder), certificate))
    correction = Correction("Nguyễn Thị Dũng", 480)
    new = correct_certificate(certificate.id, correction, reason="Sai", by=None, now=NOW)
    assert bits_of(client, badge)["revocation"] is True
    assert bits_of(client, believed(client, the_badge(sign_in(holder), new)))["revocation"] is False


def test_a_badge_of_an_earlier_key_is_believed_after_a_rotation(
    client, sign_in, holder, certificate
):
    text = the_badge(sign_in(holder), certificate)
    signing.rotate_key(with_authority=False, by=None, now=NOW)
    assert believed(client, text)["id"].endswith(certificate.code)
    assert len(client.get("/verify/keys.json").json["keys"]) == 2


def test_a_certificate_that_does_not_hold_gives_no_badge(sign_in, holder, certificate):
    revoke_certificate(certificate.id, reason="Nhầm", by=None, now=NOW)
    assert sign_in(holder).get(f"/certificates/{certificate.public_id}.jwt").status_code == 409


@pytest.mark.parametrize("role", [RoleName.TRAINER, RoleName.MEMBER])
def test_the_badge_with_the_full_name_is_nobody_else_s(client, sign_in, certificate, role):
    address = f"/certificates/{certificate.public_id}.jwt"
    assert sign_in(an_account(role)).get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/verify/status/revocation/1",
        "/verify/status/message/0",
        "/verify/status/revocation/x",
        "/verify/keys/00.json",
    ],
)
def test_what_is_not_there_is_not_found(client, certificate, address):
    assert client.get(address).status_code == 404


def test_readers_of_pdf_files_find_the_authority(client, certificate):
    assert client.get("/verify/authority.pem").status_code == 404
    signing.signed_file(certificate, now=NOW)
    text = client.get("/verify/authority.pem").text
    assert text.count("BEGIN CERTIFICATE") == 1
    assert "PRIVATE" not in text


def test_the_first_bit_is_the_highest_of_the_first_byte():
    bits = gzip.decompress(decoded(encoded([0, 9])[1:]))
    assert bits[:2] == b"\x80\x40"


def test_a_list_costs_few_queries(client, certificate, count_queries):
    signing.keys_in_use(now=NOW)
    with count_queries() as seen:
        assert client.get("/verify/status/revocation/0").status_code == 200
    assert len(seen) <= 5
    assert reload(certificate).is_valid
