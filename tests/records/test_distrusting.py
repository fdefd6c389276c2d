"""A key that may be in wrong hands: what its signatures are worth before and after."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.audit.models import AuditEntry
from club.db import db, transaction
from club.files.storage import storage
from club.records.certificates import signing
from club.records.certificates.designs import Design
from club.records.certificates.distrusting import DistrustRefusal, distrust_key
from club.records.certificates.examining import FileVerdict, examine
from club.records.certificates.keys import read_keys
from club.records.certificates.models import SigningKey
from club.records.certificates.printing import certificate_pdf
from club.records.certificates.rules import Refusal
from club.records.certificates.sealing import signed
from club.records.operations import close_run
from club.refusal import RefusedError
from tests.records.kit import a_taught_run, certificates, every, on_the_list, present
from tests.support.factories import NOW, a_person, an_account, reload

THEFT = NOW + timedelta(hours=1)
FOUND_OUT = NOW + timedelta(days=1)
REASON = "Máy chủ bị xâm nhập"


@pytest.fixture(autouse=True)
def _found_out(key_file):
    with time_machine.travel(FOUND_OUT, tick=False):
        yield


def issued(*, signed_at):
    """A certificate and its file."""
    run = a_taught_run()
    present(run, on_the_list(run, a_person(full_name="Nguyễn Thị Dung")))
    close_run(run.id, by=None, now=NOW)
    certificate = certificates()[-1]
    file = signing.signed_file(certificate, now=signed_at)
    return certificate, b"".join(storage().pieces(file.key))


def forged(certificate, key_file, *, code=None):
    """What a thief makes: another name, signed with the stolen key, and dated as it likes him."""
    certificate = reload(certificate)
    certificate.holder_name = "Kẻ Gian"
    certificate.code = code or certificate.code
    made = certificate_pdf(certificate, Design(), public_url="http://localhost")
    content = signed(made, read_keys(key_file))
    db.session.rollback()
    return content


def distrusted(fingerprint=None, *, since=THEFT, reason=REASON):
    beginning = fingerprint or every(SigningKey)[0].fingerprint[:16]
    return distrust_key(beginning, since=since, reason=reason, by=None, now=FOUND_OUT)


def handed_in(client, content):
    return client.post("/verify", data={"file": (BytesIO(content), "giay.pdf")})


def signature_of(client, certificate):
    told = client.get(f"/verify/{certificate.code}.json").json
    (found,) = [one for one in told["checks"] if one["check"] == "signature"]
    return told["valid"], found["passed"], found["words"]


@pytest.mark.parametrize("code", [None, "0" * 14])
def test_a_thief_s_file_is_none_of_the_club_s_before_anybody_knows(client, key_file, code):
    certificate, _content = issued(signed_at=NOW)
    theirs = forged(certificate, key_file, code=code)
    found = examine(theirs)
    assert (found.verdict, found.certificate is None) == (FileVerdict.UNPROVEN, bool(code))
    page = handed_in(client, theirs).text
    assert ("không phải tệp câu lạc bộ lưu giữ" in page, "Báo cho câu lạc bộ biết" in page) == (
        True,
        True,
    )


def test_a_thief_s_file_is_called_so_once_the_theft_is_known(client, key_file):
    certificate, _content = issued(signed_at=NOW)
    theirs = forged(certificate, key_file)
    # The club's own file is gone, so the signature alone would do.
    with transaction():
        reload(certificate).file_id = None
    assert examine(theirs).verdict is FileVerdict.UNCHANGED
    distrusted()
    assert examine(theirs).verdict is FileVerdict.UNPROVEN
    page = handed_in(client, theirs).text
    for words in ("Tệp này không chứng minh được gì", REASON, "03/03/2026 10:00", "ghi lùi được"):
        assert words in page
    assert "Kẻ Gian" not in page


@pytest.mark.parametrize("signed_at", [NOW, THEFT + timedelta(hours=2)])
def test_what_the_club_keeps_itself_stays_unchanged(client, signed_at):
    _certificate, content = issued(signed_at=signed_at)
    distrusted()
    assert examine(content).verdict is FileVerdict.UNCHANGED
    assert "Tệp còn nguyên vẹn" in handed_in(client, content).text


def test_the_check_of_a_code_tells_before_from_after(client):
    before, _content = issued(signed_at=NOW)
    after, _content = issued(signed_at=THEFT)
    distrusted()
    valid, passed, words = signature_of(client, before)
    assert (valid, passed, "chữ ký này có trước đó nên vẫn đúng" in words) == (True, True, True)
    valid, passed, words = signature_of(client, after)
    assert (valid, passed, "Riêng chữ ký không chứng minh" in words) == (True, False, True)
    assert REASON in client.get(f"/verify/{after.code}").text


def test_a_changed_file_is_still_called_altered():
    _certificate, content = issued(signed_at=NOW)
    distrusted()
    assert examine(content + b"\n% more").verdict is FileVerdict.ALTERED


def test_a_distrusted_key_signs_nothing_and_the_next_one_does(client, sign_in):
    issued(signed_at=NOW)
    distrusted()
    run = a_taught_run()
    holder = an_account(person=present(run))
    close_run(run.id, by=None, now=FOUND_OUT)
    certificate = certificates()[-1]
    answer = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf")
    assert (answer.status_code, "khóa ký của câu lạc bộ có thể đã lộ" in answer.text) == (409, True)
    with pytest.raises(RefusedError) as refused:
        signing.keys_in_use(now=FOUND_OUT)
    assert refused.value.refusal is Refusal.KEY_DISTRUSTED
    signing.rotate_key(with_authority=True, by=None, now=FOUND_OUT)
    assert sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf").status_code == 200
    assert signature_of(client, certificate)[1] is True


def test_programs_do_not_get_the_key_any_more(client):
    issued(signed_at=NOW)
    fingerprint = distrusted().fingerprint
    answer = client.get(f"/verify/keys/{fingerprint}.json")
    assert (answer.status_code, answer.json["reason"]) == (410, REASON)
    assert answer.json["distrusted_from"] == "2026-03-03T03:00:00+00:00"
    assert client.get("/verify/keys.json").json == {"keys": []}
    assert client.get("/verify/authority.pem").status_code == 404
    signing.rotate_key(with_authority=True, by=None, now=FOUND_OUT)
    (new,) = [key for key in every(SigningKey) if key.fingerprint != fingerprint]
    assert client.get("/verify/authority.pem").text == new.authority
    assert len(client.get("/verify/keys.json").json["keys"]) == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"fingerprint": "0000"}, DistrustRefusal.UNKNOWN),
        ({"fingerprint": " "}, DistrustRefusal.UNKNOWN),
        ({"since": FOUND_OUT + timedelta(minutes=1)}, DistrustRefusal.IN_FUTURE),
        ({"reason": " "}, DistrustRefusal.NO_REASON),
    ],
)
def test_what_cannot_be_meant_is_refused(given, refusal):
    issued(signed_at=NOW)
    with pytest.raises(RefusedError) as refused:
        distrusted(**given)
    assert refused.value.refusal is refusal
    assert every(SigningKey)[0].distrusted_from is None


def test_a_beginning_that_fits_several_keys_is_refused():
    first, _content = issued(signed_at=NOW)
    with transaction() as database:
        known = reload(first).signing_key
        twin = known.fingerprint[:4] + "0" * 60
        database.add(
            SigningKey(
                fingerprint=twin, certificate=known.certificate, authority=known.authority,
                known_since=NOW, expires_at=known.expires_at,
            )
        )  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        distrusted(twin[:4])
    assert refused.value.refusal is DistrustRefusal.AMBIGUOUS
    assert distrusted(twin[:12]).fingerprint == twin


def test_an_earlier_moment_can_be_said_later(client):
    certificate, _content = issued(signed_at=NOW)
    distrusted()
    distrusted(since=NOW - timedelta(hours=1), reason="Biết thêm")
    assert signature_of(client, certificate)[1] is False
    told = [entry for entry in every(AuditEntry) if entry.action == "records.distrust_key"]
    assert [entry.detail["reason"] for entry in told] == [REASON, "Biết thêm"]


def test_the_commands_list_keys_and_end_trust(app):
    none_yet = app.test_cli_runner().invoke(args=["certificates", "keys"])
    assert (none_yet.exit_code, "chưa có khóa nào" in none_yet.output) == (0, True)
    issued(signed_at=NOW + timedelta(hours=3))
    fingerprint = every(SigningKey)[0].fingerprint[:16]
    runner = app.test_cli_runner()
    said = ["certificates", "distrust-key", fingerprint, "--reason", REASON, "--from"]
    wrong = runner.invoke(args=[*said, "2027-01-01"])
    assert (wrong.exit_code, "đã qua" in wrong.output) == (1, True)
    done = runner.invoke(args=[*said, "2026-03-03 10:00"])
    assert (done.exit_code, "1 tệp" in done.output, "--new-authority" in done.output) == (
        0,
        True,
        True,
    )
    assert every(SigningKey)[0].distrusted_from == THEFT
    listed = runner.invoke(args=["certificates", "keys"]).output
    assert (fingerprint in listed, "không còn tin từ 03/03/2026 10:00" in listed) == (True, True)
