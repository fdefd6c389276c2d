"""The site has moved: what was given out under its former address is still checked, by whoever
follows the redirect that the operator keeps (the same path under the new address).
"""

from dataclasses import replace
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import time_machine

from club.files.storage import storage
from club.records.certificates import signing
from club.records.certificates.operations import revoke_certificate
from club.records.operations import close_run
from tests.records.kit import a_taught_run, certificates, on_the_list, present
from tests.records.test_badges import believed, bits_of, the_badge
from tests.support.factories import NOW, a_person, an_account
from tests.support.qr import codes_on_paper

FORMER = "https://old.example.vn"


@pytest.fixture(autouse=True)
def _now(key_file):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def moves(app, monkeypatch, key_file):
    """``moves(address)`` gives the site an address."""

    def to(address):
        settings = replace(app.extensions["club.settings"], public_url=address, issuer_url=FORMER)
        monkeypatch.setitem(app.extensions, "club.settings", settings)

    return to


@pytest.fixture
def holder():
    return an_account(person=a_person(full_name="Nguyễn Thị Dung"))


@pytest.fixture
def given_out(moves, sign_in, holder):
    """Certificate, badge and file as they were given out before the site moved."""
    moves(FORMER)
    run = a_taught_run()
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    (certificate,) = certificates()
    badge = the_badge(sign_in(holder), certificate)
    paper = b"".join(storage().pieces(signing.signed_file(certificate, now=NOW).key))
    moves("https://new.example.vn")
    return certificate, badge, paper


def path_of(address):
    assert address.startswith(f"{FORMER}/")
    return urlsplit(address).path


class Redirected:
    """A program that asks under the former address."""

    def __init__(self, client):
        self._client = client

    def get(self, address):
        return self._client.get(path_of(address))


def test_a_badge_from_before_is_believed_and_its_revocation_seen(client, given_out):
    certificate, badge, _paper = given_out
    wallet = Redirected(client)
    said = believed(wallet, badge)
    assert wallet.get(said["iss"]).json["id"] == said["iss"]
    assert wallet.get(said["id"]).status_code == 200
    assert bits_of(wallet, said) == {"revocation": False, "suspension": False}
    revoke_certificate(certificate.id, reason="Cấp nhầm.", by=None, now=NOW)
    assert bits_of(wallet, said) == {"revocation": True, "suspension": False}


def test_a_badge_given_out_after_the_move_names_the_same_issuer(client, sign_in, holder, given_out):
    certificate, badge, _paper = given_out
    again = the_badge(sign_in(holder), certificate)
    assert believed(Redirected(client), again) == believed(Redirected(client), badge)


def test_paper_from_before_is_checked_by_its_code_its_link_and_its_file(client, given_out):
    certificate, _badge, paper = given_out
    (address,) = codes_on_paper(paper)
    assert certificate.number in client.get(path_of(address)).text
    typed = client.get("/verify", query_string={"code": address})
    assert typed.location == f"/verify/{certificate.code}"
    answer = client.post("/verify", data={"file": (BytesIO(paper), "giay.pdf")})
    assert "Tệp còn nguyên vẹn" in answer.text


def test_the_file_that_was_given_out_stays_the_same(sign_in, holder, given_out):
    certificate, _badge, paper = given_out
    assert sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf").data == paper
